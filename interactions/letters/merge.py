"""Letters: from a source to the bytes of a Word file, and what the file is called."""

import unicodedata
from collections import OrderedDict

from django.utils.translation import gettext as _

from interactions.models import Document

from .check import DocumentError, in_words, load_template
from .engine import LetterTemplate
from .fields import merge_fields
from .problems import Refused
from .shared import Shared
from .source import LetterSource

# Templates kept in memory at a time; a segment rarely has more than a few languages.
TEMPLATES_KEPT = 32
LONGEST_NAME = 100
MOST_BYTES = 200
NOT_IN_FILE_NAMES = str.maketrans({"/": "-", "\\": "-", **dict.fromkeys(':*?"<>|', " ")})


class Merger:
    """Makes the letters of one segment. Every template is read once."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._templates: OrderedDict[int, LetterTemplate] = OrderedDict()

    def letter(self, source: LetterSource) -> bytes:
        """Return the Word file of one letter. Raises `DocumentError` if it cannot be made.

        A letter of its own is its document as it is.
        """
        if source.document is None:
            raise DocumentError([_("The interaction template has no Word document.")])
        if source.own_letter:
            return _document_bytes(source.document)
        return self._rendered(self._template(source.document), source)

    def _rendered(self, template: LetterTemplate, source: LetterSource) -> bytes:
        try:
            return template.render(merge_fields(source, self._shared))
        except Refused as refusal:
            raise in_words(refusal) from None
        except Exception as error:  # What a tag got wrong with this contact's values.
            reason = _("The letter cannot be made: %(reason)s.") % {"reason": error}
            raise DocumentError([reason]) from error

    def _template(self, document: int) -> LetterTemplate:
        template = self._templates.get(document) or load_template(_document_bytes(document))
        self._templates[document] = template
        self._templates.move_to_end(document)
        if len(self._templates) > TEMPLATES_KEPT:
            self._templates.popitem(last=False)
        return template

    def problem(self, source: LetterSource) -> str:
        """Return why the letter cannot be made, in words for people; "" if it can."""
        try:
            self.letter(source)
        except DocumentError as error:
            return " ".join(error.messages)
        return ""


def _document_bytes(document: int) -> bytes:
    try:
        return Document.objects.get(pk=document).read()
    except (Document.DoesNotExist, OSError) as error:
        raise DocumentError([_("The Word document is missing from the storage.")]) from error


def letter_file_name(number: int, source: LetterSource) -> str:
    """Return a file name such as `0001 Company - Name.docx` (D24).

    Unique by `number`, and safe: no path, no invisible characters, at most some 200 bytes.
    """
    name, company = source.contact["name"] or "", source.contact["company_name"] or ""
    who = f"{company} - {name}" if company and company != name else name
    return f"{number:04d} {_safe(who)}".rstrip() + ".docx"


def _safe(name: str) -> str:
    """Control, format (such as right-to-left marks) and unassigned characters have no place."""
    spaced = unicodedata.normalize("NFC", name).translate(NOT_IN_FILE_NAMES)
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in spaced)
    short = " ".join(visible.split())[:LONGEST_NAME]
    return short.encode()[:MOST_BYTES].decode(errors="ignore").strip(" .-")
