"""Random work on a worksheet against a list: no state of it is ever lost (R122-R127, D5, D7)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
from segments_app.models import SegmentLine
from segments_app.operations import (
    add_by_hand,
    add_contacts,
    change_line,
    go_back,
    go_forward,
    go_to,
    rebuild,
    reduce_contacts,
    refine_contacts,
    refresh,
    remove_by_hand,
)
from segments_app.plan import PlannedStep, plan_of
from segments_app.selection import AddOptions, RemoveOptions
from tests.factories import ContactFactory, SegmentFactory

COUNTRIES = ("DK", "SE", "DE")
CONDITIONS: dict[str, Callable[[Contact], bool]] = {
    "country=DK": lambda contact: contact.country == "DK",
    "country=SE&country=DE": lambda contact: contact.country in ("SE", "DE"),
    "has_email=yes": lambda contact: bool(contact.email),
    "q=odd": lambda contact: contact.first_name == "Odd",
}
condition = st.sampled_from(sorted(CONDITIONS))
action = st.sampled_from(["add", "add twice", "reduce", "refine"])
place = st.integers(0, 99)


@dataclass
class Did:
    """What a step did, as the list knows it: by a condition, to contacts, or a plan anew."""

    action: str
    text: str = ""
    contacts: list[int] = field(default_factory=list)
    plan: list["Did"] | None = None


class Sheet(RuleBasedStateMachine):
    """The worksheet against a list: each state of it is kept, and undoing picks an older one.

    A line of the list is a key; what it says itself belongs to it, whatever state is shown.
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
                    excluded=n == 6,
                )
                for n in range(7)
            )
        }
        self.states: list[list[int]] = [[]]  # Keys of lines, in line order, after each step.
        self.did: list[Did] = []
        self.shown = 0
        self.lines: dict[int, dict[str, Any]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def sheet(self) -> list[int]:
        return self.states[self.shown]

    def _who(self, keys: list[int]) -> list[int]:
        return [self.lines[key]["contact"] for key in keys]

    def _step(self, sheet: list[int], did: Did) -> None:
        self.states = [*self.states[: self.shown + 1], sheet]
        self.did = [*self.did[: self.shown], did]
        self.shown += 1

    def _new(self, contacts: list[int]) -> list[int]:
        first = len(self.lines)
        for contact in contacts:
            self.lines[len(self.lines)] = {"contact": contact, "cost": None, "comment": ""}
        return list(range(first, len(self.lines)))

    # What each step makes of a list of contacts.

    def _found(self, text: str, present: list[int]) -> list[int]:
        found = [c for c in self.contacts.values() if CONDITIONS[text](c)]
        return self._allowed([contact.pk for contact in found], present)

    def _allowed(self, keys: list[int], present: list[int]) -> list[int]:
        contacts = [self.contacts[key] for key in set(keys) - set(present)]
        contacts.sort(key=lambda c: (c.company_name, c.name, c.pk))
        return [contact.pk for contact in contacts if not contact.excluded]

    def _after(self, who: list[int], did: Did) -> list[int]:
        holds = CONDITIONS.get(did.text, bool)
        if did.action in ("add", "add twice"):
            return who + self._found(did.text, who if did.action == "add" else [])
        if did.action == "reduce":
            return [key for key in who if not holds(self.contacts[key])]
        if did.action == "refine":
            return [key for key in who if holds(self.contacts[key])]
        if did.action == "pick":
            return who + self._allowed(did.contacts, who)
        left = list(who)
        for contact in did.contacts:
            if contact in left:
                del left[len(left) - 1 - left[::-1].index(contact)]
        return left

    def _plan(self) -> list[Did]:
        plan: list[Did] = []
        for did in self.did[: self.shown]:
            plan = list(did.plan) if did.plan is not None else [*plan, did]
        return plan

    # Steps.

    @rule(text=condition, action=action)
    def select(self, text: str, action: str) -> None:
        did = Did(action, text)
        before = self._who(self.sheet)
        after = self._after(before, did)
        step = _DO[action](self.segment, Criteria.from_query_string(text))
        assert step.added - step.removed == len(after) - len(before)
        if action.startswith("add"):
            self._step([*self.sheet, *self._new(after[len(before) :])], did)
        else:
            kept = set(after)
            keys = [key for key in self.sheet if self.lines[key]["contact"] in kept]
            self._step(keys, did)

    @rule(which=st.integers(0, 6))
    def pick(self, which: int) -> None:
        contact = list(self.contacts.values())[which]
        try:
            add_by_hand(self.segment, [contact], by=None)
        except Refused:
            assert contact.excluded or contact.pk in self._who(self.sheet)
        else:
            assert not contact.excluded
            did = Did("pick", contacts=[contact.pk])
            self._step([*self.sheet, *self._new([contact.pk])], did)

    @precondition(lambda self: self.sheet)
    @rule(place=place)
    def remove(self, place: int) -> None:
        place %= len(self.sheet)
        line = self.segment.sheet()[place]
        remove_by_hand(self.segment, SegmentLine.objects.filter(pk=line.pk), by=None)
        keys = [key for n, key in enumerate(self.sheet) if n != place]
        self._step(keys, Did("unpick", contacts=[line.contact_id]))

    @precondition(lambda self: self.sheet)
    @rule(place=place, cost=st.none() | st.integers(0, 9), comment=st.sampled_from("ab"))
    def override(self, place: int, cost: int | None, comment: str) -> None:
        place %= len(self.sheet)
        change_line(self.segment.sheet()[place], by=None, cost=cost, comment=comment)
        self.lines[self.sheet[place]] |= {"cost": cost, "comment": comment}

    # Back and forth.

    @rule()
    def go_back(self) -> None:
        assert (go_back(self.segment, by=None) is None) == (self.shown == 0)
        self.shown = max(self.shown - 1, 0)

    @rule()
    def go_forward(self) -> None:
        last = len(self.states) - 1
        assert (go_forward(self.segment, by=None) is None) == (self.shown == last)
        self.shown = min(self.shown + 1, last)

    @rule(place=place)
    def go_to(self, place: int) -> None:
        place %= len(self.states)
        numbers = [0, *self.segment.steps.values_list("number", flat=True)]
        go_to(self.segment, numbers[place], by=None)
        self.shown = place

    # Other steps, other data.

    @precondition(lambda self: self._plan())
    @rule(place=place, text=condition, action=action)
    def edit(self, place: int, text: str, action: str) -> None:
        model, plan = self._plan(), plan_of(self.segment)
        place %= len(plan)
        model[place], plan[place] = Did(action, text), _planned(action, text)
        self._rebuild(model, lambda: rebuild(self.segment, plan, by=None))

    @precondition(lambda self: self._plan())
    @rule(place=place)
    def delete(self, place: int) -> None:
        model, plan = self._plan(), plan_of(self.segment)
        place %= len(plan)
        del model[place], plan[place]
        self._rebuild(model, lambda: rebuild(self.segment, plan, by=None))

    @precondition(lambda self: len(self._plan()) > 1)
    @rule(place=place)
    def move_up(self, place: int) -> None:
        model, plan = self._plan(), plan_of(self.segment)
        place %= len(plan) - 1
        model.insert(place, model.pop(place + 1))
        plan.insert(place, plan.pop(place + 1))
        self._rebuild(model, lambda: rebuild(self.segment, plan, by=None))

    @rule(which=st.integers(0, 6), country=st.sampled_from(COUNTRIES), excluded=st.booleans())
    def change_a_contact(self, which: int, country: str, excluded: bool) -> None:
        contact = list(self.contacts.values())[which]
        contact.country, contact.excluded = country, excluded
        contact.save()

    @rule()
    def refresh(self) -> None:
        if Counter(self._done_anew(self._plan())) == Counter(self._who(self.sheet)):
            try:
                refresh(self.segment, by=None)
            except Refused:
                return
            raise AssertionError("nothing to refresh, and yet it was")
        self._rebuild(self._plan(), lambda: refresh(self.segment, by=None))

    def _done_anew(self, plan: list[Did]) -> list[int]:
        who: list[int] = []
        for did in plan:
            who = self._after(who, did)
        return who

    def _rebuild(self, plan: list[Did], act: Callable[[], object]) -> None:
        wanted, kept = self._done_anew(plan), []
        left = Counter(wanted)
        for key in self.sheet:
            contact = self.lines[key]["contact"]
            if left[contact]:
                left[contact] -= 1
                kept.append(key)
        before, seen, rounds = Counter(self._who(kept)), Counter[int](), dict[int, list[int]]()
        for contact in wanted:
            seen[contact] += 1
            if (nth := seen[contact] - before[contact]) > 0:
                rounds.setdefault(nth, []).append(contact)
        new = [key for nth in sorted(rounds) for key in self._new(rounds[nth])]
        for key in new[: len(rounds.get(1, []))]:
            self.lines[key] = self._as_before(self.lines[key], kept)
        act()
        self._step([*kept, *new], Did("rebuild", plan=plan))

    def _as_before(self, line: dict[str, Any], kept: list[int]) -> dict[str, Any]:
        """What the last line of the contact said that was taken out before."""
        gone = [
            (max(n for n in range(self.shown + 1) if key in self.states[n]), key)
            for key in {key for state in self.states[: self.shown + 1] for key in state}
            if key not in self.sheet and self.lines[key]["contact"] == line["contact"]
        ]
        changed = [pair for pair in gone if self.lines[pair[1]]["comment"]]
        return dict(self.lines[max(changed)[1]]) if changed else line

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
        assert SegmentLine.objects.count() == len(reachable)


TWICE = AddOptions(allow_existing=True)
_DO: dict[str, Callable[..., Any]] = {
    "add": lambda segment, criteria: add_contacts(segment, criteria, by=None),
    "add twice": lambda segment, criteria: add_contacts(segment, criteria, by=None, options=TWICE),
    "reduce": lambda segment, criteria: reduce_contacts(segment, criteria, by=None),
    "refine": lambda segment, criteria: refine_contacts(segment, criteria, by=None),
}


def _planned(action: str, text: str) -> PlannedStep:
    options = {"add": AddOptions(), "add twice": TWICE}.get(action, RemoveOptions())
    criteria = Criteria.from_query_string(text)
    return PlannedStep.of_criteria(action.split()[0], criteria, options)


def test_no_state_of_the_worksheet_is_ever_lost(db):
    """Random actions, back and forth, other steps: the sheet is always what the list says."""
    few = settings(
        max_examples=6,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sheet, settings=few)
