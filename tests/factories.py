"""The cast and the things they work with."""

import io

import docx
import factory
from factory.django import DjangoModelFactory

from contacts.models import (
    BusinessRelation,
    Contact,
    IndustryGroup,
    JobResponsibility,
    Language,
    MailingGroup,
    OrganizationalLevel,
    ProfileAnswer,
    ProfileQuestion,
    ProfileQuestionnaire,
    Salesperson,
    Salutation,
    SalutationFormula,
    Territory,
    User,
)
from interactions.models import (
    Campaign,
    Document,
    InteractionGroup,
    InteractionLogEntry,
    InteractionTemplate,
    LoggedSegment,
    TemplateDocument,
)
from segments_app.models import Segment, SegmentLine
from segments_app.models.segment import today


def word_document(*paragraphs: str) -> bytes:
    """A real Word document with the given paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def words_of(data: bytes) -> str:
    """The words of a Word document, paragraph by paragraph."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")


class LanguageFactory(DjangoModelFactory[Language]):
    class Meta:
        model = Language
        django_get_or_create = ("code",)

    code = "en"
    name = "English"


class SalespersonFactory(DjangoModelFactory[Salesperson]):
    class Meta:
        model = Salesperson

    code = factory.Sequence(lambda n: f"S{n}")
    name = factory.Sequence(lambda n: f"Salesperson {n}")
    email = factory.LazyAttribute(lambda person: f"{person.code.lower()}@example.com")


class SalutationFactory(DjangoModelFactory[Salutation]):
    class Meta:
        model = Salutation

    code = factory.Sequence(lambda n: f"SAL{n}")
    description = factory.Sequence(lambda n: f"Salutation {n}")


class SalutationFormulaFactory(DjangoModelFactory[SalutationFormula]):
    class Meta:
        model = SalutationFormula

    salutation = factory.SubFactory(SalutationFactory)
    language = factory.SubFactory(LanguageFactory)
    type = SalutationFormula.Type.FORMAL
    text = "Dear {first_name} {surname},"


class MailingGroupFactory(DjangoModelFactory[MailingGroup]):
    class Meta:
        model = MailingGroup

    code = factory.Sequence(lambda n: f"MG{n}")
    description = factory.LazyAttribute(lambda group: f"Mailing group {group.code}")


class IndustryGroupFactory(DjangoModelFactory[IndustryGroup]):
    class Meta:
        model = IndustryGroup

    code = factory.Sequence(lambda n: f"IG{n}")
    description = factory.LazyAttribute(lambda group: f"Industry group {group.code}")


class ContactFactory(DjangoModelFactory[Contact]):
    """A person; `CompanyFactory` for a company."""

    class Meta:
        model = Contact

    number = factory.Sequence(lambda n: f"T{n:06d}")
    type = Contact.Type.PERSON
    first_name = factory.Sequence(lambda n: f"First{n}")
    surname = factory.Sequence(lambda n: f"Last{n}")
    address = "Havnegade 1"
    postal_code = "8000"
    city = "Aarhus C"
    country = "DK"


class CompanyFactory(ContactFactory):
    type = Contact.Type.COMPANY
    first_name = ""
    surname = ""
    name = factory.Sequence(lambda n: f"Company {n} A/S")


class InteractionGroupFactory(DjangoModelFactory[InteractionGroup]):
    class Meta:
        model = InteractionGroup

    code = factory.Sequence(lambda n: f"GROUP{n}")
    description = factory.LazyAttribute(lambda group: group.code.title())


class TemplateFactory(DjangoModelFactory[InteractionTemplate]):
    class Meta:
        model = InteractionTemplate

    code = factory.Sequence(lambda n: f"TEMPLATE{n}")
    description = factory.LazyAttribute(lambda template: template.code.title())
    group = factory.SubFactory(InteractionGroupFactory)
    language = factory.SubFactory(LanguageFactory)
    unit_cost = 8
    unit_duration = 2
    information_flow = "outbound"
    initiated_by = "us"
    correspondence_type = "hard_copy"


class TemplateDocumentFactory(DjangoModelFactory[TemplateDocument]):
    class Meta:
        model = TemplateDocument

    template = factory.SubFactory(TemplateFactory)
    language = factory.SubFactory(LanguageFactory)
    document = factory.LazyFunction(
        lambda: Document.objects.store(
            word_document("{{ contact.formal_salutation }}", "{{ interaction.comment }}"),
            name="letter.docx",
        )
    )


class CampaignFactory(DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    number = factory.Sequence(lambda n: f"TC{n:04d}")
    description = factory.Sequence(lambda n: f"Campaign {n}")


class SegmentFactory(DjangoModelFactory[Segment]):
    class Meta:
        model = Segment

    number = factory.Sequence(lambda n: f"TS{n:05d}")
    description = factory.Sequence(lambda n: f"Segment {n}")


class LoggedSegmentFactory(DjangoModelFactory[LoggedSegment]):
    class Meta:
        model = LoggedSegment

    number = factory.Sequence(lambda n: f"LS{n:05d}")
    description = factory.Sequence(lambda n: f"Logged segment {n}")


class EntryFactory(DjangoModelFactory[InteractionLogEntry]):
    """An interaction with a contact."""

    class Meta:
        model = InteractionLogEntry

    contact = factory.SubFactory(ContactFactory)
    company = factory.LazyAttribute(lambda entry: entry.contact.company)
    template = factory.SubFactory(TemplateFactory)
    group = factory.LazyAttribute(lambda entry: entry.template.group)
    salesperson = factory.SubFactory(SalespersonFactory)
    date = factory.LazyFunction(today)
    description = "A letter"


class LineFactory(DjangoModelFactory[SegmentLine]):
    """A line that stands on the sheet of a new segment, as its first step would put it there."""

    class Meta:
        model = SegmentLine

    segment = factory.SubFactory(SegmentFactory, current_step=1)
    contact = factory.SubFactory(ContactFactory)
    added_step = 1


class JobResponsibilityFactory(DjangoModelFactory[JobResponsibility]):
    class Meta:
        model = JobResponsibility

    code = factory.Sequence(lambda n: f"JR{n}")
    description = factory.LazyAttribute(lambda group: f"Job responsibility {group.code}")


class BusinessRelationFactory(DjangoModelFactory[BusinessRelation]):
    class Meta:
        model = BusinessRelation

    code = factory.Sequence(lambda n: f"BR{n}")
    description = factory.LazyAttribute(lambda group: f"Business relation {group.code}")


class OrganizationalLevelFactory(DjangoModelFactory[OrganizationalLevel]):
    class Meta:
        model = OrganizationalLevel

    code = factory.Sequence(lambda n: f"OL{n}")
    description = factory.LazyAttribute(lambda group: f"Level {group.code}")


class TerritoryFactory(DjangoModelFactory[Territory]):
    class Meta:
        model = Territory

    code = factory.Sequence(lambda n: f"TY{n}")
    description = factory.LazyAttribute(lambda group: f"Territory {group.code}")


class QuestionnaireFactory(DjangoModelFactory[ProfileQuestionnaire]):
    class Meta:
        model = ProfileQuestionnaire

    code = factory.Sequence(lambda n: f"Q{n}")
    description = factory.LazyAttribute(lambda questionnaire: f"Questionnaire {questionnaire.code}")


class QuestionFactory(DjangoModelFactory[ProfileQuestion]):
    class Meta:
        model = ProfileQuestion

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    text = factory.Sequence(lambda n: f"Question {n}?")


class AnswerFactory(DjangoModelFactory[ProfileAnswer]):
    class Meta:
        model = ProfileAnswer

    question = factory.SubFactory(QuestionFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    text = factory.Sequence(lambda n: f"Answer {n}")
