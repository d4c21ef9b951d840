"""Fields in a finished letter that nobody filled."""

import pytest

from interactions.letters.unfilled import unfilled_fields

from . import documents
from .documents import letter
from .word_documents import word_letter


def test_a_letter_that_is_filled_has_none():
    assert unfilled_fields(letter("Dear Anna {smiles},", "100 % {off}")) == []


def test_fields_of_ours_are_told_as_they_stand_each_once():
    data = letter("Dear {{ contact.name }}, {{contact.name}}", "{%p if x %}", "{{ contact.name }}")
    assert unfilled_fields(data) == ["{{ contact.name }}", "{{contact.name}}", "{%p if x %}"]


def test_fields_of_word_are_told_too_and_its_page_numbers_are_not():
    data = word_letter("Dear {MERGEFIELD First_Name \\* Upper}", "{ADDRESSBLOCK}", "{PAGE}", cuts=3)
    assert unfilled_fields(data) == ["MERGEFIELD First_Name \\* Upper", "ADDRESSBLOCK"]


@pytest.mark.parametrize("build", [documents.with_text_box, documents.with_headers_and_pictures])
def test_wherever_they_stand(build):
    assert unfilled_fields(build())
