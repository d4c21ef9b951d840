"""What expressions find, on the database at hand, compared with the same said in Python."""

import datetime
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.expressions import Expression, Kind, parse

from .expressions import expressions
from .model import meets
from .values import TODAY, VALUES

SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@pytest.fixture
def _on_the_last_of_march(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def found(samples: Any, expression: Expression, column: str) -> list[Any]:
    rows = samples.filter(of_column(column)).filter(expression.q(column))
    return sorted(rows.values_list(column, flat=True), key=order)


def order(value: Any) -> tuple[bool, Any]:
    return value is not None, "" if value is None else value


def of_column(column: str) -> Q:
    """Each row has one column filled, and the one without any belongs to all of them."""
    others = ("text", "code", "number", "count", "date", "moment")
    return Q(**{f"{name}__isnull": True for name in others if name != column})


def expected(expression: Expression, column: str) -> list[Any]:
    values = [value for value in VALUES[column] if value is not None]
    nulls = [None] * len(VALUES) if meets(expression.node, None) else []
    return sorted([v for v in values if meets(expression.node, v)] + nulls, key=order)


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (Kind.TEXT, "text"),
        (Kind.CODE, "code"),
        (Kind.NUMBER, "number"),
        (Kind.NUMBER, "count"),
        (Kind.DATE, "date"),
        (Kind.DATE, "moment"),
    ],
)
@pytest.mark.usefixtures("_on_the_last_of_march")
@SHARED
@given(data=st.data())
def test_an_expression_finds_what_it_means(samples, kind, column, data):
    expression = parse(kind, data.draw(expressions(kind)))
    assert found(samples, expression, column) == expected(expression, column)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Æ", {"Æ"}),
        ("@æ", {"Æ", "æ"}),
        ("a*", {"a", "ab", "aæ", "a]", "a?"}),
        ("@a?", {"ab", "AB", "Ab", "aæ", "AÆ", "A%", "a]", "A\\", "A\n", "a?"}),
        ("*%", {"A%"}),
        ("*_*", {"A_B"}),
        ("'*[*'", {"[a]"}),
        ("*\\*", {"\\A", "A\\"}),
        ("@å..ø", {"å", "Å", "Åb", "åB", "Æ", "æ", "ø", "Ø", "É", "é"}),
        ("A..AB", {"A", "AB", "A%", "A*B", "A\nB", "A\n"}),
        ("''", {"", None}),
        ("*", set(VALUES[Kind.TEXT])),
        ("<>*", set()),
        ("<>@*", set()),
        ("''''", set()),
        ("'''A'''", {"'A'"}),
    ],
)
def test_texts(samples, text, values):
    assert set(found(samples, parse(Kind.TEXT, text), "text")) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8..8999", {"8", "80", "800", "0800", "8000", "8999", "1012 AB", "1000", "2999"}
            | {"2999 ZZ", "2999ZZ", "15"}),
        ("1000..2999", {"1000", "1012 AB", "2999", "2999 ZZ", "2999ZZ"}),
        ("10000..", {"80331", "10115"}),
        ("ct2..CT10", {"ct2", "ct10", "CT10-X"}),
        ("ct000010", {"CT000010"}),
        (">ct10", {"CT000010"}),
        ("<5", {"1"}),
        ("sw*", {"SW1A 1AA"}),
        ("A..B", {"A", "a", "a5", "A15"}),
    ],
)  # fmt: skip
def test_codes(samples, text, values):
    assert set(found(samples, parse(Kind.CODE, text), "code")) == values


def test_what_is_not_blank_differs_and_so_does_blank(samples):
    rows = found(samples, parse(Kind.TEXT, "<>A*"), "text")
    assert "" in rows
    assert None in rows
    assert "AB" not in rows
    assert None not in found(samples, parse(Kind.NUMBER, "<>5&<>''"), "number")


def test_a_decimal_is_compared_exactly(samples):
    assert found(samples, parse(Kind.NUMBER, ">=5.051"), "number") != found(
        samples, parse(Kind.NUMBER, ">=5.05"), "number"
    )
    assert found(samples, parse(Kind.NUMBER, "1.5"), "count") == []


def test_a_day_of_a_point_in_time_is_that_of_the_user(samples):
    midnight = timezone.make_aware(datetime.datetime(2026, 7, 1))
    samples.bulk_create(
        samples.model(moment=midnight + datetime.timedelta(seconds=s)) for s in (-1, 0)
    )
    assert found(samples, parse(Kind.DATE, "1.7.2026"), "moment") == [
        midnight.astimezone(datetime.UTC)
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.TEXT, "|".join(f"@*{n}a*b?{n}*" for n in range(77))),
        (Kind.TEXT, "|".join(f"@{n:x<20}..@y" for n in range(36))),
        (Kind.TEXT, "&".join(["@" + "*a" * 9] * 50)),
        (Kind.CODE, "|".join(f"..{'9' * 20}" for n in range(43))),
        (Kind.CODE, "|".join(f"..X{'9' * 4}&A*" for n in range(50))),
        (Kind.TEXT, "(A|B&" * 8 + "C" + ")" * 8),
        (Kind.CODE, "(A|..9&" * 8 + "1..5" + ")" * 8),
        (Kind.NUMBER, "|".join(f"<>{n}" for n in range(100))),
        (Kind.DATE, "|".join(["<>this week"] * 50)),
        (Kind.DATE, "-200y..+200y|2999-12-31|1800-01-01"),
        (Kind.NUMBER, "99999999999.9999|-99999999999"),
    ],
)  # fmt: skip
def test_the_longest_expressions_can_be_asked(samples, kind, text):
    assert list(samples.filter(pk__in=samples.filter(parse(kind, text).q(kind.value)))) is not None
