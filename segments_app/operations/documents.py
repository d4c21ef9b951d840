"""Edited copies of a template's documents, which hold for one segment."""

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from interactions.letters.check import check_template
from interactions.models import Document, TemplateDocument
from segments_app.models import Segment, SegmentDocument
from segments_app.sentences import of_document

from .locking import HEADER, Kind, locked, note_change


def put_document(
    segment: Segment, original: TemplateDocument, data: bytes, name: str, *, by: User | None
) -> SegmentDocument:
    """Merge the letters of this segment from `data` instead of the template's `original`.

    Lines with a letter of their own keep it. Raises `interactions.letters.check.DocumentError` when
    letters cannot be made with it; checking takes about a second.
    """
    check_template(data)
    with locked(segment, watching=HEADER):
        copy, _created = SegmentDocument.objects.update_or_create(
            segment=segment,
            template_id=original.template_id,
            language_id=original.language_id,
            defaults={
                "document": Document.objects.store(data, name=name, by=by),
                "base_id": original.document_id,
                "created_by": by,
            },
        )
        note_change(segment, Kind.HEADER, of_document(original, edited=True), by=by)
        return copy


def remove_document(segment: Segment, original: TemplateDocument, *, by: User | None) -> None:
    """Merge the template's own document again. Raises `Refused` when there is no edited copy."""
    with locked(segment, watching=HEADER):
        if not segment.documents.edited_from(original).delete()[0]:
            raise Refused(_("The edited copy is gone already."))
        note_change(segment, Kind.HEADER, of_document(original, edited=False), by=by)
