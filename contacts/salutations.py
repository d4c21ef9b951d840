"""Salutations: from a formula and the parts of a name to the words at the top of a letter."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

NAME_PARTS = (
    "first_name",
    "middle_name",
    "surname",
    "initials",
    "job_title",
    "name",
    "company_name",
)
PART = re.compile(r"\{([^{}]*)\}")
# Stand for an empty part and for the value of a part while the words around them are put right.
GAP, FILLED = "\ue000", "\ue001"
# What goes with an empty part: brackets and quotation marks around it, what joined it to others,
# the white space before it. The first that there is goes first, for each makes way for the next.
AROUND_GAPS = (
    (re.compile(r"([(\[\"“‘«„»])\s*(?:\ue000\s*)+([)\]\"”’»“«])"), GAP),
    (re.compile(r"\s*[,;:/&+–—-](?:\s*\ue000)+(?=\s*(?:[,;:.!?)\]]|$))"), GAP),
    (re.compile(r"((?:^|[(\[])\s*)(?:\ue000\s*)+[,;:/&+–—-]?\s*"), r"\1"),
    (re.compile(r"(?:\s*\ue000)+\s*[/&+–—-](?=\s)"), ""),
    (re.compile(r"(?:\s*\ue000)+(?:\s+(?=[,.;:)\]]))?"), ""),
)


def unknown_parts(text: str) -> list[str]:
    """Return what stands in braces in formula `text` and is no part of a name, and lone braces."""
    unknown = [part or "{}" for part in PART.findall(text) if part not in NAME_PARTS]
    return unknown + re.findall(r"[{}]", PART.sub("", text))


def greet(text: str, parts: Mapping[str, str]) -> str:
    """Fill the formula `text` with the parts of a name.

    What an empty part leaves behind goes with it: white space, commas, dashes, brackets. So
    "Dear {first_name} {surname}," becomes "Dear Anna," when the surname is empty, and
    "{name} ({job_title})" becomes "Anna". Values stand there as they are.
    """
    names, words = _without_gaps(text)
    filled = [parts.get(name, "").strip() for name in names]
    return words % tuple(filled) if all(filled) else _greet_with_gaps(text, parts)


@lru_cache(maxsize=1000)
def _without_gaps(text: str) -> tuple[tuple[str, ...], str]:
    """The parts that a formula names, and its words with %s for each when none is empty."""
    plain = re.sub(f"[{GAP}{FILLED}]", "", text)
    words = _close_gaps(PART.sub(FILLED, plain))
    return tuple(PART.findall(plain)), words.replace("%", "%%").replace(FILLED, "%s")


def _greet_with_gaps(text: str, parts: Mapping[str, str]) -> str:
    values: list[str] = []

    def mark(match: re.Match[str]) -> str:
        value = parts.get(match[1], "").strip()
        values.extend([value] if value else [])
        return FILLED if value else GAP

    words = _close_gaps(PART.sub(mark, re.sub(f"[{GAP}{FILLED}]", "", text)))
    filled = iter(values)
    return re.sub(FILLED, lambda _match: next(filled), words)


def _close_gaps(words: str) -> str:
    """Close one after another, always by the first way there is: one may open the way for it."""
    while GAP in words:
        ways = (pattern.subn(replacement, words) for pattern, replacement in AROUND_GAPS)
        words = next(closed for closed, found in ways if found)
    return re.sub(r" {2,}", " ", words).strip()


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
