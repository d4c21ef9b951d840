"""Single lines: what is different for one contact, and the letter of its own."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from interactions.letters.check import check_letter
from interactions.letters.unfilled import unfilled_fields
from interactions.models import Document
from segments_app.models import OVERRIDES, SegmentLine
from segments_app.models.own_letter import UNFILLED, letter_base, unfilled
from segments_app.sentences import labels, of_lines

from .locking import LINES, Kind, locked, note_change


def change_line(line: SegmentLine, *, by: User | None, **values: Any) -> SegmentLine:
    """Set overrides of one line. None means: as the header says (D8).

    Raises `Refused` when the line is gone.
    """
    with locked(line.segment, watching=LINES, line=line.pk):
        if not line.segment.lines.filter(pk=line.pk).exists():
            raise Refused(_("The line is gone. Nothing was changed."))
        # A change of many lines that is undone leaves this line as it is from now on.
        values["last_edit"] = None
        for field, value in values.items():
            setattr(line, field, value)
        line.save(update_fields=list(values))
        changed = of_lines(labels(SegmentLine, values), 1)
        note_change(line.segment, Kind.LINES, changed, by=by, line=line.pk)
        return line


def inherit_line(
    line: SegmentLine, fields: tuple[str, ...] = OVERRIDES, *, by: User | None
) -> SegmentLine:
    """Put fields of a line back to what the header says."""
    unknown = set(fields) - set(OVERRIDES)
    if unknown:
        raise Refused(_("A line does not inherit %(fields)s.") % {"fields": ", ".join(unknown)})
    return change_line(line, by=by, **dict.fromkeys(fields))


def put_letter(line: SegmentLine, data: bytes, name: str, *, by: User | None) -> Document:
    """Keep a finished Word letter as the line's own; it is sent as it is.

    Fields in it that nobody filled are kept too, and told (`own_letter.unfilled`).
    Raises `interactions.letters.check.DocumentError` when the file is not a safe Word document.
    """
    check_letter(data)
    document = Document.objects.store(data, name=name, by=by)
    change_line(line, by=by, document=document, letter_base=_base(line, unfilled_fields(data)))
    return document


def keep_letter(line: SegmentLine, *, by: User | None) -> SegmentLine:
    """Say that the line's own letter is right still, whatever has changed since."""
    return change_line(line, by=by, letter_base=_base(line, unfilled(line)))


def remove_letter(line: SegmentLine, *, by: User | None) -> SegmentLine:
    """Forget the line's own letter; the template is merged again. The file itself is kept."""
    return change_line(line, by=by, document=None, letter_base=None)


def _base(line: SegmentLine, fields: list[str]) -> dict[str, str]:
    base = letter_base(SegmentLine.objects.filter(pk=line.pk))
    return base | {UNFILLED: "\n".join(fields)} if fields else base
