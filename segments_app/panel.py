"""The panel of steps: what was done, what is in effect, and what each way back would do."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from segments_app.models import Segment, SegmentStep
from segments_app.moves import Move, moves
from segments_app.sentences import Sentences


@dataclass
class Shown:
    """A step on the panel; `plan` are the steps that it did anew, if it did several."""

    step: SegmentStep
    move: Move | None = None
    plan: list[Sentences] = field(default_factory=list)


@dataclass
class Panel:
    """The steps of a segment, those apart that a later one did anew.

    `moves` are known only when they were asked for: they are counted over all lines.
    """

    segment: Segment
    before: list[Shown]
    steps: list[Shown]
    moves: dict[int, Move]

    @property
    def back(self) -> Move | None:
        """What going back one step would do."""
        done = [0, *(shown.step.number for shown in self._all() if self._is_done(shown))]
        return self.moves.get(done[-2]) if len(done) > 1 else None

    @property
    def forward(self) -> Move | None:
        """What going forward one step would do."""
        undone = [shown.step.number for shown in self._all() if not self._is_done(shown)]
        return self.moves.get(undone[0]) if undone else None

    @property
    def empty(self) -> Move | None:
        """What going back before the first step would do."""
        return self.moves.get(0)

    def _all(self) -> list[Shown]:
        return [*self.before, *self.steps]

    def _is_done(self, shown: Shown) -> bool:
        return shown.step.number <= self.segment.current_step


def panel_of(segment: Segment, steps: Sequence[SegmentStep], *, counted: bool = False) -> Panel:
    """The panel with all `steps` of the segment; `counted` with what each move would do."""
    numbers = [0, *(step.number for step in steps)]
    known = moves(segment, numbers) if counted else {}
    all_steps = [Shown(step, known.get(step.number), _plan(step, steps)) for step in steps]
    first = _last_rebuilding(segment, steps)
    return Panel(segment, all_steps[:first], all_steps[first:], known)


def _last_rebuilding(segment: Segment, steps: Sequence[SegmentStep]) -> int:
    """The place of the last step that did all steps anew; 0 if there was none."""
    places = [
        place
        for place, step in enumerate(steps)
        if step.action in SegmentStep.REBUILDING and step.number <= segment.current_step
    ]
    return places[-1] if places else 0


def _plan(step: SegmentStep, steps: Sequence[SegmentStep]) -> list[Sentences]:
    if step.action not in SegmentStep.REBUILDING:
        return []
    sentences = {step.number: step.sentences for step in steps}
    items = step.criteria["plan"]
    return [item.get("sentences") or sentences.get(item.get("step"), {}) for item in items]
