"""Segments that begin as a part of another: its header, its edited documents, some of its lines."""

from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from contacts.models import User
from segments_app.models import Segment, SegmentDocument, SegmentLine, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.sentences import Sentences
from segments_app.snapshot import HEADER

# What a copied line does not take along.
NOT_COPIED = {"id", "segment", "added_step", "removed_step"}


def copy_of(segment: Segment, number: str, *, by: User | None, **header: Any) -> Segment:
    """Create the segment `number` with the header and edited documents of `segment`, no lines.

    `header` are the fields that it says otherwise.
    """
    values = {name: getattr(segment, name) for name in HEADER} | header
    copy = Segment.objects.create(number=number, created_by=by, **values)
    SegmentDocument.objects.bulk_create(
        SegmentDocument(
            segment=copy,
            template_id=document.template_id,
            language_id=document.language_id,
            document_id=document.document_id,
            base_id=document.base_id,
            created_by_id=document.created_by_id,
        )
        for document in segment.documents.all()
    )
    return copy


def copy_lines(lines: SegmentLineQuerySet, copy: Segment) -> None:
    """Put `lines` on the sheet of `copy` too, with what is their own.

    A contact that stands more than once needs a step for each time: they have the numbers 1, 2 ...
    """
    fields = [f for f in SegmentLine._meta.local_concrete_fields if f.name not in NOT_COPIED]
    time = Window(RowNumber(), partition_by=[F("contact")], order_by=[F("pk").asc()])
    SegmentLine.objects.insert_from(
        lines, segment=copy, added_step=time, **{f.name: F(f.attname) for f in fields}
    )


def write_steps(copy: Segment, sentences: Sentences, *, by: User | None) -> None:
    """Record how the lines of `copy` came, as picks: a step for each number that they name."""
    counts = copy.lines.order_by("added_step").values_list("added_step").annotate(Count("pk"))
    after = 0
    for number, count in counts:
        after += count
        SegmentStep.objects.create(
            segment=copy,
            number=number,
            action=SegmentStep.Action.ADD_BY_HAND,
            sentences=sentences,
            added=count,
            lines_after=after,
            created_by=by,
        )
        copy.current_step = number
    copy.save(update_fields=["current_step"])
