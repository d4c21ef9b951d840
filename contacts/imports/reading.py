"""From the bytes of a file to a sheet whose columns are known."""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .columns import heading_key, nearest
from .csv_file import csv_sheet
from .layout import Layout
from .result import Refusal
from .sheet import MOST_COLUMNS, Sheet, Unreadable, unreadable
from .workbook import WorkbookSheet, is_zip, workbook_sheet

__all__ = ["Sheet", "Unreadable", "look", "open_sheet", "unfold"]


def look(file: BinaryIO, names: Mapping[str, str], layout: Layout | None = None) -> Sheet:
    """Find out how to read `file`, which must be seekable, and what its columns are.

    `names` are the columns by `heading_key`; a heading that is not among them gets "".
    Raises `Unreadable` for a file that is empty, too large or wide, binary or damaged.
    """
    layout = layout or Layout()
    _refuse_size(file)
    sheet = workbook_sheet(file, layout) if is_zip(file) else csv_sheet(file, layout, names)
    sheet.read_header()
    _refuse_wide(sheet)
    found = [names.get(heading_key(heading), "") for heading in sheet.headings]
    if layout.columns is not None and len(layout.columns) == len(found):
        found = list(layout.columns)
    sheet.names = found
    return sheet


def unfold(sheet: Sheet, into: BinaryIO | None = None) -> Sheet:
    """Return the sheet as one that is read fast: a workbook as CSV, in a file of its own."""
    if not isinstance(sheet, WorkbookSheet):
        return sheet
    return sheet.unfolded(into or cast(BinaryIO, TemporaryFile()))


def open_sheet(
    file: BinaryIO,
    *,
    names: Mapping[str, str],
    who: Sequence[str],
    layout: Layout | None = None,
) -> Sheet:
    """Look at `file` as `look` does, and insist that all columns are known.

    One of the columns `who` must be there, and rows. Raises `Unreadable` also for a header with
    unknown, doubled or missing columns.
    """
    sheet = look(file, names, layout)
    if layout is None or layout.columns is None:
        refuse_unknown(sheet, names)
    refuse_doubled(sheet)
    refuse_nobody(sheet, who)
    refuse_no_rows(sheet)
    return unfold(sheet)


def _refuse_size(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    if not size:
        raise unreadable(_("The file is empty."))
    if size > settings.MAX_IMPORT_SIZE:
        reason = _("The file is larger than %(limit)s. Divide it into several files.")
        raise unreadable(reason % {"limit": filesizeformat(settings.MAX_IMPORT_SIZE)})


def _refuse_wide(sheet: Sheet) -> None:
    if len(sheet.headings) > MOST_COLUMNS:
        reason = _("The header has more than %(most)s columns.")
        raise unreadable(reason % {"most": MOST_COLUMNS})


def refuse_no_rows(sheet: Sheet) -> None:
    """Raises `Unreadable` for a sheet with a header only."""
    if next(sheet.rows(), None) is None:
        raise unreadable(_("The file has a header and no rows below it: nobody is to be imported."))


def refuse_unknown(sheet: Sheet, names: Mapping[str, str]) -> None:
    """Raises `Unreadable` for headings that are not among `names`."""
    refusals = [
        Refusal(1, heading, _unknown(heading, names))
        for heading in sheet.headings
        if heading_key(heading) not in names
    ]
    if refusals:
        raise Unreadable(*refusals)


def refuse_doubled(sheet: Sheet) -> None:
    """Raises `Unreadable` if two columns are the same."""
    refusals = [
        Refusal(1, heading, _("The column stands in the header twice."))
        for i, (heading, name) in enumerate(zip(sheet.headings, sheet.names, strict=True))
        if name and name in sheet.names[:i]
    ]
    if refusals:
        raise Unreadable(*refusals)


def refuse_nobody(sheet: Sheet, who: Sequence[str]) -> None:
    """Raises `Unreadable` if no column says whom a row is about."""
    if not set(sheet.names) & set(who):
        reason = _("No column says whom a row is about. One of these is needed: %(columns)s.")
        raise unreadable(reason % {"columns": ", ".join(who)})


def _unknown(heading: str, names: Mapping[str, str]) -> str:
    if not heading:
        return _("A column has no name.")
    if near := nearest(heading, names):
        return _("The column is not known. Did you mean “%(near)s”?") % {"near": near}
    return _("The column is not known.")
