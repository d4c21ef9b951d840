"""A letter as a Word template: letterhead, text, table, and who signs."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from segments_app.demo.letters import sheet
from segments_app.demo.letters.letterhead import put_address, put_letterhead
from segments_app.demo.letters.text import LetterText
from segments_app.demo.letters.words import LOCALES, WORDS

AMOUNT = re.compile(r"£\d|\d (kr|€)")
# The colour of labels and heads, and that of what they name.
INKS = (sheet.QUIET, sheet.INK)
BALLAST = {"customXml", "stylesWithEffects", "thumbnail"}
FIXED_DATE = (2026, 1, 1, 0, 0, 0)


def letter_template(text: LetterText) -> bytes:
    """Return the Word template of a letter. Equal text gives equal bytes."""
    document = docx.Document()
    sheet.prepare(document, LOCALES[text.language])
    document.core_properties.title = text.subject
    document.core_properties.author = "Nordlys Belysning A/S"
    put_letterhead(document, text.language)
    put_address(document, text.language)
    _opening(document, text)
    widths = [Mm(int(width)) for width in text.head["columns"].split()]
    for block in text.blocks:
        _block(document, block, widths)
    _signature(document, text)
    _drop_ballast(document)
    return _saved(document)


def _opening(document: Document, text: LetterText) -> None:
    date = WORDS[text.language]["place_and_date"]
    sheet.write(sheet.spacing(document.add_paragraph(), before=2, after=16), date)
    subject = sheet.spacing(document.add_paragraph(), after=12, line=17)
    sheet.write(subject, "{{ interaction.subject }}", bold=True, size=12.5)
    salutation = f"{{{{ contact.{text.head['salutation']}_salutation }}}}"
    sheet.write(document.add_paragraph(), salutation)


def _block(document: Document, block: str, widths: list[Mm]) -> None:
    if block == "[comment]":
        _comment(document)
    elif block.startswith("[if "):
        field, words = block.removeprefix("[if ").split("] ", 1)
        _when(document, field, lambda: sheet.write(document.add_paragraph(), words))
    elif block.startswith("|"):
        _table(document, [_cells(line) for line in block.splitlines()], widths)
    elif block.startswith("- "):
        _points(document, [line.removeprefix("- ") for line in block.splitlines()])
    else:
        sheet.write(document.add_paragraph(), block)


def _comment(document: Document) -> None:
    """What is said to this contact alone, marked with a bar."""

    def put() -> None:
        paragraph = sheet.spacing(document.add_paragraph(), before=2, after=10)
        paragraph.paragraph_format.left_indent = Mm(5)
        sheet.write(paragraph, "{{ interaction.comment }}")
        sheet.bar_beside(paragraph, sheet.AMBER)

    _when(document, "interaction.comment", put)


def _when(document: Document, field: str, put: Callable[[], object]) -> None:
    """Put something that appears only when `field` is filled in."""
    document.add_paragraph(f"{{%p if {field} %}}")
    put()
    document.add_paragraph("{%p endif %}")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("| ").split("|")]


def _table(document: Document, rows: list[list[str]], widths: list[Mm]) -> None:
    """A table with thin lines. Of more than two columns the first row is the head."""
    table = sheet.plain_table(document, len(rows), widths)
    sheet.pad_cells(table, top=50, bottom=50, right=120)
    put = _put_labelled if len(widths) == 2 else _put_listed
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            put(table.cell(number, column), text, number, column)
    _align_amounts(table, rows)
    sheet.spacing(document.add_paragraph(), line=10)


def _put_labelled(cell: _Cell, text: str, _row: int, column: int) -> None:
    """Of two columns the first says what the second is."""
    sheet.write(_cell_paragraph(cell), text, size=9, color=INKS[column])
    sheet.underline_cell(cell, sheet.RULE, 4)


def _put_listed(cell: _Cell, text: str, row: int, _column: int) -> None:
    is_head = row == 0
    size = 8.5 if is_head else 9
    sheet.write(_cell_paragraph(cell), text, size=size, color=INKS[not is_head], bold=is_head)
    sheet.underline_cell(cell, sheet.NIGHT if is_head else sheet.RULE, 8 if is_head else 4)


def _cell_paragraph(cell: _Cell) -> Paragraph:
    paragraph = sheet.spacing(cell.paragraphs[0], line=12.5)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _align_amounts(table: Table, rows: list[list[str]]) -> None:
    """Amounts of money stand to the right, their heads above them."""
    for column, text in enumerate(rows[-1]):
        if AMOUNT.search(text):
            for cell in table.columns[column].cells:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _points(document: Document, texts: list[str]) -> None:
    for text in texts:
        paragraph = sheet.spacing(document.add_paragraph(), after=8 if text is texts[-1] else 3)
        paragraph.paragraph_format.left_indent = Mm(5)
        paragraph.paragraph_format.first_line_indent = Mm(-5)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(5))
        sheet.write(paragraph, f"–\t{text}")


def _signature(document: Document, text: LetterText) -> None:
    """The closing, room to sign, and who writes; together on one page."""
    closing = sheet.spacing(document.add_paragraph(), before=4, after=30)
    sheet.write(closing, text.head["closing"])
    name = sheet.spacing(document.add_paragraph())
    sheet.write(name, "{{ salesperson.name }}", bold=True)
    title = sheet.write(sheet.spacing(document.add_paragraph()), "{{ salesperson.job_title }}")
    for paragraph in (closing, name, title):
        paragraph.paragraph_format.keep_with_next = True
    _direct_line(document, text.language)


def _direct_line(document: Document, language: str) -> None:
    paragraph = sheet.spacing(document.add_paragraph(), before=3)
    words = (
        "{% if salesperson.phone %}" + WORDS[language]["phone_short"] + " {{ salesperson.phone }}"
        "{% endif %}{% if salesperson.phone and salesperson.email %} · {% endif %}"
        "{{ salesperson.email }}"
    )
    sheet.write(paragraph, words, size=8.5, color=sheet.QUIET)
    paragraph.paragraph_format.space_after = Pt(0)


def _drop_ballast(document: Document) -> None:
    """What python-docx's own template carries along, and no letter needs."""
    for rels in (document.part.rels, document.part.package.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.rpartition("/")[2] in BALLAST:
                del rels[key]


def _saved(document: Document) -> bytes:
    """The bytes of the document, with one date on all its parts."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, FIXED_DATE)
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
