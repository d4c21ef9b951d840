"""The letterhead: logo, address in the window of the envelope, and our details at the foot."""

import io
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import _Cell

from segments_app.demo.letters import sheet
from segments_app.demo.letters.logo import logo_png
from segments_app.demo.letters.words import WORDS

# From the upper edge of the paper: the address stands in the window of C5/6 and of DIN lang.
ADDRESS_TOP = 50
ADDRESS_HEIGHT = Mm(41)


def put_letterhead(document: Document, language: str) -> None:
    """Put the head on the first page, a small one on the others, and the foot on all."""
    section = document.sections[0]
    words = WORDS[language]
    _first_head(section.first_page_header)
    _next_head(section.header, words)
    for foot in (section.first_page_footer, section.footer):
        _foot(foot, words)


def put_address(document: Document, language: str) -> None:
    """Put the receiver to the left, and whom they can ring to the right."""
    table = sheet.plain_table(document, 1, [Mm(95), Mm(70)])
    sheet.keep_row_height(table, ADDRESS_HEIGHT)
    receiver, ours = table.rows[0].cells
    _sender_line(receiver)
    _lines(receiver.add_paragraph(), "{{ contact.address_block }}")
    _reference(ours, WORDS[language])


def _first_head(head: Any) -> None:
    paragraph = head.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0
    logo = paragraph.add_run().add_picture(io.BytesIO(logo_png()), height=Mm(15))
    logo._inline.docPr.set("descr", "Nordlys Belysning")
    for side in "TBLR":
        logo._inline.set(f"dist{side}", "0")
    # The head reaches down to where the address begins.
    paragraph.paragraph_format.space_after = Mm(ADDRESS_TOP - 12 - 15 - 1)


def _next_head(head: Any, words: dict[str, str]) -> None:
    paragraph = sheet.spacing(head.paragraphs[0])
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    sheet.write(paragraph, "{{ company.name }}  ·  ", size=8, color=sheet.QUIET)
    sheet.write(paragraph, f"{words['page']} ", size=8, color=sheet.QUIET)
    sheet.page_number(paragraph, color=sheet.QUIET)


def _foot(foot: Any, words: dict[str, str]) -> None:
    sheet.line_above(sheet.spacing(foot.paragraphs[0], line=4), sheet.RULE)
    table = sheet.plain_table(foot, 1, [Mm(48), Mm(47), Mm(70)])
    for cell, lines in zip(table.rows[0].cells, _foot_lines(words), strict=True):
        _small_lines(cell, lines)
    sheet.spacing(foot.add_paragraph(), line=1)


def _foot_lines(words: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    bank = "{{ company.bank_name }}, " + words["account"] + " {{ company.bank_account }}"
    return (
        (
            "{{ company.name }}",
            "{{ company.address }}",
            "{{ company.postal_code }} {{ company.city }}",
        ),
        (
            words["phone_short"] + " {{ company.phone }}",
            "{{ company.email }}",
            "{{ company.home_page }}",
        ),
        (
            words["vat"] + " {{ company.vat_number }}",
            bank,
            "IBAN {{ company.iban }}, SWIFT {{ company.swift }}",
        ),
    )


def _small_lines(cell: _Cell, lines: tuple[str, ...]) -> None:
    for number, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        sheet.write(sheet.spacing(paragraph, line=10), text, size=7.5, color=sheet.QUIET)


def _sender_line(cell: _Cell) -> None:
    city = "{{ company.postal_code }} {{ company.city }}"
    text = f"{{{{ company.name }}}} · {{{{ company.address }}}} · {city}"
    paragraph = sheet.spacing(cell.paragraphs[0], after=5, line=10)
    sheet.write(paragraph, text, size=6.5, color=sheet.QUIET)


def _reference(cell: _Cell, words: dict[str, str]) -> None:
    """A label and a value a line, quiet and strong."""
    rows = (
        (words["contact"], "{{ salesperson.name }}"),
        (words["phone"], "{{ salesperson.phone }}"),
        (words["email"], "{{ salesperson.email }}"),
        (words["number"], "{{ contact.number }}"),
    )
    sheet.spacing(cell.paragraphs[0], after=5, line=10)
    for label, value in rows:
        _labelled(cell, label, value)


def _labelled(cell: _Cell, label: str, value: str) -> None:
    paragraph = sheet.spacing(cell.add_paragraph(), line=13)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(21))
    sheet.write(paragraph, f"{label}\t", size=8, color=sheet.QUIET)
    sheet.write(paragraph, value, size=8.5, color=sheet.INK)


def _lines(paragraph: Any, text: str) -> None:
    sheet.write(sheet.spacing(paragraph, line=13.5), text)
