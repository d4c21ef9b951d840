"""Dates in an expression: how they are read, compared, written and said."""

import datetime
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, F, Lookup, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, IsNull, LessThan
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from . import relative, vocabulary
from .calendar import Moved, Period

FIRST_YEAR, LAST_YEAR = 1800, 2999
# Read in every language, besides those of the language itself.
SHAPES = ("%Y-%m-%d", *(f"%d{s}%m{s}%{y}" for y in "Yy" for s in ".-/"))


@dataclass(frozen=True)
class Day:
    """A day of the calendar."""

    day: datetime.date

    def days(self) -> tuple[datetime.date, datetime.date]:
        return self.day, self.day


class OnOrAfter(Lookup[bool]):
    """Whether a date, or a point in time in the user's time zone, is not before a day."""

    prepare_rhs = False
    lookup_name = "on_or_after"
    comparison: type[Lookup[Any]] = GreaterThanOrEqual

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        # The column is compared as it is, so that its index is of use.
        field, day = self.lhs.output_field, self.rhs
        if isinstance(field, DateTimeField):
            day = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
        compared = self.comparison(self.lhs, Value(day, output_field=field))
        return compiler.compile(compared)


class Before(OnOrAfter):
    """Whether a date, or a point in time in the user's time zone, is before a day."""

    lookup_name = "before"
    comparison = LessThan


@dataclass(frozen=True)
class Date:
    """A day or a period; one that is reckoned from today stays so until it is asked for."""

    meant: Day | Moved | Period

    @classmethod
    def read(cls, text: str) -> "Date":
        """Read a date as people write it, or words for one, English or Danish.

        Raises `ValueError` with a message for people.
        """
        try:
            return cls(vocabulary.read(text) or Day(_day(text)))
        except OverflowError:
            raise ValueError(_("“%(text)s” is too far away.") % {"text": text[:50]}) from None

    def text(self) -> str:
        """Return the date as the parser reads it back, in any language."""
        if isinstance(self.meant, Day):
            return self.meant.day.isoformat()
        return vocabulary.written(self.meant, "en")

    def typed(self) -> str:
        if isinstance(self.meant, Day):
            return self.meant.day.strftime(formats.get_format("DATE_INPUT_FORMATS")[0])
        return vocabulary.written(self.meant)

    def said(self) -> str:
        if isinstance(self.meant, Day):
            return formats.date_format(self.meant.day, "DATE_FORMAT")
        return relative.said(self.meant)

    def equal(self, lookup: str) -> Q:
        return self.between(self, lookup)

    def differs(self, lookup: str) -> Q:
        """Return the opposite of `equal`: rows without a value differ from every date."""
        outside = self.compares("<", lookup) | self.compares(">", lookup)
        return Q(IsNull(F(lookup), True)) | outside

    def compares(self, sign: str, lookup: str) -> Q:
        first, last = self.meant.days()
        day = first if sign in ("<", ">=") else last + datetime.timedelta(days=1)
        return Q((OnOrAfter if sign[0] == ">" else Before)(F(lookup), day))

    def between(self, last: "Date", lookup: str) -> Q:
        return self.compares(">=", lookup) & last.compares("<=", lookup)

    def is_after(self, other: "Date") -> bool:
        """Say whether a range from here to `other` can never find anything."""
        if not isinstance(self.meant, Day) or not isinstance(other.meant, Day):
            return False
        return self.meant.day > other.meant.day


def _day(text: str) -> datetime.date:
    for shape in (*formats.get_format("DATE_INPUT_FORMATS"), *SHAPES):
        with suppress(ValueError):
            day = datetime.datetime.strptime(text, shape).date()
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise OverflowError
            return day
    example = datetime.date(2026, 8, 31).strftime(formats.get_format("DATE_INPUT_FORMATS")[0])
    raise ValueError(
        _("“%(text)s” is not a date. Write it like %(example)s, “today” or “-90d”.")
        % {"text": text[:50], "example": example}
    )
