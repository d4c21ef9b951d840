"""From lines to letters: what each line's letter is made of, read in one query."""

from collections.abc import Generator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.addresses import with_alternative
from interactions.letters.merge import Merger
from interactions.letters.shared import shared_fields
from interactions.letters.source import CONTACT_FIELDS, LetterSource
from segments_app.checks import Check
from segments_app.errors import NoLetters, SegmentEmpty
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet

CHUNK = 2000
# In the order of the fields of a `LetterSource`, with the alternative address at the end.
VALUES = (
    "comment",
    "r_date",
    "r_description",
    "r_subject",
    "r_language",
    "r_salesperson",
    "r_campaign",
    "r_document",
    "document",
    "letter_choices",
    "r_alternative",
)


def lines_to_merge(
    segment: Segment, chosen: SegmentLineQuerySet | None = None
) -> SegmentLineQuerySet:
    """The lines of the segment, or those that are `chosen` of its sheet, that have a letter.

    Raises `SegmentEmpty`, or `NoLetters` when there are none or when a problem keeps one of them
    from being logged: whom one may not write to gets no letter either (D1).
    """
    check = Check(segment, chosen)
    if check.blocked_lines().exists():
        raise NoLetters(segment.number, check.words)
    lines = check.lines.with_letter()
    if lines.exists():
        return lines
    if check.lines.exists():
        raise NoLetters(segment.number, _("the template has no Word document"))
    if segment.sheet().exists():
        return lines
    raise SegmentEmpty(segment.number)


def line_sources(lines: SegmentLineQuerySet) -> Generator[LetterSource]:
    """What the letters of `lines` are made of, in their order and constant memory."""
    for _key, source in keyed_sources(lines):
        yield source


def keyed_sources(lines: SegmentLineQuerySet) -> Generator[tuple[int, LetterSource]]:
    """`line_sources`, each with the key of its line."""
    contact = [f"contact__{name}" for name in CONTACT_FIELDS]
    rows = lines.with_alternative().values_list("pk", *contact, *VALUES)
    for key, *row in rows.iterator(chunk_size=CHUNK):
        yield key, _source(row)


def merger_for(segment: Segment) -> Merger:
    """The merger of the segment's letters, with what they all share."""
    return Merger(shared_fields(segment.number, segment.description))


def _source(row: Sequence[Any]) -> LetterSource:
    contact = with_alternative(dict(zip(CONTACT_FIELDS, row, strict=False)), row[-1])
    *values, own_letter, choices = row[len(CONTACT_FIELDS) : -1]
    return LetterSource._make([contact, *values, own_letter is not None, choices])
