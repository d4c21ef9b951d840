"""Nothing is done over the head of somebody else: what has changed since is told first."""

import pytest

from segments_app.errors import Outdated
from segments_app.models import Segment
from segments_app.operations import (
    add_by_hand,
    change_header,
    change_line,
    delete_segment,
    go_back,
    go_to,
    remove_by_hand,
    reset,
)
from segments_app.sentences import spoken

from ..conftest import add, line_of, on_sheet


@pytest.fixture
def seen(segment, cast) -> Segment:
    """The segment with Anna, as Mette has it on her screen."""
    add_by_hand(segment, [cast.anna], by=None)
    return as_seen(segment)


def as_seen(segment: Segment) -> Segment:
    found = Segment.objects.get(pk=segment.pk)
    found.seen = found.version
    return found


def told(outdated: Outdated) -> list[tuple[str, str]]:
    return [(spoken(c.sentences), str(c.created_by)) for c in outdated.changes]


def test_a_step_that_somebody_else_did_is_told_first(segment, seen, cast, maria, mette):
    add_by_hand(segment, [cast.bo], by=maria)
    with pytest.raises(Outdated) as refusal:
        remove_by_hand(seen, seen.sheet(), by=mette)
    assert told(refusal.value) == [("Added Bo Lind by hand", "maria")]
    assert on_sheet(segment) == ["anna", "bo"]


def test_a_step_with_the_same_number_is_another_step(segment, seen, cast, maria, mette):
    go_back(segment, by=maria)
    add_by_hand(segment, [cast.bo], by=maria)
    with pytest.raises(Outdated) as refusal:
        go_back(seen, by=mette)
    sentences = [sentence for sentence, _who in told(refusal.value)]
    assert sentences == ["Undone: Added Anna Sørensen by hand", "Added Bo Lind by hand"]
    assert on_sheet(segment) == ["bo"]


def test_several_acts_in_a_row_are_one_persons_own(seen, cast, mette):
    """What is asked once is checked once; the act itself is no surprise."""
    add(seen, "country=SE")
    add(seen, "country=DE")
    assert on_sheet(seen) == ["anna", "bo", "weber", "klaus"]


def test_steps_and_header_do_not_disturb_each_other(segment, seen, cast, maria, mette):
    change_header(segment, by=maria, subject="Spring is here")
    add_by_hand(seen, [cast.bo], by=mette)
    assert on_sheet(seen) == ["anna", "bo"]


def test_two_change_the_header(segment, seen, maria, mette):
    change_header(segment, by=maria, subject="Spring is here")
    with pytest.raises(Outdated) as refusal:
        change_header(seen, by=mette, subject="Summer is here")
    assert told(refusal.value) == [("Changed the header: subject", "maria")]
    segment.refresh_from_db()
    assert segment.subject == "Spring is here"


def test_two_change_lines(segment, cast, maria, mette):
    add_by_hand(segment, [cast.anna, cast.bo], by=None)
    anna, bo = line_of(segment, cast.anna), line_of(segment, cast.bo)
    anna.segment = bo.segment = as_seen(segment)
    change_line(line_of(segment, cast.anna), by=maria, cost=9)
    change_line(bo, by=mette, cost=7)
    anna.segment.seen = segment.version
    with pytest.raises(Outdated, match="has changed since you looked"):
        change_line(anna, by=mette, cost=7)
    assert line_of(segment, cast.anna).cost == 9


def test_a_segment_somebody_worked_on_is_not_deleted_unseen(segment, seen, maria, mette):
    change_header(segment, by=maria, subject="Spring is here")
    with pytest.raises(Outdated):
        delete_segment(seen, by=mette)
    assert Segment.objects.filter(pk=segment.pk).exists()


def test_who_did_not_look_is_not_asked(segment, seen, cast):
    """Commands and jobs act on what is there."""
    add_by_hand(segment, [cast.bo], by=None)
    add_by_hand(Segment.objects.get(pk=segment.pk), [cast.klaus], by=None)
    assert on_sheet(Segment.objects.get(pk=segment.pk)) == ["anna", "bo", "klaus"]


def test_every_move_is_told(segment, cast, mette):
    add_by_hand(segment, [cast.anna], by=mette)
    add_by_hand(segment, [cast.bo], by=mette)
    go_to(segment, 0, by=mette)
    go_to(segment, 2, by=mette)
    reset(segment, by=mette)
    assert [spoken(change.sentences) for change in segment.changes.since(2)] == [
        "Went back to the empty sheet",
        "Went to the step: Added Bo Lind by hand",
        "Reset: 2 lines removed",
    ]
