"""A first template to write on from: a letter with the usual fields, in each language we know."""

import io
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

# Paragraphs of the body; an empty text is an empty line.
ENGLISH = (
    "{{ contact.address_block }}",
    "",
    "{{ company.city }}, {{ interaction.date }}",
    "",
    "{{ interaction.subject }}",
    "{{ contact.formal_salutation }}",
    "Write your letter here. This paragraph is for everyone.",
    "{%p if contact.is_company %}",
    "This paragraph is for companies. Your VAT number is {{ contact.vat_number }}.",
    "{%p else %}",
    "This paragraph is for persons.",
    "{%p endif %}",
    "{%p if interaction.comment %}",
    "{{ interaction.comment }}",
    "{%p endif %}",
    "Kind regards",
    "{{ salesperson.signature }}",
    "{{ salesperson.name }}",
    "{{ salesperson.job_title }}",
    "{% if salesperson.phone %}Phone {{ salesperson.phone }}{% endif %}",
)
DANISH = (
    *ENGLISH[:2],
    "{{ company.city }}, den {{ interaction.date }}",
    *ENGLISH[3:6],
    "Skriv dit brev her. Dette afsnit er til alle.",
    "{%p if contact.is_company %}",
    "Dette afsnit er til virksomheder. Jeres CVR-nr. er {{ contact.vat_number }}.",
    "{%p else %}",
    "Dette afsnit er til personer.",
    *ENGLISH[11:15],
    "Med venlig hilsen",
    *ENGLISH[16:19],
    "{% if salesperson.phone %}Telefon {{ salesperson.phone }}{% endif %}",
)
FOOTERS: Mapping[str, str] = {
    "en": (
        "{{ company.name }} · {{ company.address }} · {{ company.postal_code }} {{ company.city }}"
        "{% if company.iban %} · IBAN {{ company.iban }}{% endif %}"
        "{% if company.vat_number %} · VAT {{ company.vat_number }}{% endif %}"
    ),
    "da": (
        "{{ company.name }} · {{ company.address }} · {{ company.postal_code }} {{ company.city }}"
        "{% if company.bank_account %} · Konto {{ company.bank_account }}{% endif %}"
        "{% if company.vat_number %} · CVR-nr. {{ company.vat_number }}{% endif %}"
    ),
}
BODIES: Mapping[str, Sequence[str]] = {"en": ENGLISH, "da": DANISH}
FILE_NAMES = {"en": "Letter.docx", "da": "Brev.docx"}
SUBJECT = "{{ interaction.subject }}"


def starter(language: str) -> bytes:
    """Return a Word document in `language`, "en" or "da", that passes the check of templates."""
    document = docx.Document()
    _page(document, language)
    for text in BODIES[language]:
        document.add_paragraph().add_run(text).bold = text == SUBJECT
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: WordDocument, language: str) -> None:
    """A4, the address where window envelopes have their window."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(45), Mm(25)
    header = section.header.paragraphs[0]
    header.text = "{{ company.logo }}"
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    section.footer.paragraphs[0].text = FOOTERS[language]
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    document.styles["Footer"].font.size = Pt(8)
    document.core_properties.title = SUBJECT
    document.core_properties.language = {"en": "en-GB", "da": "da-DK"}[language]
    document.core_properties.author = document.core_properties.comments = ""
