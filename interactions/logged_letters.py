"""Letters of the log, made again as they were sent (D15)."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from .letters.archive import letter_chunks
from .letters.merge import Merger, letter_file_name
from .letters.shared import Shared, shared_fields
from .letters.source import LetterSource, entry_sources
from .models import InteractionLogEntry, LoggedSegment


def letter_again(entry: InteractionLogEntry) -> tuple[bytes, str]:
    """Return the Word file of the entry's letter and its file name.

    Raises `DocumentError` when the entry has no document or it is missing from the storage.
    """
    source = next(entry_sources(InteractionLogEntry.objects.alone(entry)))
    return Merger(shared_when_logged(entry.logged_segment)).letter(source), _file_name(source)


def pdf_name(entry: InteractionLogEntry) -> str:
    """Return the file name of the entry's letter as a PDF."""
    source = next(entry_sources(InteractionLogEntry.objects.alone(entry)))
    return f"{Path(_file_name(source)).stem}.pdf"


def letters_again(segment: LoggedSegment) -> Iterator[bytes]:
    """Return a zip file of all letters of the logged segment in pieces, in line order.

    Constant memory, any number of letters. Raises `DocumentError` at once when the first letter
    cannot be made; later ones were made when the segment was logged.
    """
    entries = InteractionLogEntry.objects.of_segment(segment).with_document().in_line_order()
    pieces = letter_chunks(entry_sources(entries), Merger(shared_when_logged(segment)))
    return chain([next(pieces)], pieces)


def shared_when_logged(segment: LoggedSegment | None) -> Shared:
    """Return what the letters shared when they were logged; failing that, what they share now."""
    if segment is None:
        return shared_fields("", "")
    kept: Shared | None = segment.snapshot.get("letters")
    return kept or shared_fields(segment.number, segment.description)


def _file_name(source: LetterSource) -> str:
    """The name in the zip file, without the number that tells the letters there apart."""
    name = letter_file_name(1, source)
    return name.partition(" ")[2] or name
