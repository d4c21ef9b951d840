"""What steps find of a contact today, and which step of a plan decides whether it is in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from contacts.models import Contact
from contacts.models.contact import UNSELECTABLE_LABELS
from segments_app.criteria import Criteria, CriteriaError
from segments_app.findings import Reasons, reasons
from segments_app.models import SegmentStep
from segments_app.plan import Plan, PlannedStep

Action = SegmentStep.Action
Step = SegmentStep | PlannedStep
# The options by which contacts come and go with their companies.
COMPANIES = {"expand_companies", "related_companies", "entire_companies"}
ADDING = {Action.ADD, Action.ADD_BY_HAND, Action.REUSE}
THINNING = {Action.SAMPLE, Action.SPLIT, Action.HOLD_OUT, Action.ONE_PER}


@dataclass(frozen=True)
class Decision:
    """Whether a plan has the contact in today, and the step that decides; None if no step does."""

    is_in: bool = False
    step: PlannedStep | None = None
    reasons: Reasons | None = None
    # Why it may not be selected, where it would have come else.
    kept_out: str = ""
    # The last step that took out some of those who were in, by what the others are.
    thinned: PlannedStep | None = None


def decide(plan: Plan, contact: Contact) -> Decision:
    """Return what `plan` makes of `contact` today, as if a sample or its like kept everyone.

    Some queries for each step.
    """
    decision = Decision()
    for step in plan:
        found = reasons_of(step, contact)
        if step.action in ADDING:
            decision = decision if decision.is_in else _added(decision, step, contact, found)
        elif decision.is_in and step.action in THINNING:
            decision = replace(decision, thinned=step)
        elif decision.is_in and _takes_out(step, contact, found):
            decision = Decision(step=step, reasons=found)
    return decision


def reasons_of(step: Step, contact: Contact) -> Reasons | None:
    """What the conditions of the step find of the contact today; None if it has none."""
    parameters = REASONED.get(step.action)
    if parameters is None:
        return None
    try:
        criteria = Criteria.from_parameters(parameters(step))
    except CriteriaError:
        return None
    colleagues = bool(COMPANIES & set(step.options))
    return reasons(criteria.selection, [contact], colleagues=colleagues)[contact.pk]


def kept_out(contact: Contact, step: Step) -> str:
    """Why the contact may not be selected, but for what the step set aside; "" if it may."""
    few = Contact.objects.filter(pk=contact.pk)
    told = few.with_reason(ignore_exclusion="ignore_exclusion" in step.options)
    reason = told.values_list("r_reason", flat=True).first()
    return str(UNSELECTABLE_LABELS[reason]) if reason else ""


def _added(
    before: Decision, step: PlannedStep, contact: Contact, found: Reasons | None
) -> Decision:
    if not (_picked(step, contact) if found is None else _finds(found)):
        return before
    reason = kept_out(contact, step)
    return Decision(not reason, step, found, reason)


def _takes_out(step: PlannedStep, contact: Contact, found: Reasons | None) -> bool:
    if step.action == Action.REMOVE_BY_HAND:
        return _picked(step, contact)
    if found is None:
        return False
    return _finds(found) == (step.action == Action.REDUCE)


def _finds(found: Reasons) -> bool:
    return found.met_all or bool(found.through)


def _picked(step: PlannedStep, contact: Contact) -> bool:
    """Whether the contact is among those who were added or removed by hand."""
    if step.done_in is None or step.action not in SegmentStep.PICKS:
        return False
    removes = step.action == Action.REMOVE_BY_HAND
    lines = step.done_in.removed_lines() if removes else step.done_in.added_lines()
    return lines.of_contacts([contact]).exists()


def _stored(step: Step) -> dict[str, list[str]]:
    stored: dict[str, list[str]] = step.criteria
    return stored


def _reused(step: Step) -> dict[str, list[str]]:
    return {"logged_segments": [step.criteria.get("logged_segment", "")]}


REASONED: dict[str, Callable[[Any], dict[str, list[str]]]] = {
    **dict.fromkeys((Action.ADD, Action.REDUCE, Action.REFINE), _stored),
    Action.REUSE: _reused,
}
