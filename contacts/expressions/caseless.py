"""The order of texts in any case, the same on every database.

Neither database has an order that ignores the case of æ as well as that of a, so the comparison is
spelt out as a regular expression: a text comes after "CA" if its first letter comes after C, or is
C and its second comes after A, or if it begins with CA and goes on.
"""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import F, Q
from django.db.models.lookups import Regex

from .pattern import regex, small_letters, upper

LAST = 0x10FFFF


def caseless(sign: str, text: str, lookup: str) -> Q:
    """Return the texts that come before or after `text` (`<`, `<=`, `>`, `>=`), blank aside."""
    text = upper(text)
    ways = _after(text) if sign[0] == ">" else _before(text)
    if sign.endswith("="):
        ways.append(_exactly(text) + ("" if sign[0] == ">" else r"\Z"))
    elif sign == ">":
        ways.append(_exactly(text) + _class([(1, LAST)]))
    return Q(Regex(F(lookup), f"^(?:{'|'.join(ways)})"))


def _after(text: str) -> list[str]:
    return [_exactly(text[:at]) + _class(letters_after(c)) for at, c in enumerate(text)]


def _before(text: str) -> list[str]:
    shorter = [_exactly(text[:at]) + r"\Z" for at in range(1, len(text))]
    lower = [(text[:at], letters_before(c)) for at, c in enumerate(text)]
    return shorter + [_exactly(start) + _class(ranges) for start, ranges in lower if ranges]


def _exactly(text: str) -> str:
    return regex((text,), ignore_case=True) if text else ""


def _class(ranges: list[tuple[int, int]]) -> str:
    return "[{}]".format("".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges))


@lru_cache(maxsize=1000)
def letters_after(letter: str) -> list[tuple[int, int]]:
    """Return the ranges of characters that come after the capital `letter` in any case."""
    here = ord(letter)
    return _ranges(here + 1, LAST, lambda capital: capital > here)


@lru_cache(maxsize=1000)
def letters_before(letter: str) -> list[tuple[int, int]]:
    """Return the ranges of characters that come before the capital `letter` in any case."""
    here = ord(letter)
    return _ranges(1, here - 1, lambda capital: capital < here)


def _ranges(first: int, last: int, wanted: Callable[[int], bool]) -> list[tuple[int, int]]:
    """Correct a range by the small letters, which stand where their capitals stand."""
    ranges: list[tuple[int, int]] = []
    for small, capital in small_letters().items():
        code, belongs = ord(small), wanted(ord(capital))
        if first <= code <= last and not belongs:
            ranges.append((first, code - 1))
            first = code + 1
        elif belongs and not first <= code <= last:
            ranges.append((code, code))
    return _joined(sorted([*ranges, (first, last)]))


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in ranges:
        if first > last:
            continue
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
