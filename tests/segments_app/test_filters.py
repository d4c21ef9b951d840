"""What happened with a contact, as a condition (R23, R24, D3)."""

import datetime

import pytest

from interactions.models import InteractionLogEntry
from segments_app.criteria import Criteria
from segments_app.models.segment import today
from tests.factories import EntryFactory, LoggedSegmentFactory, TemplateFactory


def names(text: str) -> set[str]:
    return {c.name.split()[0].lower() for c in Criteria.from_query_string(text).contacts()}


def ago(days: int) -> datetime.date:
    return today() - datetime.timedelta(days=days)


@pytest.fixture
def history(cast, spring, fair) -> dict[str, InteractionLogEntry]:
    """Anna got the spring letter and liked it; Jens got it last year; Klaus had a call."""
    winter = LoggedSegmentFactory(number="LS1")
    call = TemplateFactory(code="CALL", description="Phone call")
    return {
        "anna": EntryFactory(
            contact=cast.anna,
            template=spring,
            campaign=fair,
            evaluation="positive",
            date=ago(10),
            logged_segment=winter,
        ),
        "jens": EntryFactory(contact=cast.jens, template=spring, date=ago(400)),
        "klaus": EntryFactory(
            contact=cast.klaus, template=call, evaluation="negative", date=ago(5)
        ),
    }


CASES = [
    ("interactions=has", {"anna", "jens", "klaus"}),
    ("interaction_template=SPRING", {"anna", "jens"}),
    ("interaction_template=SPRING&interaction_template=CALL", {"anna", "jens", "klaus"}),
    ("interaction_campaign=CP0007", {"anna"}),
    ("interaction_evaluation=negative", {"klaus"}),
    ("interaction_evaluation=negative&interaction_evaluation=positive", {"anna", "klaus"}),
    (f"interaction_from={ago(10).isoformat()}", {"anna", "klaus"}),
    (f"interaction_to={ago(10).isoformat()}", {"anna", "jens"}),
    ("interaction_days=7", {"klaus"}),
    ("interaction_days=10", {"anna", "klaus"}),
    ("logged_segments=LS1", {"anna"}),
    # One and the same interaction meets all that is asked of it.
    ("interaction_template=SPRING&interaction_days=30", {"anna"}),
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


def test_an_interaction_whose_contact_is_gone_says_nothing_of_the_others(history, cast):
    entry = EntryFactory(contact=cast.bo, logged_segment=history["anna"].logged_segment)
    InteractionLogEntry.objects.filter(pk=entry.pk).update(contact=None)
    assert names("logged_segments_not=LS1") == cast.everyone - {"anna"}
    assert names("interactions=has_not") == cast.everyone - {"anna", "jens", "klaus"}


def test_the_choice_of_logged_segments_does_not_read_their_snapshots(history):
    from segments_app.filters import SelectionFilter

    field = SelectionFilter.from_query_string("logged_segments=LS1").form.fields["logged_segments"]
    assert "snapshot" in field.queryset[0].get_deferred_fields()
