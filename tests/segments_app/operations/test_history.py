"""Back and forth to any depth, without loss (R122-R127, D5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contacts.errors import Refused
from contacts.models import Contact
from segments_app.criteria import Criteria
from segments_app.models import OVERRIDES, OWN, Segment, SegmentLine
from segments_app.operations import (
    add_by_hand,
    add_contacts,
    change_line,
    go_back,
    go_forward,
    reduce_contacts,
    refine_contacts,
    remove_by_hand,
    reset,
)
from segments_app.selection import AddOptions
from tests.factories import ContactFactory, SegmentFactory

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


COUNTRIES = ("DK", "SE", "DE")
CONDITIONS: dict[str, Callable[[Contact], bool]] = {
    "country=DK": lambda contact: contact.country == "DK",
    "country=SE&country=DE": lambda contact: contact.country in ("SE", "DE"),
    "has_email=yes": lambda contact: bool(contact.email),
    "q=odd": lambda contact: contact.first_name == "Odd",
}
condition = st.sampled_from(sorted(CONDITIONS))


class Sheet(RuleBasedStateMachine):
    """The worksheet against a list: each state of it is kept, and undoing picks an older one.

    A line of the model is its contact; overrides belong to the line, whatever state is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.segment = SegmentFactory()
        self.contacts = {
            contact.pk: contact
            for contact in (
                ContactFactory(
                    country=COUNTRIES[n % 3],
                    first_name="Odd" if n % 2 else "Even",
                    email="a@b.example" if n % 4 == 0 else "",
                    excluded=n == 8,
                )
                for n in range(9)
            )
        }
        self.states: list[list[int]] = [[]]  # Keys of lines, in line order, after each step.
        self.shown = 0
        self.lines: dict[int, dict[str, Any]] = {}
        self.new_key = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def sheet(self) -> list[int]:
        return self.states[self.shown]

    def _holds(self, text: str, key: int) -> bool:
        return CONDITIONS[text](self.contacts[self.lines[key]["contact"]])

    def _step(self, sheet: list[int]) -> None:
        self.states = [*self.states[: self.shown + 1], sheet]
        self.shown += 1

    def _put(self, contacts: list[int]) -> None:
        keys = []
        for contact in contacts:
            self.new_key += 1
            self.lines[self.new_key] = {"contact": contact, "cost": None, "comment": ""}
            keys.append(self.new_key)
        self._step([*self.sheet, *keys])

    def _in_order(self, contacts: list[Any]) -> list[int]:
        return [c.pk for c in sorted(contacts, key=lambda c: (c.company_name, c.name, c.pk))]

    @rule(text=condition, allow_existing=st.booleans())
    def add(self, text: str, allow_existing: bool) -> None:
        options = AddOptions(allow_existing=allow_existing)
        criteria = Criteria.from_query_string(text)
        step = add_contacts(self.segment, criteria, by=None, options=options)
        present = set() if allow_existing else {self.lines[key]["contact"] for key in self.sheet}
        found = [
            contact
            for contact in self.contacts.values()
            if CONDITIONS[text](contact) and not contact.excluded and contact.pk not in present
        ]
        assert step.added == len(found)
        self._put(self._in_order(found))

    @rule(text=condition)
    def reduce(self, text: str) -> None:
        reduce_contacts(self.segment, Criteria.from_query_string(text), by=None)
        self._step([key for key in self.sheet if not self._holds(text, key)])

    @rule(text=condition)
    def refine(self, text: str) -> None:
        refine_contacts(self.segment, Criteria.from_query_string(text), by=None)
        self._step([key for key in self.sheet if self._holds(text, key)])

    @rule(which=st.integers(0, 8))
    def add_by_hand(self, which: int) -> None:
        contact = list(self.contacts.values())[which]
        present = {self.lines[key]["contact"] for key in self.sheet}
        try:
            add_by_hand(self.segment, [contact], by=None)
        except Refused:
            assert contact.excluded or contact.pk in present
        else:
            assert not contact.excluded
            self._put([contact.pk])

    @precondition(lambda self: self.sheet)
    @rule(place=st.integers(0, 99))
    def remove(self, place: int) -> None:
        place %= len(self.sheet)
        line = self.segment.sheet()[place]
        remove_by_hand(self.segment, SegmentLine.objects.filter(pk=line.pk), by=None)
        self._step([key for n, key in enumerate(self.sheet) if n != place])

    @precondition(lambda self: self.sheet)
    @rule(
        place=st.integers(0, 99), cost=st.none() | st.integers(0, 9), comment=st.sampled_from("ab")
    )
    def override(self, place: int, cost: int | None, comment: str) -> None:
        place %= len(self.sheet)
        line = self.segment.sheet()[place]
        change_line(line, by=None, cost=cost, comment=comment)
        self.lines[self.sheet[place]] |= {"cost": cost, "comment": comment}

    @rule()
    def go_back(self) -> None:
        assert (go_back(self.segment, by=None) is None) == (self.shown == 0)
        self.shown = max(self.shown - 1, 0)

    @rule()
    def go_forward(self) -> None:
        last = len(self.states) - 1
        assert (go_forward(self.segment, by=None) is None) == (self.shown == last)
        self.shown = min(self.shown + 1, last)

    @invariant()
    def nothing_differs(self) -> None:
        values = self.segment.sheet().values("contact", "cost", "comment")
        assert list(values) == [self.lines[key] for key in self.sheet]

    @invariant()
    def the_steps_say_how_many_lines_there_are(self) -> None:
        counts = list(self.segment.steps.values_list("lines_after", flat=True))
        assert counts == [len(state) for state in self.states[1:]]

    @invariant()
    def nothing_is_kept_that_cannot_come_back(self) -> None:
        reachable = {key for state in self.states for key in state}
        assert SegmentLine.objects.filter(segment=self.segment).count() == len(reachable)


def test_no_state_of_the_worksheet_is_ever_lost(db):
    """Random actions, back and forth: the sheet is always what the list says."""
    few = settings(
        max_examples=8,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sheet, settings=few)
