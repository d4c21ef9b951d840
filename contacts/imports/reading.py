"""From the bytes of a CSV file to rows of texts by column."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .columns import NAMES, WHO, heading_key, nearest
from .result import Refusal

ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (";", ",", "\t")
BLOCK = 2**20


class Unreadable(Exception):  # noqa: N818  A refusal is no error.
    """The file as a whole cannot be read; `refusals` says where and why."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(str(refusals[0]))
        self.refusals = list(refusals)


@dataclass
class Sheet:
    """A CSV file that can be read from the top as often as needed, a row at a time."""

    file: BinaryIO
    encoding: str
    delimiter: str = ";"
    # The heading of each column as it stands in the file, and the name by which we know it.
    headings: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of each row that is not blank, the header as row 1."""
        self.file.seek(0)
        stream = io.TextIOWrapper(self.file, encoding=self.encoding, newline="")
        number = 0
        try:
            for number, cells in enumerate(csv.reader(stream, delimiter=self.delimiter), 1):
                if any(cell.strip() for cell in cells):
                    yield number, cells
        except csv.Error as error:
            raise Unreadable(Refusal(number + 1, "", str(error))) from error
        finally:
            stream.detach()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of each row below the header."""
        lines = self.lines()
        next(lines)
        return lines

    def heading(self, name: str) -> str:
        """Return what the file calls the column `name`."""
        return self.headings[self.names.index(name)] if name in self.names else name


def open_sheet(
    file: BinaryIO, *, names: Mapping[str, str] = NAMES, who: Sequence[str] = WHO
) -> Sheet:
    """Find out encoding, delimiter and columns of `file`, which must be seekable.

    `names` are the columns by `heading_key`; one of the columns `who` must be there.
    Raises `Unreadable` for a file that is empty, too large, binary, in an unknown encoding, or
    whose header has unknown, doubled or missing columns.
    """
    _refuse_size(file)
    encoding = _encoding(file)
    sheets = [Sheet(file, encoding, delimiter) for delimiter in DELIMITERS]
    headers = [next(sheet.lines(), (1, []))[1] for sheet in sheets]
    known = [sum(heading_key(cell) in names for cell in header) for header in headers]
    most = max(zip(known, map(len, headers), range(len(sheets)), strict=True))[2]
    sheet = sheets[most]
    sheet.headings = [heading.strip() for heading in headers[most]]
    sheet.names = [names.get(heading_key(heading), "") for heading in sheet.headings]
    _refuse_header(sheet, names, who)
    return sheet


def _refuse_size(file: BinaryIO) -> None:
    size = file.seek(0, io.SEEK_END)
    if not size:
        raise Unreadable(Refusal(1, "", _("The file is empty.")))
    if size > settings.MAX_IMPORT_SIZE:
        reason = _("The file is larger than %(limit)s. Divide it into several files.")
        limit = filesizeformat(settings.MAX_IMPORT_SIZE)
        raise Unreadable(Refusal(1, "", reason % {"limit": limit}))


def _encoding(file: BinaryIO) -> str:
    _refuse_binary(file)
    encoding = next((name for name in ENCODINGS if _decodes(file, name)), None)
    if encoding is None:
        reason = _("The encoding is neither UTF-8 nor Windows-1252. Save the file as CSV UTF-8.")
        raise Unreadable(Refusal(1, "", reason))
    return encoding


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(BLOCK), b"")


def _refuse_binary(file: BinaryIO) -> None:
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        reason = _("The encoding is UTF-16. Save the file as CSV UTF-8.")
        raise Unreadable(Refusal(1, "", reason))
    if start.startswith(b"PK"):
        reason = _("This is an Excel workbook or a zip file. Save it as CSV UTF-8.")
        raise Unreadable(Refusal(1, "", reason))
    row = 1
    for block in _blocks(file):
        if b"\0" in block:
            row += block[: block.index(b"\0")].count(b"\n")
            reason = _("The file contains a NUL byte: it is damaged, or no CSV file.")
            raise Unreadable(Refusal(row, "", reason))
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


def _refuse_header(sheet: Sheet, names: Mapping[str, str], who: Sequence[str]) -> None:
    refusals = [
        Refusal(1, heading, _unknown(heading, names))
        for heading, name in zip(sheet.headings, sheet.names, strict=True)
        if not name
    ]
    refusals += [
        Refusal(1, heading, _("The column stands in the header twice."))
        for i, heading in enumerate(sheet.headings)
        if sheet.names[i] and sheet.names[i] in sheet.names[:i]
    ]
    if not refusals and not set(sheet.names) & set(who):
        reason = _("No column says whom a row is about. One of these is needed: %(columns)s.")
        refusals.append(Refusal(1, "", reason % {"columns": ", ".join(who)}))
    if refusals:
        raise Unreadable(*refusals)


def _unknown(heading: str, names: Mapping[str, str]) -> str:
    if not heading:
        return _("A column has no name.")
    if near := nearest(heading, names):
        return _("The column is not known. Did you mean “%(near)s”?") % {"near": near}
    return _("The column is not known.")
