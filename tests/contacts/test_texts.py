"""Short texts as they are kept."""

import pytest
from django.core.exceptions import ValidationError

from contacts.texts import clean_postal_code, clean_vat_number, one_line, without_marks


def test_stray_white_space_goes():
    assert one_line("  Anna \t Marie\n") == "Anna Marie"
    assert clean_postal_code(" sw1a  1aa ") == "SW1A 1AA"


@pytest.mark.parametrize("mark", "\u202e\u2066\u200b\ufeff\x07\x1f\x85")
def test_what_cannot_be_seen_goes(mark):
    assert without_marks(f"An{mark}na") == "Anna"


def test_line_ends_tabs_and_letters_of_all_scripts_stay():
    text = "Line\r\n\tאנה, نرگس, 佳子, e\u0301, ZWJ\u200d"
    assert without_marks(text) == text


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("dk 12345678", "DK", "DK 12345678"),
        ("12 34 56 78", "DK", "12 34 56 78"),
        ("DE123456789", "DE", "DE123456789"),
        ("12/345/67890", "DE", "12/345/67890"),
        ("GB 123 4567 89", "DK", "GB 123 4567 89"),
        ("ESX1234567X", "", "ESX1234567X"),
        ("", "DK", ""),
    ],
)
def test_a_vat_number_that_may_be_right_is_kept(text, country, kept):
    assert clean_vat_number(text, country) == kept


@pytest.mark.parametrize(
    ("text", "country"), [("1234", "DK"), ("DK123456789", "DK"), ("none", ""), ("12;34", "")]
)
def test_one_that_cannot_be_right_is_refused(text, country):
    with pytest.raises(ValidationError, match="no VAT number"):
        clean_vat_number(text, country)
