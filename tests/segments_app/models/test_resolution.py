"""What holds for a line: the line, then its header, its template, its contact (D8, D10, D11)."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from contacts.models import Language
from interactions.models import Document
from segments_app.models import OVERRIDES, SegmentLine
from tests.factories import (
    CampaignFactory,
    ContactFactory,
    LineFactory,
    SalespersonFactory,
    TemplateDocumentFactory,
    TemplateFactory,
    word_document,
)

CHRISTMAS_DAY = datetime.date(2026, 12, 25)
# Field of the line: what the line says, the header's field and what it says.
PLAIN = {
    "description": ("Just for you", "description", "Spring 2026"),
    "subject": ("Dear Anna", "subject", "Spring is here"),
    "date": (CHRISTMAS_DAY, "date", datetime.date(2026, 3, 1)),
    "correspondence_type": ("email", "correspondence_type", "hard_copy"),
    "information_flow": ("inbound", "information_flow", "outbound"),
    "initiated_by": ("them", "initiated_by", "us"),
    "cost": (Decimal("9.50"), "unit_cost", Decimal("4.25")),
    "duration": (30, "unit_duration", 10),
    "campaign_target": (False, "campaign_target", True),
    "campaign_response": (True, "campaign_response", False),
}


MAKE: dict[str, Callable[[], Any]] = {
    "campaign": CampaignFactory,
    "salesperson": SalespersonFactory,
    "language": lambda: Language.objects.exclude(code="en").first(),
    "template": TemplateFactory,
}


def resolved(line: SegmentLine) -> Any:
    return SegmentLine.objects.with_inherited().get(pk=line.pk)


@pytest.fixture
def line(segment, cast) -> SegmentLine:
    return LineFactory(segment=segment, contact=cast.anna)


def test_every_field_is_covered():
    related = {"template", "campaign", "salesperson", "language"}
    assert set(PLAIN) | related == set(OVERRIDES)


@pytest.mark.parametrize("field", PLAIN)
def test_a_line_follows_its_header_until_it_says_otherwise(line, field):
    own, header_field, of_header = PLAIN[field]
    setattr(line.segment, header_field, of_header)
    line.segment.save()
    assert getattr(resolved(line), f"r_{field}") == of_header
    setattr(line, field, own)
    line.save()
    assert getattr(resolved(line), f"r_{field}") == own
    assert getattr(resolved(line), f"i_{field}") == of_header, "what it would be put back to"


@pytest.mark.parametrize("name", ["campaign", "salesperson", "language", "template"])
def test_what_a_line_names_follows_its_header_until_it_says_otherwise(line, name):
    inherited = getattr(resolved(line), f"i_{name}")
    setattr(line, name, MAKE[name]())
    line.save()
    assert getattr(resolved(line), f"r_{name}") == getattr(line, name).pk
    assert getattr(resolved(line), f"i_{name}") == inherited


def test_an_empty_text_of_its_own_is_no_inherited_text(line):
    line.subject = ""
    line.save()
    assert resolved(line).r_subject == ""
    assert resolved(line).own_fields == ["subject"]


def test_a_silent_header_lets_the_template_speak(line, spring):
    """R58, D8: cost, duration, flow, initiated by come from a template that is chosen later."""
    found = resolved(line)
    assert (found.r_cost, found.r_duration) == (8, 2)
    assert (found.r_information_flow, found.r_initiated_by) == ("outbound", "us")
    assert found.r_group == spring.group_id
    line.segment.template = None
    line.segment.save()
    found = resolved(line)
    assert (found.r_cost, found.r_duration, found.r_information_flow) == (0, 0, "")
    assert (found.r_template, found.r_group, found.r_document) == (None, None, None)


def test_a_cost_of_zero_on_the_header_is_no_silence(line):
    line.segment.unit_cost, line.segment.unit_duration = 0, 0
    line.segment.save()
    assert (resolved(line).r_cost, resolved(line).r_duration) == (0, 0)


def test_a_line_with_another_template_takes_what_belongs_to_a_template_from_it(line, holm, fair):
    """R81, D9: not the description, subject, cost, duration, flow and type of the header."""
    segment = line.segment
    segment.unit_cost, segment.unit_duration = 100, 100
    segment.subject, segment.information_flow, segment.initiated_by = "Spring!", "inbound", "them"
    segment.correspondence_type, segment.ignore_contact_correspondence_type = "email", True
    segment.campaign = fair
    segment.save()
    line.template = TemplateFactory(description="A phone call", correspondence_type="")
    line.save()
    found = resolved(line)
    assert (found.r_cost, found.r_duration) == (8, 2)
    assert (found.r_information_flow, found.r_initiated_by) == ("outbound", "us")
    assert (found.r_description, found.r_subject) == ("A phone call", "A phone call")
    assert found.r_correspondence_type == ""
    assert found.r_group == line.template.group_id
    assert (found.r_salesperson, found.r_campaign) == (holm.pk, fair.pk), "not of the template"
    assert found.r_date == segment.date


def test_naming_the_headers_template_on_a_line_changes_nothing(line):
    line.segment.unit_cost = 100
    line.segment.save()
    line.template = line.segment.template
    line.save()
    assert resolved(line).r_cost == 100


def test_the_salesperson_of_a_silent_header_is_the_contacts(line):
    """R78"""
    line.segment.salesperson = None
    line.segment.save()
    assert resolved(line).r_salesperson is None
    line.contact.salesperson = SalespersonFactory()
    line.contact.save()
    assert resolved(line).r_salesperson == line.contact.salesperson_id


# (header, header for all, template, template for all, contact) -> what holds (R97, D10)
CORRESPONDENCE = [
    (("email", True, "hard_copy", True, "hard_copy"), "email"),
    (("", True, "hard_copy", True, "email"), "hard_copy"),
    (("email", False, "hard_copy", True, "email"), "hard_copy"),
    (("email", False, "", True, "hard_copy"), "hard_copy"),
    (("email", False, "email", False, "hard_copy"), "hard_copy"),
    (("email", False, "hard_copy", False, ""), "email"),
    (("", False, "hard_copy", False, ""), "hard_copy"),
    (("", False, "", False, "email"), "email"),
    (("", False, "", False, ""), ""),
]


@pytest.mark.parametrize(("said", "holds"), CORRESPONDENCE)
def test_the_order_of_correspondence_types(line, spring, said, holds):
    header, header_for_all, template, template_for_all, contact = said
    line.segment.correspondence_type = header
    line.segment.ignore_contact_correspondence_type = header_for_all
    line.segment.save()
    spring.correspondence_type = template
    spring.ignore_contact_correspondence_type = template_for_all
    spring.save()
    line.contact.correspondence_type = contact
    line.contact.save()
    assert resolved(line).r_correspondence_type == holds


# (contact, header) -> what holds, for documents in English (the default) and Danish (D11)
LANGUAGES = [
    (("da", None), "da"),
    (("da", "en"), "da"),
    (("de", "da"), "da"),
    (("de", None), "en"),
    (("de", "sv"), "en"),
    ((None, "da"), "da"),
    ((None, None), "en"),
]


@pytest.mark.parametrize(("said", "holds"), LANGUAGES)
def test_the_order_of_languages(line, spring, said, holds):
    contact, header = said
    line.contact.language_id, line.segment.language_id = contact, header
    line.contact.save()
    line.segment.save()
    found = resolved(line)
    document = spring.documents.get(language=holds)
    assert found.r_language == holds
    assert (found.r_document, found.r_subject) == (document.document_id, document.subject)


def test_without_a_template_the_contact_speaks_its_own_language(line):
    line.segment.template = None
    line.segment.language_id = "da"
    line.segment.save()
    assert resolved(line).r_language == "da"
    line.contact.language_id = "sv"
    line.contact.save()
    assert resolved(line).r_language == "sv"


def test_without_any_document_at_all_the_language_is_the_templates(segment, cast):
    """No document in the whole house: the query has nothing to choose from."""
    segment.template.documents.all().delete()
    cast.anna.language_id = "da"
    cast.anna.save()
    found = resolved(LineFactory(segment=segment, contact=cast.anna))
    assert (found.r_language, found.r_document) == ("en", None)
    assert found.r_subject == segment.description, "no subject: the description"


def test_the_documents_of_one_template_are_not_those_of_another(line):
    other = TemplateDocumentFactory(
        template__code="OTHER",
        language_id="sv",
        language=None,
        document=Document.objects.store(word_document("Vår"), name="vår.docx"),
    )
    line.contact.language_id = "sv"
    line.contact.save()
    assert resolved(line).r_language == "en"
    line.template = other.template
    line.save()
    found = resolved(line)
    assert (found.r_language, found.r_document) == ("sv", other.document_id)


def test_a_letter_of_its_own_is_the_lines_document(line):
    line.document = Document.objects.store(word_document("Dear Anna"), name="anna.docx")
    line.save()
    assert resolved(line).r_document == line.document_id


def test_the_subject_falls_back_step_by_step(line, spring):
    """The line's, the header's, the document's, the description."""
    assert resolved(line).r_subject == "Spring 2026"
    spring.documents.update(subject="")
    line.description = "Only a description"
    line.save()
    assert resolved(line).r_subject == "Only a description"


def test_the_query_grows_with_the_templates_not_with_their_square(db):
    def parameters(count: int) -> int:
        for _ in range(count):
            TemplateDocumentFactory(language_id="en", language=None)
        return len(SegmentLine.objects.resolved().query.sql_with_params()[1])

    few, many = parameters(5), parameters(15)
    assert many < 5 * few, "four times as many templates"


def test_lines_that_differ_are_found(segment, cast):
    """D8: which lines keep their own value, and which of them in a field of the header."""
    plain = LineFactory(segment=segment, contact=cast.bo)
    own = LineFactory(segment=segment, contact=cast.anna, cost=0)
    commented = LineFactory(segment=segment, contact=cast.jens, comment="See you!")
    lines = SegmentLine.objects.filter(segment=segment)
    assert set(lines.changed()) == {own, commented}
    assert set(lines.keeping(["unit_cost", "date"])) == {own}
    assert plain.own_fields == []
    assert own.own_fields == ["cost"]


def test_a_person_of_no_company_has_a_line_like_anyone(segment):
    line = LineFactory(segment=segment, contact=ContactFactory(company=None))
    assert resolved(line).r_template == segment.template_id
