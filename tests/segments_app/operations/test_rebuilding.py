"""Other steps, or the same on other data: the sheet changes by the difference alone (D5, D7)."""

from dataclasses import replace

import pytest

from contacts.errors import Refused
from segments_app.criteria import Criteria
from segments_app.models import OVERRIDES, OWN, Segment, SegmentLine
from segments_app.operations import (
    add_by_hand,
    change_line,
    go_back,
    go_forward,
    go_to,
    rebuild,
    reduce_contacts,
    refresh,
    remove_by_hand,
)
from segments_app.operations.rebuilding import tried
from segments_app.plan import PlannedStep, plan_of
from segments_app.selection import AddOptions
from segments_app.sentences import spoken
from tests.factories import ContactFactory

from ..conftest import add, line_of, on_sheet

LINE = ("pk", "contact", "added_step", "removed_step", *OVERRIDES, *OWN)


@pytest.fixture
def danes(segment, cast) -> Segment:
    """Everyone in Denmark and Bo by hand, without Jens; Anna's line says something of its own."""
    add(segment, "country=DK")
    add_by_hand(segment, [cast.bo], by=None)
    reduce_contacts(segment, Criteria.from_query_string("q=jens"), by=None)
    change_line(line_of(segment, cast.anna), by=None, comment="Hi", cost=12)
    return segment


def adding(criteria: str, **options: bool) -> PlannedStep:
    return PlannedStep.of_criteria(
        "add", Criteria.from_query_string(criteria), AddOptions(**options)
    )


def state(segment: Segment) -> list[tuple[object, ...]]:
    return list(segment.sheet().values_list(*LINE))


def test_the_plan_is_what_was_done(danes):
    assert [step.action for step in plan_of(danes)] == ["add", "add_by_hand", "reduce"]
    go_back(danes, by=None)
    assert [step.action for step in plan_of(danes)] == ["add", "add_by_hand"]


def test_a_step_is_deleted(danes, cast, mette):
    before = state(danes)
    step = rebuild(danes, plan_of(danes)[:2], by=mette)
    assert (step.added, step.removed, step.lines_after) == (1, 0, 4)
    assert on_sheet(danes) == ["nordisk", "anna", "bo", "jens"]
    assert state(danes)[:3] == before
    said = "Changed the steps: without “Took out contacts: search “jens”"
    assert spoken(step.sentences).startswith(said[:30])
    assert [step.action for step in plan_of(danes)] == ["add", "add_by_hand"]
    go_back(danes, by=mette)
    assert state(danes) == before
    assert [step.action for step in plan_of(danes)] == ["add", "add_by_hand", "reduce"]


def test_a_step_is_edited_and_done_again_later(danes, cast):
    """The changed condition holds on; picks by hand stay picks."""
    plan = plan_of(danes)
    rebuild(danes, [adding("country=DE"), *plan[1:]], by=None)
    assert on_sheet(danes) == ["bo", "weber", "klaus"]
    add(danes, "q=anna")
    again = plan_of(danes)
    assert [step.action for step in again] == ["add", "add_by_hand", "reduce", "add"]
    assert again[0].criteria == {"country": ["DE"]}
    rebuild(danes, again[::-1], by=None)
    assert on_sheet(danes) == ["bo", "weber", "klaus", "anna"]


def test_the_order_of_steps_matters(danes, cast):
    first, by_hand, without_jens = plan_of(danes)
    step = rebuild(danes, [without_jens, first, by_hand], by=None)
    assert on_sheet(danes) == ["nordisk", "anna", "bo", "jens"]
    assert spoken(step.sentences) == "Changed the steps: in another order"


def test_who_comes_back_brings_what_its_line_said(danes, cast):
    """What was written for Anna is not lost because a step took her out for a while."""
    plan = plan_of(danes)
    reduce_contacts(danes, Criteria.from_query_string("q=anna"), by=None)
    rebuild(danes, plan, by=None)
    line = line_of(danes, cast.anna)
    assert (line.comment, line.added_step) == ("Hi", 5)
    assert line.cost == 12
    change_line(line, by=None, comment="Hello")
    go_to(danes, 3, by=None)
    assert line_of(danes, cast.anna).comment == "Hi"


def test_a_contact_with_several_lines_takes_several_numbers(segment, cast):
    add(segment, "country=SE")
    twice = [adding("country=DE"), adding("country=DE", allow_existing=True)]
    step = rebuild(segment, twice, by=None)
    assert (step.number, step.added, step.removed, step.lines_after) == (3, 4, 1, 4)
    assert on_sheet(segment) == ["weber", "klaus", "weber", "klaus"]
    assert set(step.added_lines()) == set(segment.sheet())
    assert list(step.removed_lines().values_list("contact", flat=True)) == [cast.bo.pk]
    assert segment.steps.that_did(2) == step
    go_back(segment, by=None)
    assert on_sheet(segment) == ["bo"]
    go_forward(segment, by=None)
    assert len(on_sheet(segment)) == 4
    once = rebuild(segment, twice[:1], by=None)
    assert (once.number, once.removed) == (4, 2)
    assert on_sheet(segment) == ["weber", "klaus"]


def test_an_empty_plan_empties_the_sheet_and_can_be_undone(danes):
    assert rebuild(danes, [], by=None).removed == 3
    assert plan_of(danes) == []
    go_back(danes, by=None)
    assert on_sheet(danes) == ["nordisk", "anna", "bo"]


class TestRefresh:
    """D7"""

    def test_who_is_new_and_who_is_gone(self, danes, cast, mette):
        ContactFactory(first_name="Ny", surname="Mand", country="DK")
        cast.anna.country = "NO"
        cast.anna.save()
        cast.bo.excluded = True
        cast.bo.save()
        step = refresh(danes, by=mette)
        assert (step.action, step.added, step.removed) == ("refresh", 1, 2)
        assert on_sheet(danes) == ["nordisk", "ny"]
        assert [step.action for step in plan_of(danes)] == ["add", "add_by_hand", "reduce"]

    def test_removed_by_hand_stays_removed(self, segment, cast):
        add(segment, "country=DK")
        remove_by_hand(segment, segment.sheet().of_contacts([cast.jens]), by=None)
        ContactFactory(first_name="Ny", surname="Mand", country="DK")
        refresh(segment, by=None)
        assert on_sheet(segment) == ["nordisk", "anna", "ny"]

    def test_nothing_new_is_no_step(self, danes):
        with pytest.raises(Refused, match="Nobody is new and nobody is gone"):
            refresh(danes, by=None)
        assert (danes.steps.count(), danes.current_step) == (3, 3)

    def test_what_was_undone_can_still_be_done_after_a_refusal(self, danes):
        go_back(danes, by=None)
        with pytest.raises(Refused):
            refresh(danes, by=None)
        assert go_forward(danes, by=None)


class TestTrying:
    def test_it_is_done_inside_and_never_was_afterwards(self, danes):
        before, lines = state(danes), SegmentLine.objects.count()
        with tried(danes, [adding("country=DE")]) as rebuilding:
            assert (rebuilding.step.added, rebuilding.step.removed) == (2, 3)
        danes.refresh_from_db()
        assert (state(danes), SegmentLine.objects.count()) == (before, lines)
        assert (danes.steps.count(), Segment.objects.count()) == (3, 1)

    def test_what_cannot_be_done_any_more_is_told_and_changes_nothing(self, danes):
        plan = plan_of(danes)
        broken = replace(plan[0], criteria={"mailing_groups": ["GONE"]})
        with pytest.raises(Refused, match="“GONE” is not known"):
            rebuild(danes, [broken, *plan[1:]], by=None)
        assert on_sheet(Segment.objects.get()) == ["nordisk", "anna", "bo"]


def test_a_rebuilt_segment_is_asked_a_fixed_number_of_questions(
    danes, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        rebuild(danes, plan_of(danes), by=None)
