"""Lines as rows of texts for files: the contact, and what holds for the line; a chunk at a time."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from contacts.exports import Number
from contacts.imports.held import load_held
from contacts.imports.resource import Column as ContactColumn
from contacts.imports.resource import ContactResource, Known
from segments_app.columns import Column, chosen, is_of_contact
from segments_app.models import SegmentLine
from segments_app.models.line import SegmentLineQuerySet
from segments_app.table import Row
from segments_app.values import Values

AT_ONCE = 1000


class FileValues(Values):
    """Values as other programs read them: numbers without separators of thousands."""

    def text(self, field: str, value: Any) -> str:
        if isinstance(value, Decimal) or field == "duration":
            return "" if value is None else Number.of(value)
        return super().text(field, value)


def export_lines(
    lines: SegmentLineQuerySet, of_contact: Sequence[str], of_line: Sequence[str], language: str
) -> Iterator[list[str]]:
    """Yield the headings, then a row for every one of `lines`, in their order.

    Constant memory and a few queries for each 1000 lines. `of_contact` are columns of contacts,
    `of_line` of the table of lines; `language` is the language of the headings and words.
    """
    resource = ContactResource()
    contact_columns: list[ContactColumn] = [resource.fields[name] for name in of_contact]
    line_columns = [column for column in chosen(of_line) if not is_of_contact(column.name)]
    with translation.override(language):
        headings = [column.label for column in contact_columns]
        # A line and its contact both have a language and so on.
        headings += [_("%(field)s (line)") % {"field": each.title} for each in line_columns]
    yield headings
    for keys in batched(lines.values_list("pk", flat=True).iterator(AT_ONCE), AT_ONCE):
        with translation.override(language):
            rows = list(_rows(keys, contact_columns, line_columns))
        yield from rows


def _rows(
    keys: Sequence[int], contact_columns: list[ContactColumn], line_columns: Sequence[Column]
) -> Iterator[list[str]]:
    lines = SegmentLine.objects.for_file().in_bulk(keys)
    contacts = [line.contact_id for line in lines.values()]
    held = load_held(contacts, {column.name for column in contact_columns if column.is_held})
    values = FileValues()
    for line in (lines[key] for key in keys if key in lines):
        known = Known(line.contact, held[line.contact_id])
        row = Row(line, 0, line_columns, values)
        of_contact = [str(column.export(known)) for column in contact_columns]
        of_line = [row.cell(column).text for column in line_columns]
        yield [_plain(text) for text in (*of_contact, *of_line)]


def _plain(text: str) -> str:
    """`text` with line breaks as cells have them; a `Number` stays one."""
    return text if isinstance(text, Number) else text.replace("\r\n", "\n")
