"""Charts as shapes with places: the template draws them as SVG, the table beside says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .results import Course, Period

WIDTH, HEIGHT = 360, 190
TOP, BOTTOM, LEFT, RIGHT = 14, 24, 44, 16
# A digit of the scale is so wide at most, and has so much room beside it.
DIGIT, GAP = 6.5, 8
# So many labels stand below the columns without touching.
LABELS = 4


@dataclass(frozen=True)
class Column:
    """One column: its place, and what stands at it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    shown: str
    middle: float
    is_labelled: bool


@dataclass(frozen=True)
class ColumnChart:
    """Columns over time, `WIDTH` by `HEIGHT`. `sentence` says it without the picture."""

    name: str
    title: str | Promise
    sentence: str
    columns: list[Column]
    lines: list[tuple[float, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


MEASURES: dict[str, tuple[str | Promise, int]] = {
    "interactions": (gettext_lazy("Interactions"), 0),
    "cost": (gettext_lazy("Cost"), 2),
    "responses": (gettext_lazy("Responses"), 0),
}


def charts_of(course: Course) -> list[ColumnChart]:
    """Interactions, cost and responses over time; those without any value are left out."""
    charts = (_chart(name, course) for name in MEASURES)
    return [chart for chart in charts if chart]


def period_label(period: Period, unit: str) -> str:
    """What people call the period: "Mar 2026", "2 Mar", "2026"."""
    formats = {
        "week": pgettext("format of dates", "j M"),
        "month": pgettext("format of dates", "M Y"),
        "year": "Y",
    }
    return date_format(period.begins, formats[unit])


def _chart(name: str, course: Course) -> ColumnChart | None:
    title, decimals = MEASURES[name]
    values = [float(getattr(period, name)) for period in course.periods]
    if not any(values):
        return None
    top = _round_up(max(values))
    lines = [(_y(part * top / 2, top), _say(part * top / 2, 0)) for part in (1, 2)]
    left = max(LEFT, round(GAP + DIGIT * max(len(shown) for _y_of, shown in lines)))
    columns = list(_columns(course, values, top, decimals, left))
    sentence = _sentence(title, columns, values)
    return ColumnChart(name, title, sentence, columns, lines, left=left)


def _columns(
    course: Course, values: Sequence[float], top: float, decimals: int, left: int
) -> Iterable[Column]:
    room = (WIDTH - left - RIGHT) / len(values)
    every = -(-len(values) // LABELS)
    for i, (period, value) in enumerate(zip(course.periods, values, strict=True)):
        y = _y(value, top)
        width = min(room * 0.72, 34)
        middle = left + room * (i + 0.5)
        yield Column(
            x=round(middle - width / 2, 1),
            y=y,
            width=round(width, 1),
            height=round(HEIGHT - BOTTOM - y, 1),
            label=period_label(period, course.unit),
            shown=_say(value, decimals),
            middle=round(middle, 1),
            is_labelled=i % every == 0,
        )


def _y(value: float, top: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)


def _round_up(value: float) -> float:
    """The next number with one digit that is even or five: the lines stand at round numbers."""
    power: float = 1
    while power * 10 <= value:
        power *= 10
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value)


def _say(value: Any, decimals: int) -> str:
    whole = decimals if value != int(value) else 0
    return number_format(value, whole, use_l10n=True, force_grouping=True)


def _sentence(title: Any, columns: list[Column], values: Sequence[float]) -> str:
    best = columns[values.index(max(values))]
    words = {"title": title, "from": columns[0].label, "to": columns[-1].label}
    words |= {"best": best.label, "value": best.shown}
    return _("%(title)s from %(from)s to %(to)s; most in %(best)s: %(value)s.") % words
