"""Back and forth to any depth, without loss (R122-R127, D5)."""

import pytest

from contacts.errors import Refused
from segments_app.criteria import Criteria
from segments_app.models import OVERRIDES, OWN, Segment, SegmentLine
from segments_app.models.line import SegmentLineQuerySet
from segments_app.operations import (
    add_by_hand,
    change_line,
    go_back,
    go_forward,
    reduce_contacts,
    remove_by_hand,
    reset,
)

from ..conftest import add, line_of, on_sheet


def test_undoing_returns_lines_exactly_as_they_were(segment, cast):
    add(segment, "mailing_groups=VIP")
    change_line(line_of(segment, cast.anna), by=None, comment="Hi", cost=12)
    before = list(segment.sheet().values("pk", "contact", *OVERRIDES, *OWN))
    remove_by_hand(segment, segment.sheet(), by=None)
    assert on_sheet(segment) == []
    step = go_back(segment, by=None)
    assert step is not None
    assert step.action == "remove_by_hand"
    assert list(segment.sheet().values("pk", "contact", *OVERRIDES, *OWN)) == before


def test_a_new_action_takes_the_place_of_what_was_undone(segment, cast):
    add(segment, "country=SE")
    add(segment, "country=DK")
    reduce_contacts(segment, Criteria.from_query_string("country=SE"), by=None)
    go_back(segment, by=None)
    go_back(segment, by=None)
    add(segment, "country=DE")
    assert on_sheet(segment) == ["bo", "weber", "klaus"]
    assert go_forward(segment, by=None) is None
    assert list(segment.steps.values_list("number", "lines_after")) == [(1, 1), (2, 3)]
    assert SegmentLine.objects.count() == 3
    assert not SegmentLine.objects.filter(removed_step__isnull=False).exists()


def test_there_is_an_end_in_both_directions(segment, cast):
    assert go_back(segment, by=None) is None
    assert go_forward(segment, by=None) is None
    add(segment, "country=SE")
    go_back(segment, by=None)
    assert go_back(segment, by=None) is None
    assert on_sheet(segment) == []
    go_forward(segment, by=None)
    assert go_forward(segment, by=None) is None
    assert on_sheet(segment) == ["bo"]


def test_resetting_forgets_the_steps_and_keeps_the_header(segment, cast):
    add(segment, "mailing_groups=VIP")
    assert reset(segment, by=None) == 2
    segment.refresh_from_db()
    assert (segment.current_step, segment.steps.count()) == (0, 0)
    assert segment.description == "Spring 2026"
    assert not SegmentLine.objects.exists()


def test_the_list_of_segments_knows_their_sizes_without_counting(segment, cast):
    add(segment, "mailing_groups=VIP")
    add(segment, "country=DE")
    assert Segment.objects.with_lines_count().get().lines_count == 4  # type: ignore[attr-defined]
    go_back(segment, by=None)
    assert Segment.objects.with_lines_count().get().lines_count == 2  # type: ignore[attr-defined]
    reset(segment, by=None)
    assert Segment.objects.with_lines_count().get().lines_count == 0  # type: ignore[attr-defined]


def test_a_refused_action_forgets_nothing(segment, cast):
    """What was undone can still be done again."""
    add(segment, "country=SE")
    add(segment, "country=DE")
    go_back(segment, by=None)
    with pytest.raises(Refused):
        add_by_hand(segment, [cast.bo], by=None)
    go_forward(segment, by=None)
    assert on_sheet(segment) == ["bo", "weber", "klaus"]


def test_many_new_lines_are_counted_at_once(segment, cast, monkeypatch):
    """PostgreSQL would believe there is one, and compare every contact with every line."""
    counted: list[str] = []
    monkeypatch.setattr("segments_app.operations.history.MANY", 2)
    monkeypatch.setattr(SegmentLineQuerySet, "analyze", lambda _lines, field: counted.append(field))
    add(segment, "country=SE")
    add(segment, "country=DK")
    assert counted == ["segment"]
