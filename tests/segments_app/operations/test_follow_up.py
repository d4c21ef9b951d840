"""Follow up from a logged segment or any interactions: all, or only those it concerns (D17)."""

import pytest

from contacts.errors import Refused
from interactions import operations as log
from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app.models import Segment
from segments_app.operations import follow_up, follow_up_entries, log_segment
from segments_app.whom import contacts_by_whom
from tests.factories import EntryFactory

from ..conftest import add, on_sheet


@pytest.fixture
def sent(segment, cast, fair) -> LoggedSegment:
    """A segment of the fair to Anna, Jens and Nordisk; Anna answered, Jens did not like it."""
    segment.campaign, segment.campaign_target = fair, True
    segment.save()
    add(segment, "country=DK")
    logged = log_segment(segment, by=None)
    EntryFactory(contact=cast.anna, campaign=fair, campaign_response=True)
    logged.entries.filter(contact=cast.jens).update(evaluation="negative", attempt_failed=True)
    logged.entries.filter(contact=cast.nordisk).update(delivery_state="failed")
    return logged


@pytest.mark.parametrize(
    ("whom", "names"),
    [
        ("all", ["anna", "jens", "nordisk"]),
        ("not_responded", ["jens", "nordisk"]),
        ("delivery_failed", ["nordisk"]),
        ("attempt_failed", ["jens"]),
        ("negative", ["jens"]),
    ],
)
def test_whom_it_is_for(sent, fair, whom, names):
    new = follow_up(sent, by=None, whom=whom)
    assert sorted(on_sheet(new)) == names
    assert new.campaign == fair
    assert list(Segment.objects.following(sent)) == [new]


def test_the_counts_told_are_those_that_come(sent):
    counts = contacts_by_whom(sent.entries.all())
    assert {whom: count for whom, count in counts.items() if count} == {
        "all": 3,
        "not_responded": 2,
        "delivery_failed": 1,
        "attempt_failed": 1,
        "negative": 1,
    }


def test_canceled_interactions_are_left_out(sent, cast):
    log.cancel_entry(sent.entries.get(contact=cast.jens), by=None)
    assert sorted(on_sheet(follow_up(sent, by=None, whom="not_responded"))) == ["nordisk"]
    log.cancel_logged_segment(sent, by=None)
    before = Segment.objects.count()
    for whom in ("not_responded", "all"):
        with pytest.raises(Refused, match="Nobody is left"):
            follow_up(sent, by=None, whom=whom)
    assert Segment.objects.count() == before


def test_from_any_interactions_each_contact_once(sent, cast, spring):
    EntryFactory(contact=cast.jens)
    new = follow_up_entries(
        InteractionLogEntry.objects.all(), by=None, description="Again", template=spring
    )
    assert sorted(on_sheet(new)) == ["anna", "jens", "nordisk"]
    assert (new.description, new.template) == ("Again", spring)
    assert new.steps.get().sentences["en"] == "Followed up interactions: All of them"


def test_an_unknown_choice_is_refused_and_nothing_is_created(sent):
    with pytest.raises(Refused):
        follow_up(sent, by=None, whom="nobody")
    assert not Segment.objects.exists()
