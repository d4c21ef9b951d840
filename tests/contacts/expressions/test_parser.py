"""What is read, what is refused and where, and that what is written can be read again."""

import datetime

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.expressions import Expression, ExpressionError, Kind, parse

from .expressions import expressions


def refused(kind: Kind, text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as error:
        parse(kind, text)
    return error.value


def read(kind: Kind, text: str) -> Expression | ExpressionError:
    try:
        return parse(kind, text)
    except ExpressionError as error:
        return error


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("A* | B*", "A*|B*"),
        (" = Berlin ", "Berlin"),
        ("New York & <> B", "New York&<>B"),
        ("A|B&C", "A|B&C"),
        ("(A|B)&C", "(A|B)&C"),
        ("((A))|(B|C)", "A|B|C"),
        ("O'Brien", "'O''Brien'"),
        ("'a|b'", "'a|b'"),
        ("'J & V'*", "'J & V*'"),
        ("' A '", "' A '"),
        ("''", "''"),
        ("<> ''", "<>''"),
        ("anna@firma.dk", "anna@firma.dk"),
        ("@a..@c", "@a..@c"),
        ("@a..c", "@a..@c"),
        ("A**B", "A*B"),
    ],
)
def test_texts(text, canonical):
    assert parse(Kind.TEXT, text).text == canonical


@pytest.mark.parametrize(
    ("language", "text", "canonical", "typed"),
    [
        ("en", "1,234.5", "1234.5", "1234.5"),
        ("da", "1.234,5", "1234.5", "1234,5"),
        ("da", "1.234", "1234", "1234"),
        ("da", "1.5", "1.5", "1,5"),
        ("en", "1.234", "1.2340", "1.234"),
        ("da", "1,234", "1.2340", "1,234"),
        ("da", "10 .. 20,50", "10..20.5", "10..20,5"),
        ("en", "-0", "0", "0"),
    ],
)
def test_numbers(language, text, canonical, typed):
    with translation.override(language):
        expression = parse(Kind.NUMBER, text)
        assert (expression.text, expression.typed()) == (canonical, typed)


@pytest.mark.parametrize(
    ("language", "text", "canonical", "typed"),
    [
        ("en", "2026-08-01", "2026-08-01", "2026-08-01"),
        ("en", "1.8.2026", "2026-08-01", "2026-08-01"),
        ("en", "01/08/26", "2026-08-01", "2026-08-01"),
        ("da", "01-08-2026..31.8.2026", "2026-08-01..2026-08-31", "01.08.2026..31.08.2026"),
        ("da", "2026-08-01", "2026-08-01", "01.08.2026"),
        ("da", "-90d..i dag", "-90d..today", "-90d..i dag"),
        ("da", "today - 2u", "-2w", "-2u"),
        ("en", "i går", "yesterday", "yesterday"),
        ("da", "DENNE  måned|Last Year", "this month|last year", "denne måned|sidste år"),
        ("da", "forrige kvartal", "last quarter", "sidste kvartal"),
        ("en", "+0d", "today", "today"),
    ],
)
def test_dates(language, text, canonical, typed):
    with translation.override(language):
        expression = parse(Kind.DATE, text)
        assert (expression.text, expression.typed()) == (canonical, typed)


@pytest.mark.parametrize(
    ("kind", "text", "position", "message"),
    [
        (Kind.TEXT, "", 1, "A value is missing."),
        (Kind.TEXT, "A||B", 3, "A value is missing."),
        (Kind.TEXT, "A|B&", 5, "A value is missing."),
        (Kind.TEXT, "(A|B", 1, "The parenthesis is not closed."),
        (Kind.TEXT, "A|(B))", 6, "“)” cannot stand here."),
        (Kind.TEXT, "Hansen (Berlin)", 8, "“(” cannot stand here."),
        (Kind.TEXT, "A|'x", 3, "The quotation mark is not closed."),
        (Kind.TEXT, "C..A", 4, "“A” comes before “C”."),
        (Kind.TEXT, ">A*", 2, "* and ? cannot stand in a range"),
        (Kind.TEXT, "''..B", 1, "Blank ('') can only"),
        (Kind.TEXT, "A\0B", 2, "This character cannot be used."),
        (Kind.TEXT, "A\ud800", 2, "This character cannot be used."),
        (Kind.TEXT, "x" * 1001, 1001, "at most 1000 characters"),
        (Kind.TEXT, "|".join("x" * 101), 201, "at most 100"),
        (Kind.TEXT, "(" * 9 + "A" + ")" * 9, 9, "at most 8"),
        (Kind.TEXT, ".." + "x" * 51, 3, "at most 50 characters"),
        (Kind.CODE, "CT10..CT9", 7, "“CT9” comes before “CT10”."),
        (Kind.NUMBER, "5|ten", 3, "“ten” is not a number. Write it like 1,234.5."),
        (Kind.NUMBER, "1..2*", 4, "* and ? can only be used for texts."),
        (Kind.NUMBER, "@5", 1, "@ can only be used for texts."),
        (Kind.NUMBER, "9" * 400, 1, "is too long: at most 11 digits"),
        (Kind.NUMBER, "1,5", 1, "is not a number"),
        (Kind.DATE, "1.8.2026..32.8.2026", 11, "“32.8.2026” is not a date."),
        (Kind.DATE, "2026-08-31..2026-08-01", 13, "comes before"),
        (Kind.DATE, "-99999y", 1, "“-99999y” is too far away."),
        (Kind.DATE, "today|0001-01-01", 7, "“0001-01-01” is too far away."),
        (Kind.DATE, "today-x", 1, "is not a date"),
    ],
)
def test_refusals(kind, text, position, message):
    error = refused(kind, text)
    assert message in str(error)
    assert error.position == position


def test_a_range_of_days_from_today_may_be_empty_some_day():
    parse(Kind.DATE, "2026-08-01..today")


@given(kind=st.sampled_from(Kind), text=st.text(max_size=60))
@example(kind=Kind.TEXT, text="(" * 900)
@example(kind=Kind.DATE, text="-" + "9" * 900 + "d")
@example(kind=Kind.DATE, text="²-1d")
@example(kind=Kind.NUMBER, text="٣")
def test_whatever_is_typed_is_read_or_refused_at_a_place(kind, text):
    check_read(kind, text)


def check_read(kind: Kind, text: str) -> None:
    result = read(kind, text)
    if isinstance(result, ExpressionError):
        assert 1 <= result.position <= len(text) + 1
        assert result.message
    else:
        assert parse(kind, result.text) == result
        assert result.say("City")


SIGNS = st.sampled_from([*"|&()<>='*?@. -+1d5A,", "..", "''", "today", "this month", "æ"])


@given(kind=st.sampled_from(Kind), signs=st.lists(SIGNS, max_size=12))
def test_whatever_is_made_of_the_signs_is_read_or_refused(kind, signs):
    check_read(kind, "".join(signs))


@pytest.mark.parametrize("language", ["en", "da"])
@given(data=st.data(), kind=st.sampled_from(Kind))
def test_what_is_written_is_read_again(language, data, kind):
    text = data.draw(expressions(kind))
    with translation.override(language):
        expression = parse(kind, text)
        assert parse(kind, expression.typed()) == expression
    for other in ("en", "da"):
        with translation.override(other):
            assert parse(kind, expression.text) == expression
            assert expression.say("X")


def test_a_date_in_danish_is_written_as_danes_do():
    with translation.override("da"):
        day = datetime.date(2026, 12, 24)
        assert parse(Kind.DATE, day.isoformat()).typed() == "24.12.2026"
