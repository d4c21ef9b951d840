import datetime
import json

import pytest

from contacts.models import Salutation
from interactions.letters.shared import shared_fields
from interactions.letters.source import CONTACT_FIELDS, LetterSource, entry_sources
from interactions.models import CompanyInformation, EntryFields, InteractionLogEntry
from tests.factories import (
    CampaignFactory,
    ContactFactory,
    SalespersonFactory,
    SalutationFactory,
    SalutationFormulaFactory,
    TemplateFactory,
)

from .cast import ANNA

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> InteractionLogEntry:
    template = TemplateFactory.create()
    return InteractionLogEntry.objects.create(
        contact=ContactFactory.create(),
        template=template,
        group=template.group,
        salesperson=SalespersonFactory.create(code="MK"),
        campaign=CampaignFactory.create(),
        language_id="da",
        date=datetime.date(2026, 11, 22),
        description="Invitation",
        subject="You are invited",
    )


def test_contact_fields_are_columns_of_the_contact():
    contact = ContactFactory.create()

    assert all(hasattr(contact, name) for name in CONTACT_FIELDS)


def test_an_entrys_letter_is_made_of_what_was_logged(entry):
    """Anna has moved since; her letter has not."""
    EntryFields.objects.create(entry=entry, fields={**ANNA, "comment": "See you!"})

    (source,) = entry_sources(InteractionLogEntry.objects.all())

    assert source == LetterSource(
        contact=ANNA,
        comment="See you!",
        date=datetime.date(2026, 11, 22),
        description="Invitation",
        subject="You are invited",
        language="da",
        salesperson=entry.salesperson_id,
        campaign=entry.campaign_id,
        document=None,
        own_letter=False,
    )


def test_an_entry_without_fields_has_empty_ones(entry):
    (source,) = entry_sources(InteractionLogEntry.objects.all())

    assert source.contact == dict.fromkeys(CONTACT_FIELDS, "")


def test_sources_take_one_query(entry, django_assert_num_queries):
    for line in range(3):
        entry.pk = None
        entry.line = line
        entry.save()

    with django_assert_num_queries(1):
        assert len(list(entry_sources(InteractionLogEntry.objects.all()))) == 4


def test_shared_fields_hold_what_letters_share(django_assert_num_queries):
    CompanyInformation.objects.create(name="Fjord A/S", city="Aarhus")
    mette = SalespersonFactory.create(code="MK", name="Mette")
    starts = datetime.date(2026, 10, 1)
    campaign = CampaignFactory.create(number="CP7", description="Fair", starts=starts)
    men = SalutationFactory.create(default_for=Salutation.For.PERSON)
    SalutationFormulaFactory.create(salutation=men, text="Dear {first_name},")

    with django_assert_num_queries(7):
        shared = shared_fields("SM00001", "Customers")

    assert shared["company"]["city"] == "Aarhus"
    assert shared["segment"] == {"number": "SM00001", "description": "Customers"}
    assert shared["salespeople"][str(mette.pk)]["name"] == "Mette"
    dates = {"starts": "2026-10-01", "ends": ""}
    fair = {"number": "CP7", "description": "Fair", **dates}
    assert shared["campaigns"] == {str(campaign.pk): fair}
    assert json.loads(json.dumps(shared)) == shared
    assert shared["formulas"] == {f"{men.pk}/en/formal": "Dear {first_name},"}
    assert shared["default_salutations"] == {"person": str(men.pk)}
    assert shared["default_language"] == "en"


def test_shared_fields_without_a_company_are_empty():
    assert shared_fields("SM00001", "")["company"]["name"] == ""
