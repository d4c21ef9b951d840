"""Saved criteria: steps under a name, to be done again in any segment (R107-R114, D6)."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from segments_app.models import SavedCriteria, SavedStep, Segment, SegmentStep

from .locking import locked
from .replaying import replay


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
        return [replay(segment, step, by=by) for step in saved.steps.all()]
