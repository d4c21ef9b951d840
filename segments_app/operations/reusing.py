"""Reuse what was done before: the contacts of a logged segment, the steps of saved criteria."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact, User
from contacts.models.contact import ContactQuerySet
from interactions.models import LoggedSegment
from segments_app.criteria import Criteria
from segments_app.models import SavedCriteria, SavedStep, Segment, SegmentStep
from segments_app.selection import AddOptions, RemoveOptions
from segments_app.sentences import of_logged_segment

from .history import begin_step
from .locking import locked
from .selecting import add_contacts, add_lines, reduce_contacts, refine_contacts

Action = SegmentStep.Action


def reuse_logged_segment(
    segment: Segment, logged: LoggedSegment, *, by: User | None
) -> SegmentStep:
    """Add the contacts of a logged segment, each once; canceled entries are left out (D1, D17)."""
    with locked(segment):
        step = begin_step(
            segment,
            Action.REUSE,
            by=by,
            sentences=of_logged_segment(logged.number, logged.description),
            criteria={"logged_segment": logged.number},
        )
        return add_lines(step, contacts_of(logged), AddOptions())


def contacts_of(logged: LoggedSegment) -> ContactQuerySet:
    """The contacts who have an interaction of the logged segment that counts."""
    entries = logged.entries.counting()
    return Contact.objects.filter(pk__in=entries.order_by().values("contact"))


def save_criteria(
    segment: Segment, code: str, description: str = "", *, by: User | None
) -> SavedCriteria:
    """Save the steps from criteria that stand, without the contacts and picks by hand (D6)."""
    with locked(segment):
        steps = segment.steps.up_to(segment.current_step).from_criteria()
        if not steps:
            raise Refused(_("There are no criteria to save: add contacts by criteria first."))
        if SavedCriteria.objects.filter(code=code).exists():
            raise Refused(_("The code %(code)s is used already.") % {"code": code})
        saved = SavedCriteria.objects.create(code=code, description=description, created_by=by)
        SavedStep.objects.bulk_create(
            SavedStep(saved_criteria=saved, number=number, **_recipe(step))
            for number, step in enumerate(steps, start=1)
        )
        return saved


def _recipe(step: SegmentStep) -> dict[str, Any]:
    return {
        "action": step.action,
        "criteria": step.criteria,
        "sentences": step.sentences,
        "options": step.options,
    }


def reuse_criteria(segment: Segment, saved: SavedCriteria, *, by: User | None) -> list[SegmentStep]:
    """Do the steps of saved criteria again, on today's data, after the steps there are (R110)."""
    with locked(segment):
        return [_repeat(segment, step, by=by) for step in saved.steps.all()]


def _repeat(segment: Segment, step: SavedStep, *, by: User | None) -> SegmentStep:
    criteria = Criteria.from_parameters(step.criteria)
    if step.action == Action.ADD:
        return add_contacts(segment, criteria, by=by, options=AddOptions.of(step.options))
    act = reduce_contacts if step.action == Action.REDUCE else refine_contacts
    return act(segment, criteria, by=by, options=RemoveOptions.of(step.options))
