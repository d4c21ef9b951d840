"""Do steps again that are stored: one function for each action (D5, D6, D7)."""

from collections.abc import Callable
from typing import Any, Protocol

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact, User
from interactions.models import LoggedSegment
from segments_app.criteria import Criteria
from segments_app.matching import as_many_as
from segments_app.models import Segment, SegmentStep
from segments_app.selection import AddOptions, RemoveOptions

from .history import begin_step, finish_step
from .locking import locked
from .reusing import reuse_logged_segment
from .selecting import add_contacts, add_lines, reduce_contacts, refine_contacts
from .thinning import replay_thinning

Action = SegmentStep.Action


class Stored(Protocol):
    """What can be done again: a step of a segment, of saved criteria, or of a plan.

    Picks by hand stand in no saved criteria; they have `done_in`, the step they were made in.
    """

    @property
    def action(self) -> str: ...
    @property
    def criteria(self) -> dict[str, Any]: ...
    @property
    def options(self) -> dict[str, Any]: ...
    @property
    def sentences(self) -> dict[str, str]: ...


Replay = Callable[[Segment, Any, User | None], SegmentStep]


def replay(segment: Segment, step: Stored, *, by: User | None) -> SegmentStep:
    """Do a stored step again, on the sheet as it is and on today's data.

    Raises `Refused` when what it names is not there any more.
    """
    return REPLAYS[step.action](segment, step, by)


def _add(segment: Segment, step: Stored, by: User | None) -> SegmentStep:
    criteria = Criteria.from_parameters(step.criteria)
    return add_contacts(segment, criteria, by=by, options=AddOptions.of(step.options))


def _reduce(segment: Segment, step: Stored, by: User | None) -> SegmentStep:
    criteria = Criteria.from_parameters(step.criteria)
    return reduce_contacts(segment, criteria, by=by, options=RemoveOptions.of(step.options))


def _refine(segment: Segment, step: Stored, by: User | None) -> SegmentStep:
    criteria = Criteria.from_parameters(step.criteria)
    return refine_contacts(segment, criteria, by=by, options=RemoveOptions.of(step.options))


def _reuse(segment: Segment, step: Stored, by: User | None) -> SegmentStep:
    number = step.criteria.get("logged_segment", "")
    logged = LoggedSegment.objects.numbered(number).first()
    if logged is None:
        raise Refused(_("The logged segment %(number)s is gone.") % {"number": number})
    return reuse_logged_segment(segment, logged, by=by)


def _add_by_hand(segment: Segment, step: Any, by: User | None) -> SegmentStep:
    """The same contacts, as far as they may be written to today."""
    picked = Contact.objects.filter(pk__in=step.done_in.added_lines().values("contact"))
    with locked(segment):
        return add_lines(_pick(segment, step, by), picked, AddOptions.of(step.options))


def _remove_by_hand(segment: Segment, step: Any, by: User | None) -> SegmentStep:
    """As many lines of the same contacts as were removed then."""
    with locked(segment):
        again = _pick(segment, step, by)
        lines = as_many_as(segment.sheet(), step.done_in.removed_lines())
        return finish_step(again, removed=lines.update(removed_step=again.number))


def _pick(segment: Segment, step: Stored, by: User | None) -> SegmentStep:
    return begin_step(segment, step.action, by=by, sentences=step.sentences, options=step.options)


# How each action is done again. An action that is not here cannot be part of a plan.
REPLAYS: dict[str, Replay] = {
    Action.ADD: _add,
    Action.REDUCE: _reduce,
    Action.REFINE: _refine,
    Action.REUSE: _reuse,
    Action.ADD_BY_HAND: _add_by_hand,
    Action.REMOVE_BY_HAND: _remove_by_hand,
    Action.SAMPLE: replay_thinning,
    Action.SPLIT: replay_thinning,
    Action.HOLD_OUT: replay_thinning,
    Action.ONE_PER: replay_thinning,
}
