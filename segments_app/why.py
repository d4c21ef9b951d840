"""Why a contact is in a segment or not: what each step did with it, and what keeps it out."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from contacts.models import Contact
from segments_app.deciding import ADDING, Decision, decide, kept_out, reasons_of
from segments_app.findings import Finding, Reasons
from segments_app.models import Segment, SegmentStep
from segments_app.plan import plan_in
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


@dataclass(frozen=True)
class Stay:
    """The steps by which a line came and went, by the numbers that they bear."""

    added: int | None
    removed: int | None

    def stands(self, step: int) -> bool:
        """Whether the line is on the sheet at the step of that number."""
        came = self.added is not None and self.added <= step
        return came and (self.removed is None or self.removed > step)


def why(segment: Segment, contact: Contact) -> Why:
    """Return why `contact` is in `segment` or not. Some queries for each step."""
    done = list(segment.steps.all())
    stays = [
        Stay(_that_did(done, line.added_step), _that_did(done, line.removed_step))
        for line in segment.lines.filter(contact=contact)
    ]
    steps = [_of_step(segment, contact, step, stays) for step in done]
    standing = [stay for stay in stays if stay.stands(segment.current_step)]
    return Why(contact, len(standing), _sentence(contact, standing, steps), steps)


def _that_did(steps: list[SegmentStep], number: int | None) -> int | None:
    """As `SegmentStep.objects.that_did`: some steps take several numbers and bear the last."""
    if number is None:
        return None
    return next((step.number for step in steps if step.number >= number), None)


def _of_step(
    segment: Segment, contact: Contact, step: SegmentStep, stays: list[Stay]
) -> StepAndContact:
    came = any(stay.added == step.number for stay in stays)
    went = any(stay.removed == step.number for stay in stays)
    there = any(stay.stands(step.number - 1) for stay in stays)
    undone = step.number > segment.current_step
    effect = "in" if came else "out" if went else ""
    if step.action in step.REBUILDING:
        decision = decide(plan_in(step), contact)
        verdict = _anew(effect, decision, there=there)
        return StepAndContact(step, verdict, effect, undone, decision.reasons)
    found = reasons_of(step, contact)
    if effect:
        verdict = _("Added by this step.") if came else _("Taken out by this step.")
        return StepAndContact(step, verdict, effect, undone, found)
    adds = step.action in ADDING
    verdict = _not_added(step, contact, found, there=there) if adds else _not_removed(there=there)
    return StepAndContact(step, verdict, "", undone, found)


def _anew(effect: str, decision: Decision, *, there: bool) -> str:
    """What a step that did a plan anew made of the contact, and which step of the plan decided."""
    is_in = effect == "in" or (there and not effect)
    why = {"why": _decisive(decision, is_in=is_in)}
    if effect == "in":
        return _("Added by this step: %(why)s.") % why
    if effect == "out":
        return _("Taken out by this step: %(why)s.") % why
    return (_("Stayed: %(why)s.") if there else _("Was not added: %(why)s.")) % why


def _decisive(decision: Decision, *, is_in: bool) -> str:
    if decision.thinned and not is_in:
        return spoken(decision.thinned.sentences)
    if decision.is_in != is_in:
        return _("today it would be otherwise")
    if decision.kept_out:
        return decision.kept_out
    return spoken(decision.step.sentences) if decision.step else _("no step finds it")


def _not_added(step: SegmentStep, contact: Contact, found: Reasons | None, *, there: bool) -> str:
    if step.action == Action.ADD_BY_HAND:
        return _("Not among those that were picked.")
    if there:
        return _("On the sheet already.")
    if found and not found.met_all and not found.through:
        return _("Does not meet: %(words)s.") % {"words": "; ".join(found.words)}
    if reason := kept_out(contact, step):
        return _("Skipped: %(reason)s.") % {"reason": reason}
    if found:
        return _("Meets all conditions today, and did not when the step was done.")
    return _("Was not added.")


def _not_removed(*, there: bool) -> str:
    return _("Stayed.") if there else _("Was not on the sheet.")


def _sentence(contact: Contact, standing: list[Stay], steps: list[StepAndContact]) -> str:
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


def _in(contact: Contact, standing: list[Stay], done: list[StepAndContact]) -> str:
    numbers = {stay.added for stay in standing if stay.added is not None}
    by = [each for each in done if each.step.number in numbers]
    if len(by) != 1:
        numbered = ", ".join(str(number) for number in sorted(numbers))
        words = {"contact": contact, "count": len(standing), "numbers": numbered}
        return _("%(contact)s is in the segment %(count)s times, by steps %(numbers)s.") % words
    return _told(_("%(contact)s is in the segment since step %(number)s: %(step)s"), contact, by[0])


def _told(words: str, contact: Contact, of: StepAndContact) -> str:
    return words % {"contact": contact, "number": of.step.number, "step": of.sentence}
