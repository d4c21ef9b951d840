"""Excel workbooks (.xlsx), read row by row with openpyxl, within limits."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .cells import cell_text, escaped
from .csv_file import CsvSheet
from .layout import Layout
from .sheet import MOST_COLUMNS, Sheet, unreadable

MOST_MEMBERS = 2000
MOST_ROWS = 1_048_576
# openpyxl keeps all different texts of a workbook in memory.
MOST_SHARED = 100 * 2**20
# Rows of a real sheet are packed to a tenth or a fiftieth.
MOST_PACKED = 200
SMALL = 20 * 2**20
DAMAGED = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    ParseError,
)


def is_zip(file: BinaryIO) -> bool:
    """Whether the file is a zip, as every workbook is."""
    file.seek(0)
    return file.read(4) == b"PK\x03\x04"


@dataclass
class WorkbookSheet(Sheet):
    """One sheet of a workbook. Formulas are read as the values they had when it was saved."""

    title: str = ""
    titles: tuple[str, ...] = ()
    worksheet: Any = None

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self.all_lines():
            if any(cells):
                yield number, cells

    def all_lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of every row, blank ones too."""
        width = len(self.headings) + 1 if self.headings else MOST_COLUMNS + 1
        try:
            for number, row in enumerate(self.worksheet.iter_rows(max_col=width), 1):
                if number > MOST_ROWS:
                    break
                yield number, [_text(cell).strip() for cell in row]
        except DAMAGED as error:
            raise _damaged() from error

    def unfolded(self, into: Any) -> CsvSheet:
        """Write all rows as UTF-8 CSV into a binary file, and return that as a sheet.

        It is much faster to read, and every import reads it twice.
        """
        stream = io.TextIOWrapper(into, encoding="utf-8-sig", newline="")
        writer = csv.writer(stream, delimiter=";")
        for _number, cells in self.all_lines():
            writer.writerow([escaped(cell) for cell in cells] if any(cells) else [])
        stream.flush()
        stream.detach()
        return CsvSheet(into, list(self.headings), list(self.names))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    return cell_text(value, cell.number_format)


def workbook_sheet(file: BinaryIO, layout: Layout) -> WorkbookSheet:
    """Open the sheet that `layout` names, else the first. Raises `Unreadable`."""
    _refuse_bomb(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except DAMAGED as error:
        raise _damaged() from error
    titles = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
    if not titles:
        raise unreadable(_("The workbook has no sheet with cells."))
    title = layout.sheet or titles[0]
    if title not in titles:
        names = {"sheet": title, "sheets": ", ".join(titles)}
        raise unreadable(_("There is no sheet “%(sheet)s”, but: %(sheets)s.") % names)
    worksheet = book[title]
    worksheet.reset_dimensions()
    return WorkbookSheet(file, title=title, titles=titles, worksheet=worksheet)


def _damaged() -> Exception:
    return unreadable(_("This is no Excel workbook (.xlsx), or it is damaged or has a password."))


def _refuse_bomb(file: BinaryIO) -> None:
    """Refuse a workbook that unpacks to more than we are ready to read, or declares entities."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_large(members)
            if any(_declares(archive, member) for member in members):
                raise unreadable(_("The workbook holds declarations that no workbook needs."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise _damaged() from error


def _refuse_large(members: list[zipfile.ZipInfo]) -> None:
    size = sum(member.file_size for member in members)
    shared = sum(member.file_size for member in members if "sharedStrings" in member.filename)
    limit = settings.MAX_IMPORT_UNPACKED
    if size > limit or shared > MOST_SHARED or len(members) > MOST_MEMBERS:
        reason = _("The workbook is larger than %(limit)s when it is unpacked. Save it as CSV.")
        raise unreadable(reason % {"limit": filesizeformat(limit)})
    packed = sum(member.compress_size for member in members)
    if size > max(SMALL, MOST_PACKED * packed):
        raise unreadable(_("The workbook unpacks to much more than it can hold. Save it as CSV."))


def _declares(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if not member.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(member) as part:
        return b"<!DOCTYPE" in part.read(1024)
