"""Short texts as they are kept: without stray white space, and what cannot be right refused."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What cannot be seen and makes a text read otherwise than it is written: direction marks, spaces
# without width, control characters. NUL is left for forms to refuse; a tab and line ends are space.
MARKS = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
VAT_SIGNS = re.compile(r"[0-9A-Z .\-/+*&]+")
# How many digits follow the country's code in a VAT number.
VAT_DIGITS = {"DE": 9, "DK": 8, "EE": 9, "FI": 8, "LU": 8, "PL": 10, "PT": 9}


def without_marks(text: str) -> str:
    """Return `text` without what cannot be seen in it. Every text from a form or file passes."""
    return MARKS.sub("", text)


def one_line(text: str) -> str:
    """Return `text` without white space around it and with single spaces in it."""
    return " ".join(text.split())


def clean_postal_code(text: str) -> str:
    """Return the postal code in capitals and with single spaces: " sw1a  1aa" -> "SW1A 1AA"."""
    return one_line(text).upper()


def clean_vat_number(text: str, country: str) -> str:
    """Return the VAT number in capitals and with single spaces.

    Checked mildly: letters, digits and a little punctuation, with as many digits as numbers of
    `country` (of the contact, "" if unknown) have, where that is certain. Raises `ValidationError`.
    """
    number = one_line(text).upper()
    if not number:
        return ""
    digits = re.sub(r"\D", "", number)
    if not VAT_SIGNS.fullmatch(number) or len(digits) < 2:
        raise ValidationError(_("“%(number)s” is no VAT number.") % {"number": text})
    # A Danish number is known by its digits alone; elsewhere other numbers look alike.
    is_certain = number.startswith(country or "-") or (country == "DK" and number[0].isdigit())
    needed = VAT_DIGITS.get(country) if is_certain else None
    if needed and len(digits) != needed:
        message = _(
            "“%(number)s” is no VAT number: it has %(digits)s digits instead of %(needed)s."
        )
        raise ValidationError(message % {"number": text, "digits": len(digits), "needed": needed})
    return number
