"""The sheet of paper: sizes, colours and the few things python-docx has no word for."""

from typing import Any, cast

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

# On every machine, or replaced by a font of the same widths (Liberation Sans).
FONT = "Arial"
INK = RGBColor(0x1B, 0x26, 0x2C)
QUIET = RGBColor(0x6B, 0x7A, 0x82)
NIGHT = "0F2A38"
RULE = "C9D2D6"
AMBER = "F5B84C"
TEXT_WIDTH = Mm(165)


def prepare(document: Document, locale: str) -> None:
    """Set page, margins, the font of the whole document and its language."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(30), Mm(27)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
    section.different_first_page_header_footer = True
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(10), INK
    _set_fonts(style.element.get_or_add_rPr(), locale)
    style.paragraph_format.space_after = Pt(8)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(14)
    style.paragraph_format.widow_control = True


def _set_fonts(properties: Any, locale: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = _element("w:lang", val=locale)
    properties.append(language)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    color: RGBColor | None = None,
) -> Paragraph:
    """Add `text` to a paragraph; return the paragraph."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None
    if color is not None:
        run.font.color.rgb = color
    return paragraph


def spacing(
    paragraph: Paragraph, *, before: float = 0, after: float = 0, line: float | None = None
) -> Paragraph:
    """Set the space around a paragraph, and the height of its lines, in points."""
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    if line:
        paragraph.paragraph_format.line_spacing = Pt(line)
    return paragraph


def plain_table(parent: Any, rows: int, widths: list[Mm]) -> Table:
    """Add a table without lines and without padding, with columns of fixed widths."""
    table = _add_table(parent, rows, widths)
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(_margins())
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def _add_table(parent: Any, rows: int, widths: list[Mm]) -> Table:
    """A head or a foot wants to know how wide its tables are; a document does not."""
    if hasattr(parent, "core_properties"):
        return cast("Table", parent.add_table(rows, len(widths)))
    total = Mm(sum(width.mm for width in widths))
    return cast("Table", parent.add_table(rows, len(widths), total))


def _margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="0", type="dxa"))
    return margins


def underline_cell(cell: _Cell, color: str, eighths: int) -> None:
    """Draw a line under a cell; `eighths` of a point thick."""
    borders = OxmlElement("w:tcBorders")
    borders.append(_element("w:bottom", val="single", sz=str(eighths), space="0", color=color))
    cell._tc.get_or_add_tcPr().append(borders)


def pad_cells(table: Table, *, top: int, bottom: int, right: int) -> None:
    """Set the padding of all cells of a table, in twentieths of a point."""
    margins = table._tbl.tblPr.find(qn("w:tblCellMar"))
    for child in list(margins):
        margins.remove(child)
    for side, width in (("top", top), ("left", 0), ("bottom", bottom), ("right", right)):
        margins.append(_element(f"w:{side}", w=str(width), type="dxa"))


def bar_beside(paragraph: Paragraph, color: str) -> None:
    """Draw an upright bar to the left of a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:left", val="single", sz="24", space="10", color=color))
    _insert_property(paragraph, borders)


def line_above(paragraph: Paragraph, color: str) -> None:
    """Draw a thin line above a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", val="single", sz="4", space="6", color=color))
    _insert_property(paragraph, borders)


def _insert_property(paragraph: Paragraph, element: Any) -> None:
    """Word wants the properties of a paragraph in one order: borders before spacing."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        element, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def page_number(paragraph: Paragraph, *, color: RGBColor) -> None:
    """Add the number of the page, as a field that Word fills in."""
    for kind in ("begin", "PAGE", "separate", "1", "end"):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(8), color
        if kind == "PAGE":
            instruction = OxmlElement("w:instrText")
            instruction.text = kind
            run._r.append(instruction)
        elif kind == "1":
            run.text = kind
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def keep_row_height(table: Table, height: Mm) -> None:
    """Make the first row at least `height` high, so that what follows stands where it should."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(_element("w:trHeight", val=str(int(height.twips)), hRule="atLeast"))


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
