"""The values that expressions are asked of."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contacts.expressions import Kind

TODAY = datetime.date(2026, 3, 31)


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


SECOND = datetime.timedelta(seconds=1)
DAYS = [
    *(TODAY + datetime.timedelta(days=days) for days in (-400, -90, -31, -7, -1, 0, 1, 6, 90)),
    *(datetime.date(2026, 1, 1), datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)),
]
VALUES: dict[str, list[Any]] = {
    Kind.TEXT: [
        *(None, "", " ", "a", "A", "ab", "AB", "Ab", "aæ", "AÆ", "Æ", "æ", "ø", "Ø", "å", "Å"),
        *("é", "É", "ß", "SS", "A%", "A_B", "A*B", "[a]", "a]", "\\A", "A\\", "A^-B", "'A'"),
        *("1", "15", "5", "A\nB", "A\n", "ABBA", "Åb", "åB", "ſ", "İ", "\x01", "a?", "-.-"),
    ],
    Kind.CODE: [
        *(None, "", "8", "80", "800", "0800", "8000", "8999", "9000", "80331", "01067", "1012 AB"),
        *("10115", "1000", "2999", "2999 ZZ", "2999ZZ", "CT1", "ct10", "CT000010", "CT10-X", "CT"),
        *("A", "a", "Æ", "æ1", "Å", "B12", "SW1A 1AA", "1", "15", "5", "a5", "A15", "ct2", "x\n"),
    ],
    Kind.NUMBER: [
        None,
        *map(Decimal, ("0", "-100", "-0.01", "0.1", "5", "5.05", "12.10", "99.99")),
    ],
    "count": [None, 0, -3, 1, 2, 5, 12, 100],
    Kind.DATE: [None, *DAYS],
    "moment": [
        None,
        *(midnight(day) + shift for day in DAYS[:-2] for shift in (-SECOND, 0 * SECOND)),
    ],
}
