"""Labels: a Word document with an address in each field of the sheet."""

import zipfile
from collections.abc import Iterable, Iterator
from itertools import batched, chain
from typing import BinaryIO

from django.utils.html import escape

from .sheets import Sheet
from .wordml import CONTENT_TYPES, NAMESPACE, PACKAGE_RELATIONS, RELATIONS, TYPE_OF_PART

TWIPS = 1440 / 25.4
# Inside a label, from its edges; and from the edge of the paper, where printers do not print.
SIDE = 5.0
FROM_PAPER_EDGE = 8.0
LINE_HEIGHT = 1.2
POINT = 25.4 / 72
LARGEST, SMALLEST = 11, 7
# Of Arial, on an average, in parts of its size.
WIDTH_OF_A_LETTER = 0.5
TYPES_XML = (
    f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE_OF_PART}.document.main+xml"/>'
    "</Types>"
)
RELATIONS_XML = (
    f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
NOTHING_AROUND = 'w:before="0" w:after="0" w:line="%d" w:lineRule="exact"'


def write_labels(addresses: Iterable[str], sheet: Sheet, stream: BinaryIO, first: int = 1) -> None:
    """Write a Word document with one label for each address, of one or several lines.

    `first` is the place of the first label on the first sheet, counted along the rows from 1:
    those before it were used already. Constant memory.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES_XML)
        archive.writestr("_rels/.rels", RELATIONS_XML)
        with archive.open("word/document.xml", "w") as part:
            for piece in _document(chain([""] * (first - 1), addresses), sheet):
                part.write(piece.encode())


def _document(addresses: Iterable[str], sheet: Sheet) -> Iterator[str]:
    yield f'<w:document xmlns:w="{NAMESPACE}"><w:body>{_table(sheet)}'
    for row in batched(addresses, sheet.columns):
        yield _row([*row, *[""] * (sheet.columns - len(row))], sheet)
    tiny = f'<w:spacing {NOTHING_AROUND % 20}/><w:rPr><w:sz w:val="2"/></w:rPr>'
    yield f"</w:tbl><w:p><w:pPr>{tiny}</w:pPr></w:p>{_page(sheet)}</w:body></w:document>"


def _page(sheet: Sheet) -> str:
    """The rows fill the page, so that the table goes on on the next one by itself."""
    width, height = sheet.paper
    spare = height - sheet.top - sheet.rows * sheet.step_down
    margins = f'w:top="{_twips(sheet.top)}" w:left="{_twips(sheet.left)}" w:right="0"'
    return (
        f'<w:sectPr><w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"/><w:pgMar {margins} '
        f'w:bottom="{max(_twips(spare) - 30, 0)}" w:header="0" w:footer="0" w:gutter="0"/>'
        "</w:sectPr>"
    )


def _table(sheet: Sheet) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _widths(sheet))
    none = "".join(
        f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_widths(sheet))}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{none}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


def _widths(sheet: Sheet) -> list[int]:
    """Of labels and, where there are gaps, of what lies between two."""
    label, gap = _twips(sheet.width), _twips(sheet.step_across) - _twips(sheet.width)
    pair = [label, gap] if gap > 0 else [label]
    return (pair * sheet.columns)[: len(pair) * sheet.columns - (gap > 0)]


def _row(addresses: list[str], sheet: Sheet) -> str:
    widths = _widths(sheet)
    step = 2 if len(widths) > sheet.columns else 1
    cells = ""
    for index, width in enumerate(widths):
        text = "" if index % step else addresses[index // step]
        cells += _cell(text, width, sheet, at_edge=index == 0)
    height = f'<w:trHeight w:val="{_twips(sheet.step_down)}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>"


def _cell(address: str, width: int, sheet: Sheet, *, at_edge: bool) -> str:
    side = max(SIDE, FROM_PAPER_EDGE - sheet.left) if at_edge else SIDE
    lines = address.splitlines()
    size = _size(lines, sheet.width - side - 2, sheet.height)
    margin = f'<w:tcMar><w:left w:w="{_twips(side)}" w:type="dxa"/></w:tcMar>'
    paragraphs = "".join(_line(line, size) for line in lines) or _line("", SMALLEST)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{margin}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraphs}</w:tc>"
    )


def _size(lines: list[str], width: float, height: float) -> float:
    """The largest size of type, in points, with which the address fits into the label."""
    longest = max((len(line) for line in lines), default=1) or 1
    by_width = width / POINT / (WIDTH_OF_A_LETTER * longest)
    by_height = (height - 3) / POINT / LINE_HEIGHT / (len(lines) or 1)
    return max(SMALLEST, min(LARGEST, by_width, by_height))


def _line(text: str, size: float) -> str:
    half_points = int(size * 2)
    spacing = NOTHING_AROUND % round(half_points / 2 * LINE_HEIGHT * 20)
    font = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    return (
        f"<w:p><w:pPr><w:spacing {spacing}/></w:pPr><w:r><w:rPr>{font}"
        f'<w:sz w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t>'
        "</w:r></w:p>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)
