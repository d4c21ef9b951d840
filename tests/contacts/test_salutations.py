"""Salutations read well, whatever of the name is missing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.salutations import NAME_PARTS, greet, unknown_parts

EMPTY = dict.fromkeys(NAME_PARTS, "")
ANNA = EMPTY | {"first_name": "Anna"}


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("Dear {first_name} {surname},", "Dear Anna,"),
        ("Dear {first_name} {middle_name} {surname},", "Dear Anna,"),
        ("Dear {job_title} {first_name},", "Dear Anna,"),
        ("Dear {surname},", "Dear,"),
        ("Dear {surname} ,", "Dear,"),
        ("{surname}, welcome", "welcome"),
        ("{surname} {middle_name}", ""),
        ("Dear {first_name}, {job_title},", "Dear Anna,"),
        ("Dear {first_name}, {job_title}", "Dear Anna"),
        ("Dear {first_name} – {job_title},", "Dear Anna,"),
        ("Dear {job_title} – {first_name},", "Dear Anna,"),
        ("Dear {first_name} & {surname}!", "Dear Anna!"),
        ("Dear {first_name} ({job_title}),", "Dear Anna,"),
        ("Dear {first_name} (at {company_name}),", "Dear Anna (at),"),
        ("Dear {first_name} “{initials}” {surname},", "Dear Anna,"),
        ("Hello {surname}, welcome {first_name}", "Hello, welcome Anna"),
        ("{surname} ({job_title}, {initials})", ""),
        ("{first_name} ({job_title}, {initials}),", "Anna,"),
        ("Bonjour {first_name} !", "Bonjour Anna !"),
        ("Kære\u00a0{first_name}", "Kære\u00a0Anna"),
    ],
)
def test_an_empty_part_leaves_nothing_behind(formula, words):
    assert greet(formula, ANNA) == words


def test_a_value_is_taken_as_it_is():
    odd = EMPTY | {"name": "{surname} (, )  \\1 \ue000", "surname": "  "}
    assert greet("Dear {name} {surname},", odd) == "Dear {surname} (, )  \\1 \ue000,"


values = st.text(st.characters(categories=["Lu", "Ll"]), max_size=8)
names = st.fixed_dictionaries(dict.fromkeys(NAME_PARTS, values))
part = st.sampled_from(NAME_PARTS).map("{{{}}}".format)
joined = st.lists(part, min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from((" ", ", ", " – ", " & ", " / ")).map(lambda by: by.join(parts))
)
bracketed = st.builds("{} ({})".format, part, joined)
formulas = st.builds(
    "{}{}{}".format,
    st.sampled_from(("", "Dear ", "Kære ", "Sehr geehrte Frau ")),
    joined | bracketed,
    st.sampled_from(("", ",", "!", ":", ", welcome.")),
)
UGLY = re.compile(r"\s[,.;:!)]|,\s*,|\(\s*\)|\(\s*,|  |^[\s,;&/–)]|\s$|[&/–]\s*[,:!]|[&/–]$")


@given(formulas, names)
def test_no_gap_shows_whatever_is_missing(formula, parts):
    words = greet(formula, parts)
    assert not UGLY.search(words), words
    for part in re.findall(r"{(\w+)}", formula):
        assert parts[part] in words


@given(formulas, st.fixed_dictionaries(dict.fromkeys(NAME_PARTS, values.filter(bool))))
def test_a_whole_name_changes_nothing_of_the_formula(formula, parts):
    assert greet(formula, parts) == formula.format(**parts)


@given(st.text(max_size=60), names)
def test_any_text_is_a_formula(text, parts):
    assert isinstance(greet(text, parts), str)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Dear {first_name} {surname},", []),
        ("Dear {firstname},", ["firstname"]),
        ("Dear {first name},", ["first name"]),
        ("Dear {first_name,", ["{"]),
        ("Dear {},", ["{}"]),
    ],
)
def test_what_no_name_has_is_told(text, unknown):
    assert unknown_parts(text) == unknown
