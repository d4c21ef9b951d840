"""Saved criteria: steps under a name, to be done again in any segment (R107-R114, D6)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from segments_app.errors import CriteriaOutdated
from segments_app.models import SavedCriteria, SavedStep, Segment, SegmentStep
from segments_app.plan import Plan, PlannedStep, plan_of

from .locking import locked
from .replaying import replay


def save_criteria(
    segment: Segment, code: str, description: str = "", *, by: User | None, shared: bool = True
) -> SavedCriteria:
    """Save the steps in effect, without the contacts and picks by hand (D6).

    Those that are not `shared` are seen by `by` and administrators only.
    """
    with locked(segment):
        steps = criteria_of(plan_of(segment))
        if not steps:
            raise Refused(_("There are no criteria to save: add contacts by criteria first."))
        return create_criteria(code, description, by=by, shared=shared, steps=steps)


def criteria_of(plan: Plan) -> list[PlannedStep]:
    """The steps of a plan that saved criteria can hold."""
    return [step for step in plan if step.action not in SegmentStep.PICKS]


def create_criteria(
    code: str,
    description: str = "",
    *,
    by: User | None,
    shared: bool = True,
    steps: Plan = (),
) -> SavedCriteria:
    """Save steps under a code. Raises `Refused` when it is used already."""
    with transaction.atomic():
        if SavedCriteria.objects.filter(code=code).exists():
            raise Refused(_("The code %(code)s is used already.") % {"code": code})
        saved = SavedCriteria.objects.create(
            code=code, description=description, shared=shared, created_by=by
        )
        _write_steps(saved, steps)
        return saved


def change_criteria(
    saved: SavedCriteria, *, by: User | None, seen: int | None = None, **values: Any
) -> SavedCriteria:
    """Change code, description, or whether they are shared.

    `seen` is the version that the person saw: raises `CriteriaOutdated` when it is another now.
    """
    with _changing(saved, by, seen):
        for name, value in values.items():
            setattr(saved, name, value)
        return saved


def change_criteria_steps(
    saved: SavedCriteria, steps: Plan, *, by: User | None, seen: int | None = None
) -> SavedCriteria:
    """Put other steps in place of those that are saved. Segments built with them stay as they are.

    Raises `CriteriaOutdated` as `change_criteria` does.
    """
    with _changing(saved, by, seen):
        saved.steps.all().delete()
        _write_steps(saved, steps)
        return saved


def steps_of(saved: SavedCriteria) -> list[PlannedStep]:
    """The steps of saved criteria as a plan."""
    return [
        PlannedStep(step.action, step.criteria, step.options, step.sentences)
        for step in saved.steps.all()
    ]


def reuse_criteria(segment: Segment, saved: SavedCriteria, *, by: User | None) -> list[SegmentStep]:
    """Do the steps of saved criteria again, on today's data, after the steps there are (R110)."""
    with locked(segment):
        steps = [replay(segment, step, by=by) for step in saved.steps.all()]
        numbers = [step.number for step in steps]
        segment.steps.filter(number__in=numbers).update(saved_criteria=saved)
        return steps


@contextmanager
def tried_reuse(
    segment: Segment, saved: SavedCriteria
) -> Iterator[tuple[Segment, list[SegmentStep]]]:
    """What reusing would do: inside it is done in the segment given, afterwards it never was."""
    with transaction.atomic():
        copy = Segment.objects.get(pk=segment.pk)
        yield copy, reuse_criteria(copy, saved, by=None)
        transaction.set_rollback(True)


@contextmanager
def _changing(saved: SavedCriteria, by: User | None, seen: int | None) -> Iterator[None]:
    with transaction.atomic():
        locked_ones = SavedCriteria.objects.select_for_update(of=("self",))
        try:
            saved.refresh_from_db(from_queryset=locked_ones)
        except SavedCriteria.DoesNotExist:
            gone = _("The saved criteria %(code)s are gone.") % {"code": saved.code}
            raise Refused(gone) from None
        if seen is not None and seen != saved.version:
            raise CriteriaOutdated(saved.code, saved.changed_by, saved.changed_at)
        yield
        saved.version += 1
        saved.changed_at, saved.changed_by = timezone.now(), by
        saved.save()


def _write_steps(saved: SavedCriteria, steps: Iterable[PlannedStep]) -> None:
    SavedStep.objects.bulk_create(
        SavedStep(
            saved_criteria=saved,
            number=number,
            action=step.action,
            criteria=step.criteria,
            sentences=step.sentences,
            options=step.options,
        )
        for number, step in enumerate(steps, start=1)
    )
