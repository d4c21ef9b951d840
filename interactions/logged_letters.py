"""Letters of the log, made again as they were sent (D15)."""

from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from contacts.errors import Refused

from .letters.archive import letter_chunks
from .letters.frozen import Numbered
from .letters.merge import Merger, letter_file_name
from .letters.shared import Shared, shared_fields
from .letters.source import LetterSource, entry_sources, keyed_entry_sources
from .models import InteractionLogEntry, LoggedSegment
from .models.log_set import InteractionLogEntryQuerySet


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
    entries = InteractionLogEntry.objects.of_segment(segment).with_document()
    pieces = letter_chunks(numbered(segment, entries), Merger(shared_when_logged(segment)))
    return chain([next(pieces)], pieces)


def numbered(segment: LoggedSegment, entries: InteractionLogEntryQuerySet) -> Generator[Numbered]:
    """Yield the letters of `entries`, some of the logged segment, in line order: each has the
    number of its interaction among all of the segment, as the sheet numbered its line.

    Raises `Refused` when interactions are deleted meanwhile.
    """
    everything = InteractionLogEntry.objects.of_segment(segment).in_line_order()
    places = enumerate(everything.values_list("pk", flat=True).iterator(), start=1)
    for key, source in keyed_entry_sources(entries.in_line_order()):
        place = next((place for place, other in places if other == key), None)
        if place is None:
            raise Refused(_("Interactions were deleted meanwhile. Ask for the letters again."))
        yield Numbered(place, source)


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
