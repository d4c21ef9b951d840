"""Contacts picked and dropped one by one (R45-R47, D1, D5)."""

import pytest

from contacts.errors import Refused
from segments_app.errors import NotSelectable
from segments_app.models import SegmentLine
from segments_app.operations import add_by_hand, remove_by_hand, save_criteria
from segments_app.sentences import spoken
from tests.factories import SegmentFactory

from ..conftest import add, line_of, on_sheet


def test_a_pick_is_a_step_with_the_names_of_those_picked(segment, cast, mette):
    step = add_by_hand(segment, [cast.bo], by=mette)
    assert on_sheet(segment) == ["bo"]
    assert (step.action, step.added, step.created_by) == ("add_by_hand", 1, mette)
    assert spoken(step.sentences) == "Added Bo Lind by hand"
    assert step.criteria == {}


def test_many_names_make_a_short_sentence(segment, cast):
    contacts = [getattr(cast, name) for name in sorted(cast.everyone)]
    step = add_by_hand(segment, contacts, by=None)
    assert step.added == 6
    assert (
        spoken(step.sentences) == "Added Anna Sørensen, Bo Lind, Jens Østergaard + 3 more by hand"
    )


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ({"privacy_blocked": True}, "privacy blocked"),
        ({"minor": True}, "minor without parental consent"),
        ({"active": False}, "inactive"),
    ],
)
def test_d1_some_can_never_be_added(segment, cast, flags, reason):
    for flag, value in flags.items():
        setattr(cast.bo, flag, value)
    cast.bo.save()
    for on_purpose in (False, True):
        with pytest.raises(NotSelectable, match=f"Bo Lind cannot be added: {reason}"):
            add_by_hand(segment, [cast.anna, cast.bo], by=None, ignore_exclusion=on_purpose)
    assert on_sheet(segment) == []
    assert segment.steps.count() == 0


def test_d1_an_excluded_contact_is_added_on_purpose_only(segment, cast):
    cast.bo.excluded = True
    cast.bo.save()
    with pytest.raises(NotSelectable, match="excluded from segments"):
        add_by_hand(segment, [cast.bo], by=None)
    step = add_by_hand(segment, [cast.bo], by=None, ignore_exclusion=True)
    assert on_sheet(segment) == ["bo"]
    assert step.options == {"ignore_exclusion": True}, "the step tells that it was on purpose"


def test_who_is_on_the_sheet_already_is_not_added_again(segment, cast):
    add(segment, "country=SE")
    with pytest.raises(Refused, match="Already on the sheet"):
        add_by_hand(segment, [cast.bo], by=None)
    step = add_by_hand(segment, [cast.bo, cast.anna], by=None)
    assert (step.added, step.skipped) == (1, {"present": 1})
    with pytest.raises(Refused):
        add_by_hand(segment, [], by=None)


def test_only_the_chosen_line_is_removed(segment, cast):
    """Unlike R46: a contact that stands twice keeps its other line."""
    add(segment, "country=SE")
    add(segment, "country=SE", allow_existing=True)
    first = segment.sheet()[0]
    step = remove_by_hand(segment, SegmentLine.objects.filter(pk=first.pk), by=None)
    assert (step.removed, step.lines_after) == (1, 1)
    assert spoken(step.sentences) == "Removed Bo Lind by hand"
    assert first not in segment.sheet()


def test_who_was_removed_can_be_added_again(segment, cast):
    add(segment, "country=SE")
    remove_by_hand(segment, segment.sheet(), by=None)
    assert add(segment, "country=SE").added == 1


def test_a_line_of_another_segment_is_not_removed(segment, cast):
    add(segment, "country=SE")
    other = SegmentFactory()
    with pytest.raises(Refused, match="No line was chosen"):
        remove_by_hand(other, SegmentLine.objects.filter(pk=line_of(segment, cast.bo).pk), by=None)
    assert on_sheet(segment) == ["bo"]


def test_d6_picks_are_no_criteria(segment, cast):
    add_by_hand(segment, [cast.bo], by=None)
    with pytest.raises(Refused, match="There are no criteria to save"):
        save_criteria(segment, "PICKS", by=None)
