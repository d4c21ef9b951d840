"""Patterns: texts with wildcards, equal on every database whatever its collation."""

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Any

from django.db.models import F, Lookup


class Wild(Enum):
    """What stands for other characters: any number of them, exactly one, one digit, one other."""

    ANY = "*"
    ONE = "?"
    DIGIT = "[0-9]"
    NO_DIGIT = "[^0-9]"


# No letter with two cases comes after this one.
LAST_CASED = 0x1E943

type Piece = str | Wild
type Pieces = tuple[Piece, ...]


def merged(pieces: Iterable[Piece]) -> Pieces:
    """Join neighbouring texts, and drop what repeats "any number of characters"."""
    result: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece and not (piece is Wild.ANY and result[-1:] == [Wild.ANY]):
            result.append(piece)
    return tuple(result)


def upper(text: str) -> str:
    """Return `text` in capital letters, each letter remaining one letter: "straße" -> "STRAßE"."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


@lru_cache(maxsize=1)
def small_letters() -> dict[str, str]:
    """Return all letters that are not their own capital, with their capital."""
    letters = map(chr, range(1, LAST_CASED + 1))
    return {letter: upper(letter) for letter in letters if upper(letter) != letter}


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    variants: dict[str, str] = {}
    for small, capital in small_letters().items():
        variants[capital] = variants.get(capital, capital) + small
    return variants


def cases(character: str) -> str:
    """Return the character in all cases: "æ" -> "Ææ"; one without case stays alone."""
    capital = upper(character)
    return _variants().get(capital, capital)


class Matches(Lookup[bool]):
    """Whether the whole of a text column matches any of `patterns`."""

    prepare_rhs = False
    lookup_name = "matches"

    def __init__(self, column: F, *patterns: Pieces, ignore_case: bool) -> None:
        self.patterns, self.ignore_case = patterns, ignore_case
        super().__init__(column, (patterns, ignore_case))

    # Lists of characters instead of LIKE: LIKE ignores the case of some letters on SQLite, of
    # none on PostgreSQL, and what UPPER does depends on the database.

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        globs = [glob(pieces, self.ignore_case) for pieces in self.patterns]
        return self._any_of("GLOB", globs, compiler, connection)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        wilds = {piece for pieces in self.patterns for piece in pieces if isinstance(piece, Wild)}
        if self.ignore_case or wilds - {Wild.ANY, Wild.ONE}:
            parts = [regex(pieces, self.ignore_case) for pieces in self.patterns]
            return self._any_of("~", [f"^(?:{'|'.join(parts)})$"], compiler, connection)
        return self._any_of("LIKE", list(map(like, self.patterns)), compiler, connection)

    def _any_of(self, sign: str, patterns: list[str], compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        each = [(*parameters, pattern) for pattern in patterns]
        sql = " OR ".join([f"{column} {sign} %s"] * len(each))
        return (f"({sql})" if len(each) > 1 else sql), [x for some in each for x in some]


def glob(pieces: Pieces, ignore_case: bool) -> str:
    """Return `pieces` as SQLite's GLOB reads them."""
    return "".join(
        piece.value if isinstance(piece, Wild) else _in_glob(piece, ignore_case) for piece in pieces
    )


def _in_glob(text: str, ignore_case: bool) -> str:
    letters = [cases(c) if ignore_case else c for c in text]
    return "".join(f"[{c}]" if len(c) > 1 or c in "*?[" else c for c in letters)


def like(pieces: Pieces) -> str:
    """Return `pieces` as PostgreSQL's LIKE reads them."""
    signs = {Wild.ANY: "%", Wild.ONE: "_"}
    return "".join(
        signs[piece] if isinstance(piece, Wild) else re.sub(r"([\\%_])", r"\\\1", piece)
        for piece in pieces
    )


def regex(pieces: Pieces, ignore_case: bool) -> str:
    """Return `pieces` as PostgreSQL's regular expressions read them."""
    signs = {Wild.ANY: ".*", Wild.ONE: "."}
    parts = [
        signs.get(piece, piece.value) if isinstance(piece, Wild) else _in_regex(piece, ignore_case)
        for piece in pieces
    ]
    return "".join(parts)


def _in_regex(text: str, ignore_case: bool) -> str:
    letters = [cases(c) if ignore_case else c for c in text]
    return "".join(f"[{c}]" if len(c) > 1 else _escaped(c) for c in letters)


def _escaped(character: str) -> str:
    special = character.isascii() and not character.isalnum()
    return f"\\{character}" if special else character
