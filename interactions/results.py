"""What sets of interactions came to: figures, by what they belong to, over time (D20).

Canceled and postponed interactions never count. Every function asks one query.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from .models import DeliveryState

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Results:
    """Cost in the house's currency, duration in minutes. Contacts count once, however often."""

    interactions: int
    contacts: int
    cost: Decimal
    duration: int
    sent: int
    failed: int
    targeted: int
    responded: int
    first_date: datetime.date | None = None
    last_date: datetime.date | None = None

    @property
    def response_rate(self) -> Decimal | None:
        """Contacts that responded in percent of those that were targeted, to one decimal; None
        when nobody is marked as a target."""
        if not self.targeted:
            return None
        rate = Decimal(100) * self.responded / self.targeted
        return rate.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def cost_per_response(self) -> Decimal | None:
        if not self.responded:
            return None
        return (self.cost / self.responded).quantize(CENT, ROUND_HALF_UP)

    @property
    def duration_per_response(self) -> int | None:
        """In whole minutes."""
        return round(self.duration / self.responded) if self.responded else None


@dataclass(frozen=True)
class Row:
    """The results of one template, salesperson, group, campaign or logged segment."""

    key: Any
    code: str
    name: str
    results: Results


# What interactions can be grouped by: the paths of the code and of the name.
GROUPED_BY = {
    "template": ("template__code", "template__description"),
    "group": ("group__code", "group__description"),
    "salesperson": ("salesperson__code", "salesperson__name"),
    "logged_segment": ("logged_segment__number", "logged_segment__description"),
    "campaign": ("campaign__number", "campaign__description"),
}
MOST_ROWS = 50


def results_of(entries: Any) -> Results:
    """Add up `entries`, those that count."""
    counting = entries.counting().order_by()
    return _results(counting.aggregate(**_sums(counting)))


def results_by(entries: Any, by: str) -> list[Row]:
    """Add up `entries` for each of what they are grouped `by`, most first, `MOST_ROWS` at most."""
    code, name = GROUPED_BY[by]
    counting = entries.counting().filter(**{f"{by}__isnull": False}).order_by()
    rows = counting.values(by, code, name).annotate(**_sums(counting))
    return [
        Row(row[by], row[code], row[name], _results(row))
        for row in rows.order_by("-n_interactions", code)[:MOST_ROWS]
    ]


@dataclass(frozen=True)
class Period:
    """A week, a month or a year, and what happened in it."""

    begins: datetime.date
    interactions: int
    cost: Decimal
    responses: int

    def with_more(self, more: "Period") -> "Period":
        """The same period with what else happened in it."""
        return replace(
            self,
            interactions=self.interactions + more.interactions,
            cost=self.cost + more.cost,
            responses=self.responses + more.responses,
        )


@dataclass(frozen=True)
class Course:
    """What happened period by period, without gaps. `unit` is "week", "month" or "year"."""

    unit: str
    periods: list[Period]


# The day that a period begins with. SQLite would call Python for each row to find it.
BEGINS: dict[str, Callable[[datetime.date], datetime.date]] = {
    "week": lambda day: day - datetime.timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
# So many days, and the unit is the next one.
LONGEST = (("week", 120), ("month", 800))


def course_of(entries: Any, results: Results) -> Course:
    """What happened over time; `results` are those of the same entries."""
    if not results.first_date or not results.last_date:
        return Course("month", [])
    days = (results.last_date - results.first_date).days
    unit = next((unit for unit, most in LONGEST if days <= most), "year")
    days_of = entries.counting().order_by().values("date")
    sums = days_of.annotate(
        n_interactions=Count("pk"),
        sum_cost=Sum("cost"),
        n_responses=Count("pk", filter=Q(campaign_response=True)),
    )
    found: dict[datetime.date, Period] = {}
    for row in sums.iterator():
        begins = BEGINS[unit](row["date"])
        day = Period(begins, row["n_interactions"], row["sum_cost"], row["n_responses"])
        found[begins] = found[begins].with_more(day) if begins in found else day
    return Course(unit, _without_gaps(found, unit))


def _without_gaps(found: dict[datetime.date, Period], unit: str) -> list[Period]:
    periods, day, last = [], min(found), max(found)
    while day <= last:
        periods.append(found.get(day) or Period(day, 0, Decimal(0), 0))
        day = _next(day, unit)
    return periods


def _next(day: datetime.date, unit: str) -> datetime.date:
    if unit == "week":
        return day + datetime.timedelta(days=7)
    if unit == "year":
        return day.replace(year=day.year + 1)
    return (day + datetime.timedelta(days=31)).replace(day=1)


def _sums(counting: Any) -> dict[str, Any]:
    answered = Q(campaign_response=True) | counting.answered()
    return {
        "n_interactions": Count("pk"),
        "n_contacts": Count("contact", distinct=True),
        "sum_cost": Sum("cost", default=Decimal(0)),
        "sum_duration": Sum("duration", default=0),
        "n_sent": Count("pk", filter=Q(delivery_state=DeliveryState.SENT)),
        "n_failed": Count("pk", filter=Q(delivery_state=DeliveryState.FAILED)),
        "n_targeted": Count("contact", distinct=True, filter=Q(campaign_target=True)),
        "n_responded": Count("contact", distinct=True, filter=answered),
        "min_date": Min("date"),
        "max_date": Max("date"),
    }


def _results(row: dict[str, Any]) -> Results:
    return Results(
        interactions=row["n_interactions"],
        contacts=row["n_contacts"],
        cost=Decimal(row["sum_cost"]).quantize(CENT),
        duration=row["sum_duration"],
        sent=row["n_sent"],
        failed=row["n_failed"],
        targeted=row["n_targeted"],
        responded=row["n_responded"],
        first_date=row["min_date"],
        last_date=row["max_date"],
    )
