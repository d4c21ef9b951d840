"""Keep lines back from logging: they move to a new segment with the same header (D12)."""

from django.db.models import Count
from django.utils.translation import gettext as _

from contacts.models import User
from segments_app.models import Segment, SegmentDocument, SegmentLine, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.sentences import in_every_language
from segments_app.snapshot import HEADER


def keep_back(
    segment: Segment, lines: SegmentLineQuerySet, *, number: str, by: User | None
) -> Segment:
    """Move `lines` of a locked segment to the new segment `number`, with what is their own.

    Everything undone in between is forgotten. The copy has the header, the edited documents, and
    one step; more only where a contact stands on the sheet more than once.
    """
    kept = _copy(segment, number, by)
    SegmentLine.objects.filter(pk__in=lines.order_by().values("pk")).update(
        segment=kept, removed_step=None
    )
    _number_steps(kept)
    _write_steps(kept, segment, by)
    return kept


def _copy(segment: Segment, number: str, by: User | None) -> Segment:
    header = {name: getattr(segment, name) for name in HEADER}
    kept = Segment.objects.create(number=number, created_by=by, **header)
    SegmentDocument.objects.bulk_create(
        SegmentDocument(
            segment=kept,
            template_id=copy.template_id,
            language_id=copy.language_id,
            document_id=copy.document_id,
            base_id=copy.base_id,
            created_by_id=copy.created_by_id,
        )
        for copy in segment.documents.all()
    )
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


def _write_steps(kept: Segment, segment: Segment, by: User | None) -> None:
    sentences = in_every_language(
        lambda: _("Kept back when %(number)s was logged") % {"number": segment.number}
    )
    counts = kept.lines.order_by("added_step").values_list("added_step").annotate(Count("pk"))
    after = 0
    for number, count in counts:
        after += count
        SegmentStep.objects.create(
            segment=kept,
            number=number,
            action=SegmentStep.Action.ADD_BY_HAND,
            sentences=sentences,
            added=count,
            lines_after=after,
            created_by=by,
        )
        kept.current_step = number
    kept.save(update_fields=["current_step"])
