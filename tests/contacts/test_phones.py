"""Phone numbers as people write them, and as they are kept."""

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from contacts.phones import clean_phone, phone_link


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("33123456", "DK", "+45 33 12 34 56"),
        (" 33 12  34 56 ", "DK", "+45 33 12 34 56"),
        ("0045 33123456", "DK", "+45 33 12 34 56"),
        ("+4533123456", "", "+45 33 12 34 56"),
        ("040-628 04 12", "SE", "+46 40 628 04 12"),
        ("020 7946 0123", "GB", "+44 20 7946 0123"),
        ("33 12 34 56 lok. 12", "DK", None),
        ("33 12 34 56 ext. 12", "DK", "+45 33 12 34 56 ext. 12"),
        ("33 12 34 56 x12", "DK", "+45 33 12 34 56 ext. 12"),
        ("(030) 23125-123", "DE", "+49 30 23125123"),
        ("", "DK", ""),
        ("   ", "", ""),
    ],
)
def test_a_number_is_kept_in_one_form(text, country, kept):
    if kept is None:
        with pytest.raises(ValidationError):
            clean_phone(text, country)
    else:
        assert clean_phone(text, country) == kept


@pytest.mark.parametrize(
    ("text", "country", "why"),
    [
        ("123", "DK", "“123” is no phone number: it is too short."),
        ("3312345678901234", "DK", "it is too long"),
        ("33123456", "", "write it with its country code"),
        ("33123456", "XX", "write it with its country code"),
        ("+999 33123456", "DK", "no country has this code"),
        ("call me", "DK", "it has too few digits"),
        ("+45", "DK", "“+45” is no phone number"),
    ],
)
def test_what_cannot_be_a_number_is_refused_with_the_reason(text, country, why):
    with pytest.raises(ValidationError) as refused:
        clean_phone(text, country)
    assert why in refused.value.message


@given(region=st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_what_is_kept_is_kept_unchanged_the_next_time(region):
    example = phonenumbers.example_number(region)
    assert example is not None
    plain = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
    kept = clean_phone(plain, region)
    assert clean_phone(kept, "") == clean_phone(kept, "DK") == kept
    assert phonenumbers.parse(kept, None).country_code == example.country_code


@given(text=st.text(max_size=30), country=st.sampled_from(["", "DK", "US", "ZZ"]))
def test_any_text_is_a_number_or_refused(text, country):
    try:
        kept = clean_phone(text, country)
    except ValidationError:
        return
    assert kept == "" or kept.startswith("+")
    assert len(kept) <= 40


def test_a_link_dials():
    assert phone_link("+45 33 12 34 56") == "tel:+45-33-12-34-56"
    assert phone_link("+45 33 12 34 56 ext. 12") == "tel:+45-33-12-34-56;ext=12"
    assert phone_link("33 12 34 56") == "tel:33123456"
