"""Phone numbers: understood as people write them, kept as "+45 33 12 34 56"."""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    parse,
)

REASONS: dict[int, str | Promise] = {
    ValidationResult.TOO_SHORT: gettext_lazy("it is too short"),
    ValidationResult.TOO_LONG: gettext_lazy("it is too long"),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: gettext_lazy("the area code is missing"),
    ValidationResult.INVALID_COUNTRY_CODE: gettext_lazy("no country has this code"),
}
PARSING: dict[int, str | Promise] = {
    NumberParseException.TOO_SHORT_AFTER_IDD: REASONS[ValidationResult.TOO_SHORT],
    NumberParseException.TOO_SHORT_NSN: REASONS[ValidationResult.TOO_SHORT],
    NumberParseException.TOO_LONG: REASONS[ValidationResult.TOO_LONG],
}


def clean_phone(text: str, country: str) -> str:
    """Return the number in international form: ("33123456", "DK") -> "+45 33 12 34 56".

    `country` is the code of the contact's country, else of ours; it is what a number without a
    country code belongs to, and may be "" if neither is known. An extension is kept:
    "+45 33 12 34 56 ext. 12". Nothing stays nothing. Raises `ValidationError`, with a sentence that
    names the number, for what cannot be one.
    """
    text = " ".join(text.split())
    if not text:
        return ""
    number = _parsed(text, country)
    result = is_possible_number_with_reason(number)
    if result != ValidationResult.IS_POSSIBLE:
        raise _refusal(text, REASONS.get(result, gettext_lazy("its length is not possible")))
    return format_number(number, PhoneNumberFormat.INTERNATIONAL)


def phone_link(text: str) -> str:
    """Return what `tel:` links need: "+45 33 12 34 56" -> "tel:+45-33-12-34-56"."""
    try:
        return format_number(parse(text, None), PhoneNumberFormat.RFC3966)
    except NumberParseException:
        return "tel:" + "".join(sign for sign in text if sign.isdigit() or sign == "+")


def _parsed(text: str, country: str) -> PhoneNumber:
    try:
        return parse(text, country or None)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise _refusal(text, _unknown_country(text)) from None
        reason = PARSING.get(error.error_type, gettext_lazy("it has too few digits"))
        raise _refusal(text, reason) from None


def _unknown_country(text: str) -> str | Promise:
    if text.startswith(("+", "00")):
        return REASONS[ValidationResult.INVALID_COUNTRY_CODE]
    return gettext_lazy("write it with its country code, such as +45, or set the country")


def _refusal(text: str, reason: str | Promise) -> ValidationError:
    message = _("“%(number)s” is no phone number: %(reason)s.")
    return ValidationError(message % {"number": text, "reason": reason}, code="phone")
