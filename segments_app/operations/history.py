"""Steps: every action is recorded, can be undone and done again without loss (D5)."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from segments_app.models import Segment, SegmentLine, SegmentStep
from segments_app.sentences import Sentences, of_done_again, of_going_to, of_reset, of_undone

from .locking import Kind, locked, note_change

# From so many new lines on, the database is told of them at once.
MANY = 1000


def begin_step(
    segment: Segment,
    action: str,
    *,
    by: User | None,
    sentences: dict[str, str] | None = None,
    criteria: dict[str, Any] | None = None,
    options: dict[str, Any] | None = None,
) -> SegmentStep:
    """Open the next step of a locked segment. What lay beyond the current step is discarded."""
    discard_undone(segment)
    return SegmentStep(
        segment=segment,
        number=segment.current_step + 1,
        action=action,
        sentences=sentences or {},
        criteria=criteria or {},
        options=options or {},
        created_by=by,
    )


def finish_step(step: SegmentStep, *, added: int = 0, removed: int = 0) -> SegmentStep:
    """Store what the step did and make it the current one."""
    segment = step.segment
    before = lines_count(segment)
    step.added, step.removed = added, removed
    step.lines_after = before + added - removed
    step.save()
    _move(segment, step.number)
    note_change(segment, Kind.SHEET, step.sentences, by=step.created_by)
    if added >= MANY:
        SegmentLine.objects.all().analyze("segment")
    return step


def lines_count(segment: Segment) -> int:
    """How many lines stand on the worksheet, from the number that the current step stored."""
    step = segment.steps.filter(number=segment.current_step).first()
    return step.lines_after if step else 0


def discard_undone(segment: Segment) -> None:
    """Forget the steps that were undone, and their lines: a new action takes their place."""
    beyond = segment.steps.beyond(segment.current_step)
    if not beyond.exists():
        return
    lines = SegmentLine.objects.filter(segment=segment)
    lines.filter(added_step__gt=segment.current_step).delete()
    lines.filter(removed_step__gt=segment.current_step).update(removed_step=None)
    beyond.delete()


def go_back(segment: Segment, *, by: User | None) -> SegmentStep | None:
    """Undo the current step; its lines return exactly as they were. None if there is no step."""
    with locked(segment):
        done = segment.steps.up_to(segment.current_step)
        step = done.last()
        if step:
            before = done.up_to(step.number - 1).last()
            _go(segment, before.number if before else 0, of_undone(step.sentences), by)
        return step


def go_forward(segment: Segment, *, by: User | None) -> SegmentStep | None:
    """Do the step again that was undone last. None if nothing was undone."""
    with locked(segment):
        step = segment.steps.beyond(segment.current_step).first()
        if step:
            _go(segment, step.number, of_done_again(step.sentences), by)
        return step


def go_to(segment: Segment, number: int, *, by: User | None) -> SegmentStep | None:
    """Go back or forward to the step `number`, 0 for the empty sheet. Nothing is lost (D5).

    Returns the step, None for the empty sheet. Raises `Refused` when there is no such step.
    """
    with locked(segment):
        step = segment.steps.filter(number=number).first()
        if number and not step:
            raise Refused(_("That step is gone. Nothing was changed."))
        if number != segment.current_step:
            _go(segment, number, of_going_to(step.sentences if step else None), by)
        return step


def reset(segment: Segment, *, by: User | None) -> int:
    """Empty the segment and forget its steps; the header stays. Returns the lines removed."""
    with locked(segment):
        count = lines_count(segment)
        SegmentLine.objects.filter(segment=segment).delete()
        segment.steps.all().delete()
        _go(segment, 0, of_reset(count), by)
        return count


def _go(segment: Segment, number: int, sentences: Sentences, by: User | None) -> None:
    _move(segment, number)
    note_change(segment, Kind.SHEET, sentences, by=by)


def _move(segment: Segment, number: int) -> None:
    segment.current_step = number
    segment.save(update_fields=["current_step"])
