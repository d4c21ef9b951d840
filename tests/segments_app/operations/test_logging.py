"""Logging: one interaction for every line, as it was, once (R140-R149, D12, D13)."""

import datetime
from decimal import Decimal

import pytest

from interactions.letters.source import CONTACT_FIELDS
from interactions.models import Document, EntryFields, InteractionLogEntry, LoggedSegment
from segments_app.errors import AlreadyLogged, BlockedByProblems, SegmentEmpty
from segments_app.models import OVERRIDES, OWN, Segment, SegmentLine, SegmentStep
from segments_app.operations import (
    add_by_hand,
    change_line,
    go_back,
    log_segment,
    put_letter,
    remove_by_hand,
)
from segments_app.operations.logging import ENTRY
from tests.factories import (
    CampaignFactory,
    LoggedSegmentFactory,
    SalespersonFactory,
    TemplateFactory,
    word_document,
)

from ..conftest import add, line_of


@pytest.fixture
def varied(segment, cast, fair):
    """Lines that say everything themselves, something, and nothing."""
    segment.campaign, segment.unit_cost = fair, Decimal("4.25")
    segment.campaign_target = True
    segment.save()
    cast.jens.language_id, cast.jens.correspondence_type = "da", "email"
    cast.jens.save()
    add(segment, "status=yes")
    change_line(
        line_of(segment, cast.anna),
        by=None,
        template=TemplateFactory(code="CALL", description="Phone call"),
        description="Called back",
        subject="Anna",
        campaign=CampaignFactory(),
        salesperson=SalespersonFactory(),
        date=datetime.date(2026, 7, 1),
        language_id="sv",
        correspondence_type="email",
        information_flow="inbound",
        initiated_by="them",
        cost=Decimal("99.95"),
        duration=45,
        campaign_target=False,
        campaign_response=True,
        comment="Marks & Spencer <UK>\nsecond line",
        evaluation="very_positive",
        attempt_failed=True,
        time=datetime.time(14, 30),
        contact_via="anna@home.example",
    )
    change_line(line_of(segment, cast.klaus), by=None, cost=0, description="")
    put_letter(line_of(segment, cast.weber), word_document("Dear Weber"), "weber.docx", by=None)
    return segment


def test_r145_entries_equal_the_resolved_lines_field_by_field(varied, cast, mette):
    fields = [name for name in OVERRIDES if name != "correspondence_type"]
    names = [f"r_{name}" for name in (*fields, "group", "document", "correspondence_type")]
    lines = list(
        varied.sheet()
        .resolved()
        .values_list(
            "pk", "contact", "contact__company", "evaluation", "attempt_failed", "time", *names
        )
    )
    logged = log_segment(varied, by=mette)
    entries = logged.entries.in_line_order().values_list(
        "line",
        "contact",
        "company",
        "evaluation",
        "attempt_failed",
        "time",
        *fields,
        "group",
        "document",
        "correspondence_type",
    )
    assert list(entries.exclude(contact=cast.jens)) == [
        line for line in lines if line[1] != cast.jens.pk
    ]
    assert logged.entries_count == len(lines) == 6
    assert set(logged.entries.values_list("user", flat=True)) == {mette.pk}


def test_every_fact_of_an_entry_is_written():
    """A field that is added to the log must be logged, or left out here on purpose."""
    left_out = {"id", "logged_segment", "user", "canceled", "postponed", "created_at", "resend_of"}
    left_out |= {
        field.name
        for field in InteractionLogEntry._meta.concrete_fields
        if field.name.startswith("delivery_")
    }
    facts = {field.name for field in InteractionLogEntry._meta.concrete_fields}
    assert set(ENTRY) | left_out == facts
    assert set(OVERRIDES) | set(OWN) - {"comment"} <= set(ENTRY)


def test_r143_an_email_without_address_is_logged_without_a_type(varied, cast):
    logged = log_segment(varied, by=None)
    types = dict(logged.entries.values_list("contact__first_name", "correspondence_type"))
    assert (types["Jens"], types["Anna"], types["Bo"]) == ("", "email", "hard_copy")


def test_a_letter_of_its_own_is_marked_as_such(varied, cast):
    logged = log_segment(varied, by=None)
    (entry,) = logged.entries.filter(own_letter=True)
    assert entry.contact == cast.weber
    assert entry.document == Document.objects.get(name="weber.docx")


def test_d15_the_merge_fields_are_kept_as_they_were(varied, cast):
    logged = log_segment(varied, by=None)
    assert EntryFields.objects.count() == logged.entries_count
    cast.anna.surname, cast.anna.address = "Holm", "Moved"
    cast.anna.save()
    fields = logged.entries.get(contact=cast.anna).merge_fields.fields
    assert set(fields) == {"comment", *CONTACT_FIELDS}
    assert fields["comment"] == "Marks & Spencer <UK>\nsecond line"
    assert (fields["surname"], fields["company_name"]) == ("Sørensen", "Nordisk Lys A/S")
    assert fields["salutation"] is None


def test_d13_the_segment_is_gone_and_found_as_a_logged_segment(varied, mette):
    steps = varied.steps.count()
    logged = log_segment(varied, by=mette)
    assert (logged.number, logged.description) == ("SM00901", "Spring 2026")
    assert (logged.created_by, logged.canceled) == (mette, False)
    assert len(logged.snapshot["steps"]) == steps
    assert logged.snapshot["letters"]["segment"]["number"] == "SM00901"
    for model in (Segment, SegmentLine, SegmentStep):
        assert not model._default_manager.exists()


def test_only_the_lines_on_the_sheet_are_logged(segment, cast):
    add(segment, "mailing_groups=VIP")
    remove_by_hand(segment, segment.sheet().filter(contact=cast.bo), by=None)
    add(segment, "country=DE")
    go_back(segment, by=None)
    logged = log_segment(segment, by=None)
    assert [entry.contact for entry in logged.entries.all()] == [cast.anna]


def test_a_contact_that_stands_twice_is_logged_twice(segment, cast):
    add(segment, "country=SE")
    add(segment, "country=SE", allow_existing=True)
    logged = log_segment(segment, by=None)
    assert (logged.entries_count, EntryFields.objects.count()) == (2, 2)


def test_d1_an_excluded_contact_added_on_purpose_is_logged(segment, cast):
    cast.bo.excluded = True
    cast.bo.save()
    add_by_hand(segment, [cast.bo], by=None, ignore_exclusion=True)
    assert log_segment(segment, by=None).entries_count == 1


def test_r141_an_empty_segment_is_refused(segment):
    with pytest.raises(SegmentEmpty, match="SM00901 has no lines"):
        log_segment(segment, by=None)
    nothing_logged(segment)


def test_d12_problems_are_named_with_their_numbers(segment, cast, mette):
    add(segment, "mailing_groups=VIP")
    cast.bo.privacy_blocked = True
    cast.bo.save()
    segment.template = segment.date = None
    segment.save()
    with pytest.raises(BlockedByProblems) as refusal:
        log_segment(segment, by=mette)
    message = str(refusal.value)
    assert "2 lines have no interaction template" in message
    assert "2 lines have no date" in message
    assert "1 contact may not be written to" in message
    nothing_logged(segment)


def nothing_logged(segment: Segment) -> None:
    assert not LoggedSegment.objects.exists()
    assert not InteractionLogEntry.objects.exists()
    assert Segment.objects.filter(pk=segment.pk).exists()


def test_d13_logging_twice_is_one_logged_segment_and_one_refusal(segment, cast):
    add(segment, "mailing_groups=VIP")
    stale = Segment.objects.get(pk=segment.pk)
    log_segment(segment, by=None)
    with pytest.raises(AlreadyLogged, match="SM00901"):
        log_segment(stale, by=None)
    with pytest.raises(AlreadyLogged):
        log_segment(segment, by=None)
    assert LoggedSegment.objects.get().entries_count == InteractionLogEntry.objects.count() == 2


def test_r140_a_number_that_was_logged_is_not_logged_again(segment, cast):
    """Also when the logged segment was canceled."""
    add(segment, "mailing_groups=VIP")
    LoggedSegmentFactory(number=segment.number, canceled=True)
    with pytest.raises(AlreadyLogged):
        log_segment(segment, by=None)
    assert not InteractionLogEntry.objects.exists()
