"""Expressions in words."""

import pytest
from django.utils import translation

from contacts.expressions import Kind, parse


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (Kind.TEXT, "A*|Berlin", "begins with “A” or is “Berlin”"),
        (Kind.TEXT, "Berlin|Bonn|Köln", "is “Berlin”, “Bonn” or “Köln”"),
        (Kind.TEXT, "<>*x*&<>''", "does not contain “x” and is not blank"),
        (Kind.TEXT, "(A|B)&<>@c*", "(is “A” or “B”) and does not begin with “c” in any case"),
        (Kind.TEXT, "A|B&C", "is “A” or (is “B” and is “C”)"),
        (Kind.TEXT, "*x|H?ns", "ends with “x” or is like “H?ns”"),
        (Kind.TEXT, "''", "is blank"),
        (Kind.TEXT, "A..C", "is between “A” and “C”"),
        (Kind.TEXT, ">A", "comes after “A”"),
        (Kind.CODE, "8000|9*", "is “8000” or begins with “9”"),
        (Kind.CODE, "9000..|<100", "is “9000” or higher or is lower than “100”"),
        (Kind.NUMBER, ">=5&<10000.5", "is at least 5 and is less than 10,000.5"),
        (Kind.NUMBER, "..5|>9", "is at most 5 or is more than 9"),
        (Kind.DATE, "1.8.2026..31.8.2026", "is between 1 August 2026 and 31 August 2026"),
        (Kind.DATE, "-90d..today", "is in the last 90 days"),
        (Kind.DATE, "today..+1y", "is in the next 1 year"),
        (Kind.DATE, "<-1m", "is more than 1 month ago"),
        (Kind.DATE, "-2w..", "is 2 weeks ago or later"),
        (Kind.DATE, "last month|yesterday", "is last month or yesterday"),
        (Kind.DATE, "<>this year", "is not this year"),
        (Kind.DATE, "..2026-12-31", "is 31 December 2026 or earlier"),
    ],
)
def test_words(kind, text, words):
    assert parse(kind, text).words() == words


def test_a_clause_has_its_subject_before_it():
    assert parse(Kind.TEXT, "A*").say("city") == "city begins with “A”"


def test_dates_are_said_in_the_language_of_the_page():
    with translation.override("da"):
        assert "24. december 2026" in parse(Kind.DATE, "2026-12-24").words()
        assert "1.234,5" in parse(Kind.NUMBER, "1234,5").words()
