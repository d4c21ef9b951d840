"""Reads the pieces of an expression, one after the other, and knows where it stands."""

import re

from django.utils.translation import gettext as _

from .error import ExpressionError
from .pattern import Piece, Wild, merged

# The longer ones first.
COMPARISONS = ("<>", "<=", ">=", "<", ">", "=")
ENDS = "|&()"
SIGNS = "|&()<>="


class Reader:
    """A text and a place in it."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def refuse(self, message: str, at: int | None = None) -> ExpressionError:
        """Return the error of the place `at`, or of where the reader stands."""
        return ExpressionError(message, (self.at if at is None else at) + 1)

    def skip_spaces(self) -> None:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1

    def takes(self, sign: str) -> bool:
        """Read `sign` if it comes next, spaces before it aside."""
        self.skip_spaces()
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) if found else 0
        return found

    def comparison(self) -> str:
        """Read a comparison if one comes next; else return ""."""
        return next((sign for sign in COMPARISONS if self.takes(sign)), "")

    def ends(self) -> bool:
        """Say whether the term is over: nothing follows, or what joins terms."""
        self.skip_spaces()
        return self.at == len(self.text) or self.text[self.at] in ENDS

    def value(self) -> tuple[Piece, ...]:
        """Read a value, in quotation marks or not, up to the sign that ends it."""
        self.skip_spaces()
        start, kept, pieces = self.at, 0, list[Piece]()
        while not self._value_is_over():
            if self.text[self.at] == "'" and (not pieces or isinstance(pieces[-1], Wild)):
                pieces += self._quoted()
                kept = len(pieces)
            else:
                pieces.append(_piece(self.text[self.at]))
                self.at += 1
        if self.at == start:
            raise self.refuse(self._what_is_missing())
        while len(pieces) > kept and str(pieces[-1]).isspace():
            pieces.pop()
        return merged(pieces)

    def _value_is_over(self) -> bool:
        rest = self.text[self.at : self.at + 2]
        return not rest or rest == ".." or rest[0] in SIGNS

    def _quoted(self) -> list[Piece]:
        start = self.at
        found = re.compile(r"'((?:[^']|'')*)'").match(self.text, start)
        if not found:
            raise self.refuse(_("The quotation mark is not closed."), start)
        self.at = found.end()
        return [_piece(character) for character in found[1].replace("''", "'")] or [""]

    def _what_is_missing(self) -> str:
        if self.at == len(self.text) or self.text[self.at] in "|&)":
            return _("A value is missing.")
        return _("A value is expected here, not “%(sign)s”.") % {"sign": self.text[self.at]}


def _piece(character: str) -> Piece:
    return {"*": Wild.ANY, "?": Wild.ONE}.get(character, character)
