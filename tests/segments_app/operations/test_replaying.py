"""Stored steps are done again, each by what its action says (D5, D6)."""

from dataclasses import dataclass
from typing import Any

import pytest

from contacts.errors import Refused
from segments_app.criteria import Criteria
from segments_app.models import Segment, SegmentStep
from segments_app.operations import (
    add_by_hand,
    log_segment,
    reduce_contacts,
    refine_contacts,
    remove_by_hand,
    reuse_logged_segment,
)
from segments_app.operations.replaying import REPLAYS, replay
from segments_app.selection import RemoveOptions
from tests.factories import SegmentFactory

from ..conftest import add, line_of, on_sheet

Action = SegmentStep.Action


@dataclass
class Again:
    """A step of another segment, as a plan holds it."""

    done_in: SegmentStep

    def __getattr__(self, name: str) -> Any:
        return getattr(self.done_in, name)


def repeated(segment: Segment) -> Segment:
    other = SegmentFactory()
    for step in segment.steps.all():
        replay(other, Again(step), by=None)
    return other


def test_adding_reducing_and_refining_with_their_options(segment, cast):
    add(segment, "country=DE", expand_companies=True)
    add(segment, "mailing_groups=VIP", expand_companies=True)
    entire = RemoveOptions(entire_companies=True)
    reduce_contacts(segment, Criteria.from_query_string("q=klaus"), by=None, options=entire)
    refine_contacts(segment, Criteria.from_query_string("country=DK"), by=None)
    assert on_sheet(segment) == ["nordisk", "anna", "jens"]
    other = repeated(segment)
    assert on_sheet(other) == ["nordisk", "anna", "jens"]
    kept = ("action", "criteria", "options", "sentences", "added", "removed", "skipped")
    assert list(other.steps.values(*kept)) == list(segment.steps.values(*kept))


def test_picks_are_the_same_contacts(segment, cast):
    add_by_hand(segment, [cast.anna, cast.jens], by=None)
    add(segment, "country=SE")
    add(segment, "country=DK", allow_existing=True)
    remove_by_hand(segment, segment.sheet().of_contacts([cast.bo]), by=None)
    remove_by_hand(segment, segment.sheet().ticked([line_of(segment, cast.nordisk).pk]), by=None)
    other = repeated(segment)
    assert on_sheet(other) == on_sheet(segment) == ["anna", "jens", "anna", "jens"]


def test_of_a_contact_with_two_lines_one_removed_by_hand_leaves_one(segment, cast):
    """R46 says otherwise: done again, it removed both."""
    add_by_hand(segment, [cast.anna], by=None)
    add(segment, "q=anna", allow_existing=True)
    first = segment.sheet()[0]
    remove_by_hand(segment, segment.sheet().ticked([first.pk]), by=None)
    assert on_sheet(repeated(segment)) == on_sheet(segment) == ["anna"]


def test_who_may_not_be_written_to_any_more_is_not_picked_again(segment, cast):
    add_by_hand(segment, [cast.anna, cast.jens], by=None)
    cast.jens.privacy_blocked = True
    cast.jens.save()
    other = repeated(segment)
    assert on_sheet(other) == ["anna"]
    assert other.steps.get().skipped == {"privacy": 1}


def test_a_logged_segment_is_reused_as_long_as_it_is_there(segment, cast):
    add(segment, "country=DK")
    logged = log_segment(segment, by=None)
    reusing = SegmentFactory()
    reuse_logged_segment(reusing, logged, by=None)
    assert on_sheet(repeated(reusing)) == ["nordisk", "anna", "jens"]
    reusing.steps.update(criteria={"logged_segment": "SM99"})
    with pytest.raises(Refused, match="The logged segment SM99 is gone"):
        repeated(reusing)


def test_every_action_can_be_done_again():
    assert set(REPLAYS) == set(Action) - set(SegmentStep.REBUILDING)
