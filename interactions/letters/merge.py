"""Letters: from a source to the bytes of a Word file, and what the file is called."""

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cached_property, partial

from django.utils.translation import gettext as _

from interactions.delivery.text import TextError, render_subject
from interactions.models import Document

from .check import DocumentError, in_words, load_template
from .combinable import Combinable
from .engine import LetterTemplate
from .fields import Fields, MergeFields
from .illustrations import NO_PICTURES, SIGNATURE, Pictures
from .kept import Kept
from .picture import SIGNATURE as SIGNATURE_SPACE
from .picture import Picture
from .pictures import prepared
from .problems import Refused
from .shared import Shared
from .source import LetterSource

logger = logging.getLogger(__name__)

# Templates kept in memory at a time; a segment rarely has more than a few languages.
TEMPLATES_KEPT = 32
PICTURES_KEPT = 50
LONGEST_NAME = 100
MOST_BYTES = 200
# What no file name may hold: what stands between folders, and other signs.
SLASHES, RESERVED = re.compile(r"[/\\]"), re.compile(r'[:*?"<>|]')
# Letters and figures in words, as most names are: safe as it is, if it is short.
PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
SHORT_NAME = MOST_BYTES // 4


# Makes a letter when it is called.
Letter = Callable[[], bytes]


class Merger:
    """Makes the letters of one segment. Every template is read once."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._fields = MergeFields(shared)
        self._templates = Kept[int, LetterTemplate](TEMPLATES_KEPT)
        self._combinables = Kept[tuple[int, bool, bool, bool], Combinable | None](TEMPLATES_KEPT)
        self._pictures = Kept[int, Picture](PICTURES_KEPT)

    def letter(self, source: LetterSource) -> bytes:
        """Return the Word file of one letter. Raises `DocumentError` if it cannot be made.

        A letter of its own is its document as it is.
        """
        return in_letter(lambda: self.ready(source)())

    def ready(self, source: LetterSource) -> Letter:
        """Return what makes the letter, with all that it needs worked out. Raises `DocumentError`.

        What else it raises is for `said` to put in words.
        """
        if source.document is None:
            raise DocumentError([_("The interaction template has no Word document.")])
        if source.own_letter:
            return partial(_document_bytes, source.document)
        template = self._template(source.document)
        return partial(template.render, self.fields(source), self.pictures(source))

    def fields(self, source: LetterSource) -> Fields:
        """Return the merge fields of one letter, with those that stand in its subject filled."""
        fields = self._fields.of(source)
        if "{" not in source.subject:
            return fields
        said = {**fields["interaction"], "subject": _subject(source.subject, fields)}
        return {**fields, "interaction": said}

    def pictures(self, source: LetterSource) -> Pictures:
        """Return the pictures of one letter that others do not have. Raises `DocumentError`."""
        document = self._signatures.get(str(source.salesperson))
        if not document:
            return NO_PICTURES
        return {SIGNATURE: self._pictures.get(document, lambda: _signature(document))}

    def _template(self, document: int) -> LetterTemplate:
        return self._templates.get(document, lambda: load_template(self.template(document)))

    def document(self, document: int) -> bytes:
        """Return a Word document as it is stored. Raises `DocumentError`."""
        return _document_bytes(document)

    def template(self, document: int) -> bytes:
        """Return a template as letters are made from it. Raises `DocumentError`."""
        return self.prepared(_document_bytes(document))

    def prepared(self, data: bytes) -> bytes:
        """Return template `data` as letters are made from it, with pictures in their places."""
        return prepared(data, self._logo)

    @cached_property
    def _signatures(self) -> Mapping[str, int]:
        """Salesperson -> document. What was kept before there were signatures has none."""
        return self._shared.get("signatures", {})

    @cached_property
    def _logo(self) -> bytes | None:
        logo = self._shared.get("logo")
        return _document_bytes(logo) if logo else None

    def combinable(
        self, source: LetterSource, *, for_pdf: bool, new_sheet: bool, number: bool
    ) -> Combinable | None:
        """Return the template of the letter, ready to be joined with others of the same.

        None if its letters stand alone: it is a letter of its own, or a document of a kind that
        cannot be joined without a change to be seen. Raises `DocumentError`.
        """
        if source.document is None or source.own_letter:
            return None
        document = source.document
        self._template(document)
        return self._combinables.get(
            (document, for_pdf, new_sheet, number),
            lambda: _combinable(self.template(document), for_pdf, new_sheet, number),
        )

    def problem(self, source: LetterSource) -> str:
        """Return why the letter cannot be made, in words for people; "" if it can."""
        try:
            self.letter(source)
        except DocumentError as error:
            return " ".join(error.messages)
        return ""

    @cached_property
    def document_names(self) -> dict[int, str]:
        """The file names of the Word documents that were asked for so far."""
        return {}

    def document_name(self, source: LetterSource) -> str:
        """Return the file name of the letter's Word document."""
        key = source.document or 0
        if key not in self.document_names:
            found = Document.objects.filter(pk=key).values_list("name", flat=True).first()
            self.document_names[key] = found or ""
        return self.document_names[key]


def _subject(subject: str, fields: Fields) -> str:
    """A subject that is no template is a text."""
    try:
        return render_subject(subject, fields)
    except TextError:
        return subject


def in_letter[R](make: Callable[[], R]) -> R:
    """Return what `make` returns; what goes wrong in it is a `DocumentError` in words."""
    try:
        return make()
    except DocumentError:
        raise
    except Exception as error:
        raise said(error) from error


def naming[R](source: LetterSource, make: Callable[[], R]) -> R:
    """Return what `make` returns; a `DocumentError` in it says whose letter it is."""
    try:
        return make()
    except Exception as error:
        raise said_of(source, error) from error


def said(error: Exception) -> DocumentError:
    """Return what went wrong with a letter, in words for people."""
    if isinstance(error, DocumentError):
        return error
    if isinstance(error, Refused):
        return in_words(error)
    # What a tag got wrong with this contact's values.
    return DocumentError([_("The letter cannot be made: %(reason)s.") % {"reason": error}])


def said_of(source: LetterSource, error: Exception) -> DocumentError:
    """Return what went wrong, saying whose letter it is."""
    who = f"{source.contact['number']} {source.contact['name']}"
    return DocumentError([f"{who}: {message}" for message in said(error).messages])


def _combinable(data: bytes, for_pdf: bool, new_sheet: bool, number: bool) -> Combinable | None:
    try:
        made = Combinable(data, for_pdf=for_pdf, new_sheet=new_sheet, number=number)
    except Exception:  # An odd document; its letters are right, each in a file of its own.
        logger.warning("The letters of a document cannot be joined", exc_info=True)
        return None
    # LibreOffice counts the notes of the whole file.
    return None if for_pdf and made.has_notes else made


def _signature(document: int) -> Picture:
    return Picture(_document_bytes(document), str(document), SIGNATURE_SPACE)


def _document_bytes(document: int) -> bytes:
    try:
        return Document.objects.get(pk=document).read()
    except (Document.DoesNotExist, OSError) as error:
        raise DocumentError([_("The Word document is missing from the storage.")]) from error


def letter_file_name(number: int, source: LetterSource, ending: str = ".docx") -> str:
    """Return a file name such as `0001 Company - Name.docx` (D24).

    Unique by `number`, and safe: no path, no invisible characters, at most some 200 bytes.
    """
    name, company = source.contact["name"] or "", source.contact["company_name"] or ""
    who = f"{company} - {name}" if company and company != name else name
    return f"{number:04d} {safe_name(who)}".rstrip() + ending


def safe_name(name: str) -> str:
    """Return `name` as a part of a file name, perhaps "".

    Control, format (such as right-to-left marks) and unassigned characters have no place.
    """
    if len(name) <= SHORT_NAME and PLAIN.fullmatch(name) and unicodedata.is_normalized("NFC", name):
        return name
    spaced = RESERVED.sub(" ", SLASHES.sub("-", unicodedata.normalize("NFC", name)))
    visible = spaced
    if not spaced.isprintable():
        visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in spaced)
    short = " ".join(visible.split())[:LONGEST_NAME]
    return short.encode()[:MOST_BYTES].decode(errors="ignore").strip(" .-")
