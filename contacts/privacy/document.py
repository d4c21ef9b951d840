"""Everything known about a contact as a Word document that the person can read."""

import io

import docx
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from contacts.models import Contact

from .known import Known, as_words


def readable_document(contact: Contact, known: Known) -> bytes:
    """Return a Word file with a heading for each kind of thing and a table for each row."""
    document = docx.Document()
    document.add_heading(_("What we know about %(name)s") % {"name": contact.name}, 0)
    today = formats.date_format(timezone.localdate(), "DATE_FORMAT")
    document.add_paragraph(
        _("Contact %(number)s, %(today)s") % {"number": contact.number, "today": today}
    )
    for kind, rows in known.items():
        document.add_heading(kind, 1)
        for row in rows:
            _add_row(document, row)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_row(document: "docx.document.Document", row: dict[str, object]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in row.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, _printable(as_words(value))
    document.add_paragraph()


def _printable(text: str) -> str:
    """XML knows no control characters."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")
