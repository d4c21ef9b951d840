"""A template offers paragraphs; a letter has those that were chosen."""

import pytest

from interactions.letters.check import DocumentError, check_template
from interactions.letters.choices import CHOSEN, chosen_fields, in_words
from interactions.letters.engine import LetterTemplate
from interactions.letters.fields import example_fields, merge_fields
from interactions.letters.report import report_lines, template_report

from . import documents
from .cast import TO_ANNA, shared

ANNA = example_fields()
OFFER = documents.letter(
    "{%p if choice.summer_offer %}",
    "An offer",
    "{%p endif %}",
    '{%p if choice["Lunch & more"] or choice.summer_offer %}'.replace("& ", ""),
    "Lunch",
    "{%p endif %}",
    "{% if choice.opening_hours|default(true) %}Open at eight{% endif %}",
)


def words(choices: str | None) -> str:
    template = LetterTemplate.load(OFFER)
    return documents.words(template.render({**ANNA, **chosen_fields(choices)}))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (None, ["Open at eight"]),
        ("", []),
        ("summer_offer", ["An offer", "Lunch"]),
        ("Lunch more\nopening_hours", ["Lunch", "Open at eight"]),
        ("what is not offered", []),
    ],
)
def test_a_letter_has_what_was_chosen(choices, expected):
    text = words(choices)
    assert [word for word in ("An offer", "Lunch", "Open at eight") if word in text] == expected


def test_what_is_offered_is_known_and_told():
    template = check_template(OFFER)
    assert template.choices == {
        "summer_offer": False,
        "Lunch more": False,
        "opening_hours": True,
    }
    assert template.fields == frozenset()
    told = "\n".join(report_lines(template_report(template)))
    assert "“Summer offer”, in letters where it is ticked" in told
    assert "“Opening hours”, in letters unless it is taken away" in told


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ('{% if choice["<b>"] %}x{% endif %}', "letters, digits and spaces"),
        ("{% if choice.a.b %}x{% endif %}", "may not be asked for"),
        ("{% if choice.a|default(true, true) %}x{% endif %}", "default(true) or default(false)"),
        ('{% if choice.a|default("x" ~ "y") %}x{% endif %}', "default(true) or default(false)"),
        ("{{ choice }}", "is not a field"),
        ("{{ _chosen.a }}", "is not a field"),
        ("{% if choice.a %}{{ contact.nmae }}{% endif %}", "Did you mean"),
        ("{% if choice.a %}{{ contact.name + 1 }}{% endif %}", "cannot be merged"),
    ],
)
def test_what_cannot_be_a_choice_is_refused(tag, reason):
    with pytest.raises(DocumentError) as refusal:
        check_template(documents.letter(tag))
    assert reason in str(refusal.value)


def test_the_choices_of_a_line_are_fields_of_its_letter():
    assert CHOSEN not in merge_fields(TO_ANNA, shared())
    assert chosen_fields("a\nb c") == {CHOSEN: {"a": "yes", "b c": "yes"}}


def test_names_are_read_as_words():
    assert in_words("summer_offer") == "Summer offer"
    assert in_words("ÅRSMØDE 2026") == "ÅRSMØDE 2026"
