"""Make the sheet anew from a plan: with other steps (D5), or on today's data (D7).

The plan is done in a segment of its own, by the very operations that people use. Then the sheet
gets what is missing and loses what is too much, as one step: lines that stay keep everything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from segments_app.matching import nth_newcomers, without_partner
from segments_app.models import Segment, SegmentLine, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.plan import Plan, plan_of
from segments_app.sentences import Sentences, of_rebuilding, of_refreshing

from .history import begin_step, finish_step, lines_count
from .locking import locked
from .replaying import replay

Action = SegmentStep.Action
# What a line does not take over from the one that its contact had before.
OF_THE_LINE = ("id", "segment", "contact", "added_step", "removed_step")


@dataclass
class Rebuilding:
    """A plan that was done: the step, and the segment in which it was tried, step by step."""

    step: SegmentStep
    tried: Segment
    plan: Plan


def rebuild(segment: Segment, plan: Plan, *, by: User | None) -> SegmentStep:
    """Make the sheet what `plan` makes of today's contacts, as one step."""
    with locked(segment):
        return _finished(_rebuild(segment, plan, Action.REBUILD, by))


def refresh(segment: Segment, *, by: User | None) -> SegmentStep:
    """Do the steps in effect again on today's contacts, as one step (D7).

    Raises `Refused` when nobody is new and nobody is gone, or nothing was done yet.
    """
    with locked(segment):
        step = _finished(_rebuild(segment, plan_of(segment), Action.REFRESH, by))
        if not step.added and not step.removed:
            raise Refused(_("Nobody is new and nobody is gone. Nothing was changed."))
        return step


@contextmanager
def tried(segment: Segment, plan: Plan) -> Iterator[Rebuilding]:
    """What rebuilding would do: inside it is done, afterwards it never was."""
    with transaction.atomic():
        copy = Segment.objects.get(pk=segment.pk)
        with locked(copy):
            yield _rebuild(copy, plan, Action.REBUILD, None)
        transaction.set_rollback(True)


def _rebuild(segment: Segment, plan: Plan, action: str, by: User | None) -> Rebuilding:
    trial = Segment.objects.create(number=f"~{segment.pk}", description=segment.description)
    for planned in plan:
        replay(trial, planned, by=None)
    step = begin_step(
        segment,
        action,
        by=by,
        sentences=_sentences(segment, plan, action),
        criteria={"plan": [planned.stored() for planned in plan]},
    )
    removed = without_partner(segment.sheet(), trial.sheet()).update(removed_step=step.number)
    wanted = lines_count(trial) - (lines_count(segment) - removed)
    added = _add_newcomers(step, trial, wanted)
    return Rebuilding(finish_step(step, added=added, removed=removed), trial, plan)


def _sentences(segment: Segment, plan: Plan, action: str) -> Sentences:
    return of_refreshing() if action == Action.REFRESH else of_rebuilding(plan_of(segment), plan)


def _finished(rebuilding: Rebuilding) -> SegmentStep:
    rebuilding.tried.delete()
    return rebuilding.step


def _add_newcomers(step: SegmentStep, trial: Segment, wanted: int) -> int:
    """Add the lines that `trial` has and the sheet had not; they are `wanted` many.

    A contact that comes with several lines takes as many numbers for the step: a number holds a
    contact once.
    """
    first, added = step.number, 0
    while added < wanted:
        nth = step.number - first + 1
        added += _add(step, nth_newcomers(trial.sheet(), step.segment.sheet(), nth))
        if nth == 1:
            _give_back(step)
        step.number += 1
    step.number = max(first, step.number - 1)
    return added


def _add(step: SegmentStep, lines: SegmentLineQuerySet) -> int:
    return SegmentLine.objects.insert_from(
        lines, segment=step.segment, contact=F("contact"), added_step=step.number
    )


def _give_back(step: SegmentStep) -> None:
    """Give the new lines what the last line of the same contact said itself."""
    gone = SegmentLine.objects.filter(
        segment=step.segment, removed_step__lt=step.number, added_step__lt=step.number
    ).changed()
    last: Any = gone.filter(contact=OuterRef("contact")).order_by("-removed_step", "-pk")
    new = SegmentLine.objects.filter(segment=step.segment, added_step=step.number)
    new.filter(contact__in=gone.order_by().values("contact")).update(
        **{
            field.name: Subquery(last.values(field.attname)[:1])
            for field in SegmentLine._meta.concrete_fields
            if field.name not in OF_THE_LINE
        }
    )
