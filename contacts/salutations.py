"""Salutations: from a formula and the parts of a name to the words at the top of a letter."""

import re
from collections.abc import Iterable, Mapping

NAME_PARTS = (
    "first_name",
    "middle_name",
    "surname",
    "initials",
    "job_title",
    "name",
    "company_name",
)
PART = re.compile(r"\s*\{(\w*)\}")


def unknown_parts(text: str) -> list[str]:
    """Return what stands in braces in formula `text` and is no part of a name."""
    return [part for part in PART.findall(text) if part not in NAME_PARTS]


def greet(text: str, parts: Mapping[str, str]) -> str:
    """Fill the formula `text` with the parts of a name.

    An empty part takes the white space before it along, so that "Dear {first_name} {surname},"
    becomes "Dear Anna," when the surname is empty, never "Dear Anna ,".
    """

    def fill(match: re.Match[str]) -> str:
        value = parts.get(match[1], "")
        return match[0].replace(f"{{{match[1]}}}", value) if value else ""

    return PART.sub(fill, text).strip()


Formulas = Mapping[str, str]


def formula_key(salutation: object, language: str, type_: str) -> str:
    """Return the key of a formula in the table that letters share (text, so that JSON keeps it)."""
    return f"{salutation}/{language}/{type_}"


def find_formula(
    formulas: Formulas, salutation: object, languages: Iterable[str], type_: str
) -> str:
    """Return the text of the first language that has the formula, or "" (D11, R169)."""
    texts = (formulas.get(formula_key(salutation, language, type_), "") for language in languages)
    return next((text for text in texts if text), "")
