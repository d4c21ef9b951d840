"""The steps in effect: what is done when the sheet is made anew (D5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from segments_app.criteria import Criteria
from segments_app.models import Segment, SegmentStep
from segments_app.selection import AddOptions, RemoveOptions
from segments_app.sentences import Sentences, of_criteria

Action = SegmentStep.Action
OPTIONS: dict[str, type[AddOptions] | type[RemoveOptions]] = {
    Action.ADD: AddOptions,
    Action.REDUCE: RemoveOptions,
    Action.REFINE: RemoveOptions,
}


@dataclass(frozen=True)
class PlannedStep:
    """One step of a plan.

    `done_in` is the step of the segment that it comes from, with who, when, and the contacts that
    were picked by hand; None for one that is only thought of. One that was `changed` is no longer
    what was done there.
    """

    action: str
    criteria: dict[str, Any]
    options: dict[str, Any]
    sentences: Sentences
    done_in: SegmentStep | None = None
    changed: bool = False

    @classmethod
    def done(cls, step: SegmentStep) -> Self:
        """The step as it was done."""
        return cls(step.action, step.criteria, step.options, step.sentences, done_in=step)

    @classmethod
    def of_criteria(
        cls, action: str, criteria: Criteria, options: AddOptions | RemoveOptions
    ) -> Self:
        """A step that adds, reduces or refines."""
        words = of_criteria(action, criteria)
        return cls(action, criteria.parameters, options.chosen(), words, changed=True)

    @property
    def can_be_changed(self) -> bool:
        """Whether it has conditions that a person can change."""
        return self.action in OPTIONS

    def stored(self) -> dict[str, Any]:
        """As plain JSON, for the step that does the plan."""
        if self.done_in and not self.changed:
            return {"step": self.done_in.number}
        return {
            "action": self.action,
            "criteria": self.criteria,
            "options": self.options,
            "sentences": self.sentences,
        }


Plan = Sequence[PlannedStep]


def plan_of(segment: Segment) -> list[PlannedStep]:
    """The steps that make the sheet what it is, in their order.

    Those that were done; where the steps were changed, those of the last change, and what was done
    after it.
    """
    done = {step.number: step for step in segment.steps.up_to(segment.current_step).with_who()}
    plan: list[PlannedStep] = []
    for step in done.values():
        if step.action in SegmentStep.REBUILDING:
            plan = [_read(item, step, done) for item in step.criteria["plan"]]
        else:
            plan.append(PlannedStep.done(step))
    return plan


def _read(item: dict[str, Any], step: SegmentStep, done: dict[int, SegmentStep]) -> PlannedStep:
    if "step" in item:
        return PlannedStep.done(done[item["step"]])
    return PlannedStep(**item, done_in=step, changed=True)


def plan_in(step: SegmentStep) -> list[PlannedStep]:
    """The plan that a step of `SegmentStep.REBUILDING` did anew."""
    done = {each.number: each for each in step.segment.steps.up_to(step.number)}
    return [_read(item, step, done) for item in step.criteria["plan"]]
