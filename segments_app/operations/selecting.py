"""Add, reduce and refine by criteria."""

from django.db.models import F

from contacts.models import User
from contacts.models.contact import ContactQuerySet
from segments_app.criteria import Criteria
from segments_app.models import Segment, SegmentLine, SegmentStep
from segments_app.selection import (
    ADDED,
    AddOptions,
    Preview,
    RemoveOptions,
    candidates,
    to_reduce,
    to_refine,
    with_status,
)
from segments_app.sentences import of_criteria

from .history import begin_step, finish_step
from .locking import locked

Action = SegmentStep.Action
ADD = AddOptions()
REMOVE = RemoveOptions()


def add_contacts(
    segment: Segment, criteria: Criteria, *, by: User | None, options: AddOptions = ADD
) -> SegmentStep:
    """Add every contact that matches and may be selected (R31-R38, D1)."""
    with locked(segment):
        step = _begin(segment, Action.ADD, criteria, options, by)
        return add_lines(step, criteria.contacts(), options)


def _begin(
    segment: Segment,
    action: Action,
    criteria: Criteria,
    options: AddOptions | RemoveOptions,
    by: User | None,
) -> SegmentStep:
    return begin_step(
        segment,
        action,
        by=by,
        sentences=of_criteria(action, criteria),
        criteria=criteria.parameters,
        options=options.chosen(),
    )


def add_lines(step: SegmentStep, contacts: ContactQuerySet, options: AddOptions) -> SegmentStep:
    """Put those of `contacts` on the sheet that may be there, as `step` of a locked segment."""
    segment = step.segment
    found = with_status(candidates(contacts, options), segment, options)
    done = Preview(
        SegmentLine.objects.insert_some(
            found.sorted_by_company(),
            "r_status",
            ADDED,
            segment=segment,
            contact=F("pk"),
            added_step=step.number,
        )
    )
    step.skipped = done.skipped
    return finish_step(step, added=done.added)


def reduce_contacts(
    segment: Segment, criteria: Criteria, *, by: User | None, options: RemoveOptions = REMOVE
) -> SegmentStep:
    """Take out every line whose contact matches (R39-R43)."""
    with locked(segment):
        step = _begin(segment, Action.REDUCE, criteria, options, by)
        lines = to_reduce(criteria.contacts(), segment, options)
        return finish_step(step, removed=lines.update(removed_step=step.number))


def refine_contacts(
    segment: Segment, criteria: Criteria, *, by: User | None, options: RemoveOptions = REMOVE
) -> SegmentStep:
    """Keep only the lines whose contact matches (R39-R43)."""
    with locked(segment):
        step = _begin(segment, Action.REFINE, criteria, options, by)
        lines = to_refine(criteria.contacts(), segment, options)
        return finish_step(step, removed=lines.update(removed_step=step.number))
