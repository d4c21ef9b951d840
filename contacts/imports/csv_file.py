"""CSV files in any of the usual encodings, with any of the usual delimiters."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from .columns import heading_key
from .layout import DELIMITERS, GUESSED, Layout
from .sheet import Sheet, Unreadable, unreadable

BLOCK = 2**20
HINT = "sep="


@dataclass
class CsvSheet(Sheet):
    """A CSV file."""

    encoding: str = "utf-8-sig"
    delimiter: str = ";"

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        self.file.seek(0)
        stream = io.TextIOWrapper(self.file, encoding=self.encoding, newline="")
        number = 0
        try:
            for number, cells in enumerate(csv.reader(stream, delimiter=self.delimiter), 1):
                if any(cell.strip() for cell in cells) and not _is_hint(number, cells):
                    yield number, cells
        except csv.Error as error:
            raise unreadable(_too_long(), number + 1) from error
        except UnicodeError as error:
            raise unreadable(_("The file is not in the encoding that was chosen.")) from error
        finally:
            stream.detach()


def _too_long() -> str:
    """The one thing that is wrong with a file for a reader that is not strict."""
    reason = _("A cell has more than %(limit)s characters. Is a closing quotation mark missing?")
    return reason % {"limit": csv.field_size_limit()}


def _is_hint(number: int, cells: list[str]) -> bool:
    """Excel reads the delimiter from a first line such as "sep=;"."""
    return number == 1 and len(cells) <= 2 and cells[0].lower().startswith(HINT)


# How files begin that are no text, and what they are.
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF-"


def csv_sheet(file: BinaryIO, layout: Layout, known: Mapping[str, str]) -> CsvSheet:
    """Find out encoding and delimiter, where `layout` does not give them. Raises `Unreadable`."""
    encoding = layout.encoding or _encoding(file)
    if layout.delimiter:
        return CsvSheet(file, encoding=encoding, delimiter=layout.delimiter)
    sheets = [CsvSheet(file, encoding=encoding, delimiter=sign) for sign in DELIMITERS]
    return max(sheets, key=lambda sheet: _likelihood(sheet, known))


def _likelihood(sheet: CsvSheet, known: Mapping[str, str]) -> tuple[int, int]:
    """How many headings are known, and how many there are."""
    try:
        sheet.read_header()
    except Unreadable:
        return 0, 0
    return sum(heading_key(cell) in known for cell in sheet.headings), len(sheet.headings)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(BLOCK), b"")


def _encoding(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(4096)
    _refuse_other(start)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.count(b"\0") > len(start) // 4:
        return "utf-16-le" if start[1::2].count(b"\0") > start[::2].count(b"\0") else "utf-16-be"
    _refuse_binary(file)
    return next(name for name in GUESSED if _decodes(file, name))


def _refuse_other(start: bytes) -> None:
    if start.startswith(OLD_WORKBOOK):
        raise unreadable(
            _(
                "This is an Excel workbook of the old kind (.xls), or one with a password. Save it"
                " in Excel as .xlsx without a password, or as CSV."
            )
        )
    if start.startswith(PDF):
        raise unreadable(_("This is a PDF, not a CSV file or an Excel workbook (.xlsx)."))
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise unreadable(
            _("This is a page of the web, not a CSV file or an Excel workbook (.xlsx).")
        )


def _refuse_binary(file: BinaryIO) -> None:
    row = 1
    for block in _blocks(file):
        if b"\0" in block:
            row += block[: block.index(b"\0")].count(b"\n")
            reason = _("The file contains a NUL byte: it is damaged, or no CSV file.")
            raise unreadable(reason, row)
        row += block.count(b"\n")


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(file):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
