"""The paragraphs that a line's template offers, and which of them its letter has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interactions.letters.check import DocumentError, load_template
from interactions.letters.choices import in_words
from interactions.letters.kept import Kept
from interactions.models import Document
from segments_app.models import SegmentLine

# SHA-256 of a document -> what it offers. A document never changes.
OFFERED = Kept[str, Mapping[str, bool]](500)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that may be chosen. `default` is what the template says."""

    name: str
    default: bool
    chosen: bool

    @property
    def label(self) -> str:
        return in_words(self.name)


def paragraphs_of(line: Any) -> list[Paragraph]:
    """Return what the document of `line`, which is resolved, offers: a finished letter nothing."""
    if line.document_id or not line.r_document:
        return []
    offered = _offered(line.r_document)
    own: str | None = line.letter_choices
    names = [name for name, default in offered.items() if default]
    chosen = names if own is None else own.split("\n")
    return [Paragraph(name, default, name in chosen) for name, default in offered.items()]


def choices_text(line: SegmentLine, names: list[str]) -> str | None:
    """Return what `line` keeps when `names` are chosen: nothing when they are the template's."""
    paragraphs = paragraphs_of(line)
    chosen = [each.name for each in paragraphs if each.name in names]
    if chosen == [each.name for each in paragraphs if each.default]:
        return None
    return "\n".join(chosen)


def _offered(pk: int) -> Mapping[str, bool]:
    document = Document.objects.filter(pk=pk).first()
    return OFFERED.get(document.sha256, lambda: _read(document)) if document else {}


def _read(document: Document) -> Mapping[str, bool]:
    """Nothing, when the document cannot be used: other pages say so."""
    try:
        return load_template(document.read()).choices
    except (DocumentError, OSError):
        return {}
