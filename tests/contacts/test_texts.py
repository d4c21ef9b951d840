"""Short texts as they are kept."""

import pytest
from django.core.exceptions import ValidationError

from contacts.texts import clean_postal_code, clean_vat_number, one_line


def test_stray_white_space_goes():
    assert one_line("  Anna \t Marie\n") == "Anna Marie"
    assert clean_postal_code(" sw1a  1aa ") == "SW1A 1AA"


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
