"""Letters on paper: the print file of a logged segment, and which of them are printed."""

from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts.models import User
from interactions.letter_jobs import ask_for_letters
from interactions.letters.frozen import Numbered
from interactions.letters.output import Format, Options
from interactions.letters.source import entry_sources
from interactions.logged_letters import numbered, shared_when_logged
from interactions.models import DeliveryState, InteractionLogEntry, LetterJob, LoggedSegment
from interactions.models.log_set import InteractionLogEntryQuerySet


def on_paper(segment: LoggedSegment) -> InteractionLogEntryQuerySet:
    """Return the letters of the logged segment that are printed, in the order of the print file."""
    entries = InteractionLogEntry.objects.of_segment(segment).deliverable().on_paper()
    return entries.in_line_order()


def print_file(segment: LoggedSegment, *, format: str, by: User | None) -> LetterJob:  # noqa: A002
    """Have one file made of all letters on paper, as `Format.PDF` or `Format.WORD`.

    Letters have the numbers that `numbered` gives them. Raises `Refused` when there is none.
    """
    return ask_for_letters(
        numbered(segment, on_paper(segment)),
        shared_when_logged(segment),
        Options(format=Format(format), number=True),
        segment_number=segment.number,
        step=None,
        by=by,
    )


def letter_pdf(entry: InteractionLogEntry, *, by: User | None) -> LetterJob:
    """Have the letter of one entry made as a PDF, just as it is printed. Raises `Refused`."""
    sources = entry_sources(InteractionLogEntry.objects.alone(entry).with_document())
    return ask_for_letters(
        (Numbered(1, source) for source in sources),
        shared_when_logged(entry.logged_segment),
        Options(format=Format.PDF),
        # It is no letter of the list that a segment shows.
        segment_number="",
        step=None,
        by=by,
    )


@transaction.atomic
def mark_as_printed(
    segment: LoggedSegment,
    *,
    ranges: Collection[tuple[int, int]] = (),
    keys: Collection[int] = (),
    printed: bool = True,
) -> int:
    """A person says which letters are printed; return how many were not (or, undone, were).

    All of them, or those with the numbers in `ranges` (first and last, as the letters carry them)
    and those with the `keys`.
    """
    entries = InteractionLogEntry.objects.of_segment(segment).deliverable().on_paper()
    if ranges or keys:
        entries = entries.with_pks({*keys, *_in_ranges(segment, ranges)})
    return mark_printed(entries, printed=printed)


def mark_printed(letters: InteractionLogEntryQuerySet, *, printed: bool) -> int:
    """Say of letters on paper that they are printed, or not after all; return how many change."""
    now = timezone.now()
    if printed:
        waiting = letters.exclude(delivery_state=DeliveryState.SENT)
        return waiting.update(
            delivery_state=DeliveryState.SENT,
            delivery_reason="",
            delivery_at=now,
            delivery_attempts=F("delivery_attempts") + 1,
        )
    done = letters.in_state(DeliveryState.SENT)
    return done.update(delivery_state=DeliveryState.NOT_SENT, delivery_at=now)


def _in_ranges(segment: LoggedSegment, ranges: Collection[tuple[int, int]]) -> Iterator[int]:
    everything = InteractionLogEntry.objects.of_segment(segment).in_line_order()
    for first, last in ranges:
        yield from everything[first - 1 : last].values_list("pk", flat=True)
