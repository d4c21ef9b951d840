"""The cast of the worksheet: two companies with their people, and someone on her own."""

from dataclasses import dataclass
from typing import Any

import pytest

from contacts.models import Contact, Language, Salesperson, Salutation
from interactions.models import Campaign, Document, InteractionTemplate
from segments_app.criteria import Criteria
from segments_app.models import Segment, SegmentLine
from segments_app.operations import add_contacts
from segments_app.selection import AddOptions
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ContactFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SalutationFactory,
    SalutationFormulaFactory,
    SegmentFactory,
    TemplateDocumentFactory,
    TemplateFactory,
    word_document,
)


@dataclass(frozen=True)
class Cast:
    """Nordisk Lys in Aarhus with Anna and Jens; Weber in Munich with Klaus; Bo on his own."""

    nordisk: Contact
    anna: Contact
    jens: Contact
    weber: Contact
    klaus: Contact
    bo: Contact

    @property
    def everyone(self) -> set[str]:
        return {"nordisk", "anna", "jens", "weber", "klaus", "bo"}


def _contact(name: str, number: int, **values: Any) -> Contact:
    first_name, surname = name.split()
    return ContactFactory(
        number=f"CT{number:06d}", first_name=first_name, surname=surname, **values
    )


@pytest.fixture
def cast(db) -> Cast:
    vip = MailingGroupFactory(code="VIP", description="VIP customers")
    nordisk = CompanyFactory(number="CT000001", name="Nordisk Lys A/S")
    weber = CompanyFactory(
        number="CT000004", name="Weber GmbH", country="DE", city="München", postal_code="80331"
    )
    munich = {"country": "DE", "city": "München", "postal_code": "80331"}
    cast = Cast(
        nordisk=nordisk,
        anna=_contact("Anna Sørensen", 2, company=nordisk, email="anna@nordisk.example"),
        jens=_contact("Jens Østergaard", 3, company=nordisk),
        weber=weber,
        klaus=_contact("Klaus Weber", 5, company=weber, **munich),
        bo=_contact("Bo Lind", 6, country="SE", city="Malmö", postal_code="21120"),
    )
    cast.anna.mailing_groups.add(vip)
    cast.bo.mailing_groups.add(vip)
    return cast


@pytest.fixture
def holm(db) -> Salesperson:
    """Mette Holm, whom letters come from."""
    return SalespersonFactory(code="MH", name="Mette Holm")


@pytest.fixture
def spring(db) -> InteractionTemplate:
    """The spring letter in English and Danish."""
    template = TemplateFactory(code="SPRING", description="Spring letter")
    for code, word in (("en", "Spring"), ("da", "Forår")):
        text = (word, "{{ contact.name }}", "{{ interaction.comment }}")
        document = Document.objects.store(word_document(*text), name=f"spring.{code}.docx")
        language = Language.objects.get(code=code)
        TemplateDocumentFactory(
            template=template, language=language, document=document, subject=f"{word} 2026"
        )
    return template


@pytest.fixture
def fair(db) -> Campaign:
    return CampaignFactory(number="CP0007", description="Autumn fair")


@pytest.fixture
def greetings(db) -> dict[str, Salutation]:
    """A default salutation for persons and for companies, in English."""
    return {
        kind: SalutationFormulaFactory(
            salutation=SalutationFactory(code=kind.upper(), default_for=kind),
            language=Language.objects.get(code="en"),
        ).salutation
        for kind in ("company", "person")
    }


@pytest.fixture
def segment(spring, holm) -> Segment:
    """A segment without lines that could be logged."""
    return SegmentFactory(
        number="SM00901", description="Spring 2026", template=spring, salesperson=holm
    )


def add(segment: Segment, criteria: str, **options: bool) -> Any:
    return add_contacts(
        segment, Criteria.from_query_string(criteria), by=None, options=AddOptions(**options)
    )


def on_sheet(segment: Segment) -> list[str]:
    """The first words of the names of the contacts on the sheet, in line order."""
    return [
        name.split()[0].lower() for name in segment.sheet().values_list("contact__name", flat=True)
    ]


def line_of(segment: Segment, contact: Contact) -> SegmentLine:
    return segment.sheet().get(contact=contact)
