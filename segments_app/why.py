"""Why a contact is in a segment or not: what each step did with it, and what keeps it out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from contacts.models import Contact
from contacts.models.contact import UNSELECTABLE_LABELS
from segments_app.criteria import Criteria, CriteriaError
from segments_app.findings import Finding, Reasons, reasons
from segments_app.models import Segment, SegmentLine, SegmentStep
from segments_app.sentences import spoken

Action = SegmentStep.Action


@dataclass(frozen=True)
class StepAndContact:
    """What one step did with the contact, in words, and what its conditions find today."""

    step: SegmentStep
    verdict: str
    # "in" where it came, "out" where it went, "" where nothing happened.
    effect: str = ""
    undone: bool = False
    reasons: Reasons | None = None

    @property
    def sentence(self) -> str:
        return spoken(self.step.sentences)

    @property
    def findings(self) -> list[Finding]:
        return self.reasons.findings if self.reasons else []


@dataclass(frozen=True)
class Why:
    """Whether the contact is in, the sentence that says why, and step by step."""

    contact: Contact
    lines: int
    sentence: str
    steps: list[StepAndContact] = field(default_factory=list)

    @property
    def is_in(self) -> bool:
        return self.lines > 0


def why(segment: Segment, contact: Contact) -> Why:
    """Return why `contact` is in `segment` or not. Some queries for each step."""
    lines = list(segment.lines.filter(contact=contact))
    steps = [_of_step(segment, contact, step, lines) for step in segment.steps.all()]
    standing = [line for line in lines if _stands(line, segment.current_step)]
    return Why(contact, len(standing), _sentence(contact, standing, steps), steps)


def _stands(line: SegmentLine, step: int) -> bool:
    return line.added_step <= step and (line.removed_step is None or line.removed_step > step)


def _of_step(
    segment: Segment, contact: Contact, step: SegmentStep, lines: list[SegmentLine]
) -> StepAndContact:
    came = any(line.added_step == step.number for line in lines)
    went = any(line.removed_step == step.number for line in lines)
    there = any(_stands(line, step.number - 1) for line in lines)
    undone = step.number > segment.current_step
    found = _reasons(step, contact)
    if came or went:
        verdict = _("Added by this step.") if came else _("Taken out by this step.")
        return StepAndContact(step, verdict, "in" if came else "out", undone, found)
    adds = step.action in ADDING
    verdict = _not_added(step, contact, found, there=there) if adds else _not_removed(there=there)
    return StepAndContact(step, verdict, "", undone, found)


ADDING = {Action.ADD, Action.ADD_BY_HAND, Action.REUSE}


def _reasons(step: SegmentStep, contact: Contact) -> Reasons | None:
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


# The options by which contacts come and go with their companies.
COMPANIES = {"expand_companies", "related_companies", "entire_companies"}


def _stored(step: SegmentStep) -> dict[str, list[str]]:
    stored: dict[str, list[str]] = step.criteria
    return stored


def _reused(step: SegmentStep) -> dict[str, list[str]]:
    return {"logged_segments": [step.criteria.get("logged_segment", "")]}


REASONED: dict[str, Callable[[SegmentStep], dict[str, list[str]]]] = {
    **dict.fromkeys((Action.ADD, Action.REDUCE, Action.REFINE), _stored),
    Action.REUSE: _reused,
}


def _not_added(step: SegmentStep, contact: Contact, found: Reasons | None, *, there: bool) -> str:
    if step.action == Action.ADD_BY_HAND:
        return _("Not among those that were picked.")
    if there:
        return _("On the sheet already.")
    if found and not found.met_all and not found.through:
        return _("Does not meet: %(words)s.") % {"words": "; ".join(found.words)}
    if reason := _kept_out(contact, step):
        return _("Skipped: %(reason)s.") % {"reason": reason}
    if found:
        return _("Meets all conditions today, and did not when the step was done.")
    return _("Was not added.")


def _kept_out(contact: Contact, step: SegmentStep) -> str:
    """Why the contact may not be selected, but for what the step set aside."""
    few = Contact.objects.filter(pk=contact.pk)
    told = few.with_reason(ignore_exclusion="ignore_exclusion" in step.options)
    reason = told.values_list("r_reason", flat=True).first()
    return str(UNSELECTABLE_LABELS[reason]) if reason else ""


def _not_removed(*, there: bool) -> str:
    return _("Stayed.") if there else _("Was not on the sheet.")


def _sentence(contact: Contact, standing: list[SegmentLine], steps: list[StepAndContact]) -> str:
    """The step or the flag that decided, in one sentence."""
    done = [each for each in steps if not each.undone]
    if standing:
        return _in(contact, standing, done)
    taken_out = next((each for each in reversed(done) if each.effect == "out"), None)
    if taken_out:
        said = _("%(contact)s was taken out by step %(number)s: %(step)s")
        return _told(said, contact, taken_out)
    if undone := next((each for each in steps if each.undone and each.effect == "in"), None):
        said = _("%(contact)s was added by step %(number)s, which is undone: %(step)s")
        return _told(said, contact, undone)
    if contact.unselectable_reason:
        words = {"contact": contact, "reason": contact.unselectable_reason}
        return _("%(contact)s cannot be selected: %(reason)s.") % words
    if not done:
        return _("%(contact)s is not in the segment: it has no steps.") % {"contact": contact}
    return _("%(contact)s was not added by any step.") % {"contact": contact}


def _in(contact: Contact, standing: list[SegmentLine], done: list[StepAndContact]) -> str:
    numbers = {line.added_step for line in standing}
    by = [each for each in done if each.step.number in numbers]
    if len(by) != 1:
        numbered = ", ".join(str(number) for number in sorted(numbers))
        words = {"contact": contact, "count": len(standing), "numbers": numbered}
        return _("%(contact)s is in the segment %(count)s times, by steps %(numbers)s.") % words
    return _told(_("%(contact)s is in the segment since step %(number)s: %(step)s"), contact, by[0])


def _told(words: str, contact: Contact, of: StepAndContact) -> str:
    return words % {"contact": contact, "number": of.step.number, "step": of.sentence}
