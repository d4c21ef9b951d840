"""Steps as a person is changing them: the plan in effect, with what is changed in the address.

Each step is a part of the address: "2" is the second of the plan as it is, "2?country=DK" the
second with other conditions, "add?country=DK" a new one. Nothing is stored until it is accepted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.errors import Refused
from segments_app.criteria import Criteria, CriteriaError
from segments_app.plan import OPTIONS, Plan, PlannedStep
from segments_app.selection import AddOptions, RemoveOptions

MOST_STEPS = 100


@dataclass(frozen=True)
class Draft:
    """The parts of the address, and the steps that they mean."""

    parts: tuple[str, ...]
    steps: tuple[PlannedStep, ...]

    @classmethod
    def read(cls, plan: Plan, parts: Sequence[str] | None) -> Self:
        """The draft that the address tells; without parts the plan as it is.

        An empty part is none, so that a draft without steps has an address too. Raises `Refused`.
        """
        if parts is None:
            parts = [str(place) for place in range(1, len(plan) + 1)]
        parts = [part for part in parts if part]
        if len(parts) > MOST_STEPS:
            raise Refused(_("There may be %(count)s steps at most.") % {"count": MOST_STEPS})
        return cls(tuple(parts), tuple(_step(plan, part) for part in parts))

    def is_changed(self, plan: Plan) -> bool:
        return self.steps != tuple(plan)

    @property
    def address(self) -> str:
        """The draft as it stands in an address."""
        return urlencode({"step": self.parts or [""]}, doseq=True)

    def without(self, place: int) -> str:
        """The address of the draft without the step at a place, from 0."""
        return self._with(self.parts[:place] + self.parts[place + 1 :])

    def moved(self, place: int, to: int) -> str:
        """The address of the draft with the step at a place moved to another."""
        parts = [*self.parts[:place], *self.parts[place + 1 :]]
        return self._with((*parts[:to], self.parts[place], *parts[to:]))

    def changed(self, place: str, query_string: str) -> str:
        """The address with other conditions at a place; a new step for the name of an action."""
        if not place.isdecimal():
            return self._with((*self.parts, f"{place}?{query_string}"))
        number = int(place)
        name = self.parts[number].partition("?")[0]
        return self._with(
            (*self.parts[:number], f"{name}?{query_string}", *self.parts[number + 1 :])
        )

    def _with(self, parts: tuple[str, ...]) -> str:
        return urlencode({"step": parts or [""]}, doseq=True)


def query_string(step: PlannedStep) -> str:
    """The conditions and options of a step as they stand in the address of a page."""
    options = {name: "on" for name, value in step.options.items() if value}
    return urlencode({**step.criteria, **options}, doseq=True)


def options_of(action: str, query: str) -> AddOptions | RemoveOptions:
    """The options that the address of a page tells beside the conditions."""
    return OPTIONS[action].of(QueryDict(query).dict())


def _step(plan: Plan, part: str) -> PlannedStep:
    name, changed, query = part.partition("?")
    try:
        if not name.isdecimal():
            return _of_criteria(name, query)
        step = plan[_place(name)]
        return _with(step, _of_criteria(step.action, query)) if changed else step
    except (IndexError, KeyError) as error:
        raise Refused(_("The steps in the address cannot be read: begin again.")) from error


def _with(step: PlannedStep, other: PlannedStep) -> PlannedStep:
    """The step with the conditions of another; itself where they are its own."""
    same = (step.criteria, step.options) == (other.criteria, other.options)
    return step if same else other


def _place(name: str) -> int:
    """ "1" is the first; raises `IndexError` below it."""
    if name.strip("0") == "" or len(name) > len(str(MOST_STEPS)):
        raise IndexError(name)
    return int(name) - 1


def _of_criteria(action: str, query: str) -> PlannedStep:
    """Raises `KeyError` for an action that has no conditions."""
    options = options_of(action, query)
    try:
        return PlannedStep.of_criteria(action, Criteria.from_query_string(query), options)
    except CriteriaError as error:
        raise Refused(_("A step cannot be understood: %(reason)s") % {"reason": error}) from error
