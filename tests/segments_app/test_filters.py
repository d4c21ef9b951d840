"""What happened with a contact, as a condition (R23, R24, D3)."""

import datetime

import pytest

from interactions.models import InteractionLogEntry
from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.models.segment import today
from tests.factories import (
    EntryFactory,
    LoggedSegmentFactory,
    SalespersonFactory,
    SegmentFactory,
    TemplateFactory,
)
from tests.segments_app.conftest import add


def names(text: str) -> set[str]:
    return {c.name.split()[0].lower() for c in Criteria.from_query_string(text).contacts()}


def ago(days: int) -> datetime.date:
    return today() - datetime.timedelta(days=days)


@pytest.fixture
def history(cast, spring, fair) -> dict[str, InteractionLogEntry]:
    """Anna got the spring letter and liked it; Jens got it last year; Klaus had a call."""
    winter = LoggedSegmentFactory(number="LS1")
    LoggedSegmentFactory(number="LS2")
    spring.group.code = "LETTERS"
    spring.group.save()
    call = TemplateFactory(code="CALL", description="Phone call")
    return {
        "anna": EntryFactory(
            contact=cast.anna,
            template=spring,
            campaign=fair,
            evaluation="positive",
            date=ago(10),
            logged_segment=winter,
            subject="Spring 2026",
            cost=8,
        ),
        "older": EntryFactory(
            contact=cast.jens, template=spring, date=ago(500), subject="Spring 2025"
        ),
        "jens": EntryFactory(
            contact=cast.jens, template=spring, date=ago(400), subject="Spring 2025"
        ),
        "klaus": EntryFactory(
            contact=cast.klaus,
            template=call,
            evaluation="negative",
            date=ago(5),
            description="A call",
            salesperson=SalespersonFactory(code="TB"),
            correspondence_type="email",
            initiated_by="them",
            duration=20,
        ),
    }


CASES = [
    ("interactions=has", {"anna", "jens", "klaus"}),
    ("interaction_template=SPRING", {"anna", "jens"}),
    ("interaction_template=SPRING&interaction_template=CALL", {"anna", "jens", "klaus"}),
    ("interaction_campaign=CP0007", {"anna"}),
    ("interaction_evaluation=negative", {"klaus"}),
    ("interaction_evaluation=negative&interaction_evaluation=positive", {"anna", "klaus"}),
    (f"interaction_date={ago(10).isoformat()}..", {"anna", "klaus"}),
    (f"interaction_date=..{ago(10).isoformat()}", {"anna", "jens"}),
    ("interaction_date=-7d..today", {"klaus"}),
    ("interaction_date=-10d..", {"anna", "klaus"}),
    ("interaction_group=LETTERS", {"anna", "jens"}),
    ("interaction_salesperson=TB", {"klaus"}),
    ("interaction_correspondence_type=email", {"klaus"}),
    ("interaction_description=*call*", {"klaus"}),
    ("interaction_subject=Spring*", {"anna", "jens"}),
    ("interaction_cost=>=5", {"anna"}),
    ("interaction_duration=..10", {"anna", "jens"}),
    ("interaction_state=any", {"anna", "jens", "klaus"}),
    ("interaction_state=canceled", set()),
    # Jens got the letter twice.
    ("interaction_count=>=2", {"jens"}),
    ("interaction_count=1", {"anna", "klaus"}),
    ("interaction_count=<2", {"nordisk", "anna", "weber", "klaus", "bo"}),
    ("interaction_count=0", {"nordisk", "weber", "bo"}),
    ("interaction_count=<>1", {"nordisk", "weber", "bo", "jens"}),
    ("interaction_count=0|2", {"nordisk", "weber", "bo", "jens"}),
    ("interaction_count=>=1&interaction_date=-30d..", {"anna", "klaus"}),
    ("interaction_count=0&interaction_template=SPRING", {"nordisk", "weber", "klaus", "bo"}),
    ("logged_segments=LS1", {"anna"}),
    # One and the same interaction meets all that is asked of it.
    ("interaction_template=SPRING&interaction_date=-30d..", {"anna"}),
    ("interaction_template=CALL&interaction_evaluation=positive", set()),
    # Together with what is asked of the contact.
    ("interactions=has&country=DE", {"klaus"}),
    ("interactions=has&mailing_groups=VIP", {"anna"}),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_conditions_on_interactions(history, text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "others"), [case for case in CASES if case[0].startswith("interaction_")]
)
def test_has_not_finds_exactly_those_that_has_leaves_out(history, cast, text, others):
    assert names(f"interactions=has_not&{text}") == cast.everyone - others


def test_not_in_a_logged_segment(history, cast):
    assert names("logged_segments_not=LS1") == cast.everyone - {"anna"}
    assert names("logged_segments_all=LS1&logged_segments_all=LS2") == set()
    assert names("logged_segments=LS1&logged_segments=LS2") == {"anna"}


def test_segments_the_contact_is_in_now(segment, cast):
    """A line that was taken out, or is beyond the cursor, does not count."""
    other = SegmentFactory(number="SM00902")
    add(segment, "country=DK")
    add(other, "q=Anna")
    Criteria.from_query_string("q=Jens")
    operations.reduce_contacts(segment, Criteria.from_query_string("q=Jens"), by=None)
    assert names("segments=SM00901") == {"nordisk", "anna"}
    assert names("segments=SM00901&segments=SM00902") == {"nordisk", "anna"}
    assert names("segments_all=SM00901&segments_all=SM00902") == {"anna"}
    assert names("segments_not=SM00902") == cast.everyone - {"anna"}
    operations.go_back(segment, by=None)
    assert names("segments=SM00901") == {"nordisk", "anna", "jens"}
    operations.go_back(segment, by=None)
    assert names("segments=SM00901") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("not_contacted_since=-10d", {"nordisk", "jens", "weber", "klaus", "bo"}),
        ("not_contacted_since=-9d", {"nordisk", "anna", "jens", "weber", "klaus", "bo"}),
        ("not_contacted_since=-450d", {"nordisk", "weber", "klaus", "bo"}),
        ("last_contacted=..-11d", {"jens"}),
        ("last_contacted=-450d..", {"anna", "jens"}),
        ("last_contacted=..-450d", set()),
    ],
)
def test_last_contacted_says_when_we_began_something(history, text, found):
    """Klaus called us: that is an interaction, and does not make us a nuisance."""
    assert names(text) == found


@pytest.mark.parametrize("cancel", ["entry", "segment", "postponed"])
def test_what_is_canceled_or_postponed_did_not_take_place(history, cast, cancel):
    """D3, D18"""
    entry = history["anna"]
    if cancel == "segment":
        entry.logged_segment.canceled = True
        entry.logged_segment.save()
    else:
        setattr(entry, "canceled" if cancel == "entry" else cancel, True)
        entry.save()
    assert names("interaction_campaign=CP0007") == set()
    assert names("logged_segments=LS1") == set()
    assert names("logged_segments_not=LS1") == cast.everyone
    assert names("interactions=has_not") == cast.everyone - {"jens", "klaus"}
    asked = "postponed" if cancel == "postponed" else "canceled"
    assert names(f"interaction_state={asked}") == {"anna"}
    assert names("interaction_campaign=CP0007&interaction_state=any") == {"anna"}


def test_an_interaction_whose_contact_is_gone_says_nothing_of_the_others(history, cast):
    entry = EntryFactory(contact=cast.bo, logged_segment=history["anna"].logged_segment)
    InteractionLogEntry.objects.filter(pk=entry.pk).update(contact=None)
    assert names("logged_segments_not=LS1") == cast.everyone - {"anna"}
    assert names("interactions=has_not") == cast.everyone - {"anna", "jens", "klaus"}


def test_the_choice_of_logged_segments_does_not_read_their_snapshots(history):
    from segments_app.filters import SelectionFilter

    field = SelectionFilter.from_query_string("logged_segments=LS1").form.fields["logged_segments"]
    assert "snapshot" in field.queryset[0].get_deferred_fields()
