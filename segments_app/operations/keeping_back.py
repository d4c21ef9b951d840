"""Keep lines back from logging: they move to a new segment with the same header (D12)."""

from django.db.models import Count
from django.utils.translation import gettext as _

from contacts.models import User
from segments_app.models import Segment, SegmentLine
from segments_app.models.line import SegmentLineQuerySet
from segments_app.sentences import in_every_language

from .copying import copy_of, write_steps


def keep_back(
    segment: Segment, lines: SegmentLineQuerySet, *, number: str, by: User | None
) -> Segment:
    """Move `lines` of a locked segment to the new segment `number`, with what is their own.

    Everything undone in between is forgotten. The copy has the header, the edited documents, and
    one step; more only where a contact stands on the sheet more than once.
    """
    kept = copy_of(segment, number, by=by)
    SegmentLine.objects.filter(pk__in=lines.order_by().values("pk")).update(
        segment=kept, removed_step=None
    )
    _number_steps(kept)
    sentences = in_every_language(
        lambda: _("Kept back when %(number)s was logged") % {"number": segment.number}
    )
    write_steps(kept, sentences, by=by)
    return kept


def _number_steps(kept: Segment) -> None:
    """Let the lines begin at step 1; a contact that stands twice needs a step for each time."""
    lines = kept.lines.order_by()
    twice = lines.values("contact").annotate(times=Count("pk")).filter(times__gt=1)
    if not twice.exists():
        lines.update(added_step=1)
        return
    numbers = sorted(lines.values_list("added_step", flat=True).distinct())
    for new, old in enumerate(numbers, start=1):
        lines.filter(added_step=old).update(added_step=new)
