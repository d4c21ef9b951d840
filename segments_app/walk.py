"""The letters of a segment one after another: all of them, or those most likely to look wrong."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from segments_app.letter_checks import LetterCheck
from segments_app.models import Segment, SegmentLine
from segments_app.models.line import SegmentLineQuerySet

# So many of the longest names are walked through.
LONGEST = 20
ALL = ""
BY_LENGTH = {"longest_name": "contact__name", "longest_company": "contact__company_name"}
OF_LINE = {
    "own_letter": Q(document__isnull=False),
    "comment": ~Q(comment=""),
    "choices": Q(letter_choices__isnull=False),
}
OF_CHECK = (
    *("no_salutation", "no_address", "empty_field", "other_language", "no_document"),
    *("outdated_letter", "unfilled_letter"),
)
# What lines can be walked through, in the order of the page.
KINDS: dict[str, Promise] = {
    ALL: _("All lines"),
    "longest_name": _("Longest names"),
    "longest_company": _("Longest company names"),
    "no_salutation": _("Without a salutation"),
    "no_address": _("Without an address"),
    "empty_field": _("With a field that is empty"),
    "other_language": _("In another language than the contact's"),
    "no_document": _("Letter cannot be made"),
    "own_letter": _("Letters of their own"),
    "outdated_letter": _("Letters of their own to look at again"),
    "unfilled_letter": _("Letters of their own with fields not filled"),
    "comment": _("With a comment"),
    "choices": _("With paragraphs of their own choice"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Where one stands: place 3 of `count`; the keys of the lines before and after, if any."""

    place: int
    count: int
    previous: int | None
    next: int | None


class Walk:
    """The lines of a kind, in their order. Raises `KeyError` for a kind that is not known."""

    def __init__(self, segment: Segment, kind: str = ALL) -> None:
        self.segment = segment
        self.kind = kind
        self.label = KINDS[kind]

    @cached_property
    def lines(self) -> SegmentLineQuerySet:
        """The lines that are walked through; by length, the longest first."""
        if self.kind in BY_LENGTH:
            return _longest(self.segment.sheet(), BY_LENGTH[self.kind])
        if self.kind in OF_CHECK:
            return LetterCheck(self.segment).lines_with(self.kind)
        sheet = self.segment.sheet()
        return sheet.filter(OF_LINE[self.kind]) if self.kind in OF_LINE else sheet

    def first(self) -> int | None:
        """The key of the line to begin at."""
        if self.kind in BY_LENGTH:
            return next(iter(self._keys), None)
        return self.lines.values_list("pk", flat=True).first()

    def step(self, line: SegmentLine) -> Step:
        """Where `line` stands. Place 0 when it is not among them: before is behind it."""
        return self._step_by_length(line.pk) if self.kind in BY_LENGTH else self._step(line.pk)

    @cached_property
    def _keys(self) -> list[int]:
        return list(self.lines.values_list("pk", flat=True))

    def _step_by_length(self, key: int) -> Step:
        keys = self._keys
        place = keys.index(key) if key in keys else -1
        before = keys[place - 1] if place > 0 else None
        return Step(place + 1, len(keys), before, next(iter(keys[place + 1 :]), None))

    def _step(self, key: int) -> Step:
        lines: Any = self.lines.order_by()
        found = lines.aggregate(
            count=Count("pk"),
            behind=Count("pk", filter=Q(pk__lte=key)),
            among=Count("pk", filter=Q(pk=key)),
            previous=Max("pk", filter=Q(pk__lt=key)),
            next=Min("pk", filter=Q(pk__gt=key)),
        )
        place = found["behind"] if found["among"] else 0
        return Step(place, found["count"], found["previous"], found["next"])


def walk_counts(segment: Segment) -> dict[str, int]:
    """Return how many lines there are of each kind. Reads all lines, twice."""
    checked = LetterCheck(segment).counts
    lines: Any = segment.sheet().order_by()
    named = {kind: ~Q(**{field: ""}) for kind, field in BY_LENGTH.items()}
    counted = {
        kind: Count("pk", filter=condition) for kind, condition in {**named, **OF_LINE}.items()
    }
    found = lines.aggregate(**counted)
    longest = {kind: min(found[kind], LONGEST) for kind in BY_LENGTH}
    of_check = {kind: checked[f"n_{kind}"] for kind in OF_CHECK}
    return {ALL: checked["n_lines"], **found, **longest, **of_check}


def _longest(lines: SegmentLineQuerySet, field: str) -> SegmentLineQuerySet:
    some: Any = lines.exclude(**{field: ""}).annotate(length=Length(field))
    longest: SegmentLineQuerySet = some.order_by("-length", "pk")[:LONGEST]
    return longest
