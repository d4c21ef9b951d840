"""Cover sheets: our name, the contact's address in the window, the date."""

import io
from functools import cache

import docx
import docx.text.paragraph
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from .wordml import NAMESPACE

# The window of a C5 or DL envelope for A4, folded: from the left and the top edge of the paper.
WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH = 22, 50, 85
FRAME = (
    f'<w:framePr xmlns:w="{NAMESPACE}" w:w="%d" w:wrap="around" w:vAnchor="page" '
    'w:hAnchor="page" w:x="%d" w:y="%d"/>'
)
OUR_ADDRESS = "{{ company.address }}, {{ company.postal_code }} {{ company.city }}"
TWIPS = 1440 / 25.4


@cache
def cover_template() -> bytes:
    """Return the Word template of a cover sheet on A4 (R241)."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(WINDOW_LEFT)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.paragraph_format.space_after = Pt(0)
    section.header.paragraphs[0].text = "{{ company.name }}"
    section.header.paragraphs[0].runs[0].font.size = Pt(14)
    section.header.add_paragraph(
        "{{ company.address }}, {{ company.postal_code }} {{ company.city }}"
    )
    _framed(document.add_paragraph("{{ contact.address_block }}"))
    below = document.add_paragraph("{{ interaction.date }}")
    below.paragraph_format.space_before = Mm(95)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _framed(paragraph: docx.text.paragraph.Paragraph) -> None:
    lengths = (WINDOW_WIDTH, WINDOW_LEFT, WINDOW_TOP)
    frame = parse_xml(FRAME % tuple(round(length * TWIPS) for length in lengths))
    paragraph._p.get_or_add_pPr().insert(0, frame)
