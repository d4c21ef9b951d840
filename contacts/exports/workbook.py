"""Excel workbooks that are written while they are read: the first bytes go out at once.

A workbook is a zip of XML. A cell is text, which Excel neither runs nor changes, or a `Number`,
which it can add up.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import RawIOBase
from typing import Any, Self
from xml.sax.saxutils import escape

from django.utils.formats import get_format

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
CONTENT_TYPE = f"{TYPE}.sheet"
MOST_ROWS = 1_048_576
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/relationships/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}/relationships"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    # Style 1 is text (format 49), style 2 the same in bold for the headings, 3 and 4 are numbers.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{NAMESPACE}"><fonts count="2">'
        '<font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="5"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>'
        '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>'
        '<xf numFmtId="1" applyNumberFormat="1"/><xf numFmtId="2" applyNumberFormat="1"/>'
        "</cellXfs></styleSheet>"
    ),
}
BEFORE = (
    f'{XML}<worksheet xmlns="{NAMESPACE}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="500" width="18"'
    ' style="1"/></cols><sheetData>'
)
AFTER = "</sheetData></worksheet>"
AT_ONCE = 2**16
# What XML cannot hold.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Number(str):
    """A number as text with the decimal sign of the language; a workbook holds it as a number."""

    value: Decimal | int

    @classmethod
    def of(cls, value: Decimal | int) -> Self:
        """Return `value` without separators of thousands; a `Decimal` with two decimals."""
        written = f"{value:.2f}" if isinstance(value, Decimal) else str(value)
        number = cls(written.replace(".", get_format("DECIMAL_SEPARATOR")))
        number.value = value
        return number


class _Outbox(RawIOBase):
    """A file that cannot be read or wound back: what was written waits to be taken."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data


def stream_workbook(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a workbook with one sheet; the first of `rows` are the headings. Constant memory."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, XML + text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for text in _sheet(rows):
                part.write(text.encode())
                if data := outbox.take():
                    yield data
    yield outbox.take()


def write_workbook(file: Any, rows: Iterable[Sequence[str]]) -> None:
    """Write the same into a file that is open for writing bytes."""
    for data in stream_workbook(rows):
        file.write(data)


def _sheet(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    waiting, size = [BEFORE], 0
    for number, row in enumerate(rows):
        style = 1 if number else 2
        text = f"<row>{''.join([_cell(cell, style) for cell in row])}</row>"
        waiting.append(text)
        size += len(text)
        if size > AT_ONCE:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join([*waiting, AFTER])


def _cell(text: str, style: int) -> str:
    if not text:
        return "<c/>"
    if isinstance(text, Number):
        return f'<c s="{4 if isinstance(text.value, Decimal) else 3}"><v>{text.value}</v></c>'
    text = ILLEGAL.sub("", text)
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
