"""Numbers on a list of letters, as a person writes them: 214-230, 245."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from contacts.errors import Refused

MOST_DIGITS = 9
Ranges = tuple[tuple[int, int], ...]


def is_among(numbers: Ranges, number: int) -> bool:
    """Whether the ranges hold the number; no ranges hold all."""
    return not numbers or any(start <= number <= end for start, end in numbers)


def read_ranges(text: str) -> Ranges:
    """Read "214-230, 245" as numbers on the list. Raises `Refused` with what it cannot read."""
    pieces = [piece.strip() for piece in text.replace(";", ",").split(",")]
    return tuple(_range(piece) for piece in pieces if piece)


def in_words(numbers: Iterable[Sequence[int]]) -> str:
    """Write ranges as a person would: 214-230, 245."""
    return ", ".join(f"{start}" if start == end else f"{start}-{end}" for start, end in numbers)


def _range(piece: str) -> tuple[int, int]:
    start, dash, end = (part.strip() for part in piece.replace("–", "-").partition("-"))
    ends = (start, end if dash else start)
    if not all(_is_number(each) for each in ends) or int(ends[0]) > int(ends[1]):
        message = _("“%(piece)s” is no range of numbers. Write it like this: 214-230, 245.")
        raise Refused(message % {"piece": piece})
    return int(ends[0]), int(ends[1])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS and int(text) > 0
