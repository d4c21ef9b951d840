"""The guide to the language: all of its examples can be typed, and its grammar is the code's."""

import re
from pathlib import Path

import pytest

import contacts.expressions
from contacts.expressions import Kind, parse

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "filter-language.md"
HEADINGS = {
    "Texts": Kind.TEXT,
    "Codes": Kind.CODE,
    "Numbers": Kind.NUMBER,
    "Dates": Kind.DATE,
}


def examples() -> list[tuple[Kind, str]]:
    found = []
    for section in GUIDE.read_text().split("\n## ")[1:]:
        heading, _newline, text = section.partition("\n")
        rows = re.findall(r"^\| `(.+?)` \|", text, re.MULTILINE)
        if heading in HEADINGS:
            found += [(HEADINGS[heading], row.replace("\\|", "|")) for row in rows]
    return found


def test_each_kind_has_examples():
    assert {kind for kind, _text in examples()} == set(Kind)
    assert len(examples()) > 45


@pytest.mark.parametrize(("kind", "text"), examples())
def test_each_example_is_read(kind, text):
    assert parse(kind, text).words()


def test_the_grammar_is_that_of_the_code():
    written = re.search(r"```\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    code = re.findall(r"^    (\w+ += .*)$", contacts.expressions.__doc__ or "", re.MULTILINE)
    assert written
    assert written[1].splitlines() == code
