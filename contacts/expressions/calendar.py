"""Days and periods that are reckoned from today."""

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# Nobody means more, and the calendar does not end before.
MOST_YEARS = 200


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def most(self) -> int:
        """The largest number of these that can be reckoned with."""
        days = {"day": 1, "week": 7}.get(self.value) or MONTHS[self.value] * 30
        return MOST_YEARS * 360 // days


@dataclass(frozen=True)
class Moved:
    """The day that is `count` units after today, or before it if negative."""

    count: int
    unit: Unit = Unit.DAY

    def days(self) -> tuple[datetime.date, datetime.date]:
        """Return the first and the last day that are meant, as of today."""
        day = moved(timezone.localdate(), self.count, self.unit)
        return day, day


@dataclass(frozen=True)
class Period:
    """A whole week, month, quarter or year: the last (-1), this (0) or the next one (1)."""

    count: int
    unit: Unit

    def days(self) -> tuple[datetime.date, datetime.date]:
        """Return the first and the last day that are meant, as of today."""
        first = moved(beginning(timezone.localdate(), self.unit), self.count, self.unit)
        return first, moved(first, 1, self.unit) - datetime.timedelta(days=1)


def moved(day: datetime.date, count: int, unit: Unit) -> datetime.date:
    """Return the day `count` units later; the last of the month where the month is shorter."""
    if unit in (Unit.DAY, Unit.WEEK):
        return day + datetime.timedelta(days=count * (7 if unit == Unit.WEEK else 1))
    months = day.year * 12 + day.month - 1 + count * MONTHS[unit]
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def beginning(day: datetime.date, unit: Unit) -> datetime.date:
    """Return the first day of the week (a Monday), month, quarter or year that `day` is in."""
    if unit == Unit.WEEK:
        return day - datetime.timedelta(days=day.weekday())
    return day.replace(day=1, month=day.month - (day.month - 1) % MONTHS[unit])
