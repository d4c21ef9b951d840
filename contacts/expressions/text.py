"""Texts and codes in an expression: how they are compared, written and said."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import CharField, F, Q, Value
from django.db.models.expressions import NegatedExpression
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
)
from django.utils.translation import gettext as _

from contacts.ordering import ByteOrder

from .caseless import caseless
from .numbered import Numbered
from .pattern import Matches, Pieces, Wild, cases, upper

LOOKUPS = {
    ">": GreaterThan,
    ">=": GreaterThanOrEqual,
    "<": LessThan,
    "<=": LessThanOrEqual,
}
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


@dataclass(frozen=True)
class Text:
    """A text, perhaps with wildcards. `@` before it ignores case."""

    pieces: Pieces
    ignore_case: bool = False
    # What must stand in quotation marks.
    SPECIAL: ClassVar = re.compile(r"[|&()<>=']|\.\.|^[@\s.]|[\s.]$")

    @property
    def has_wildcards(self) -> bool:
        return any(isinstance(piece, Wild) for piece in self.pieces)

    @property
    def plain(self) -> str:
        """The text, its wildcards written as they are typed."""
        return "".join(str(getattr(piece, "value", piece)) for piece in self.pieces)

    def text(self) -> str:
        """Return the value as the parser reads it back, in any language."""
        plain = self.plain
        if self.SPECIAL.search(plain):
            plain = "'{}'".format(plain.replace("'", "''"))
        return f"{self.sign}{plain}"

    typed = text

    @property
    def sign(self) -> str:
        return "@" if self.ignore_case else ""

    def equal(self, lookup: str) -> Q:
        """Return the condition that the column is this text."""
        return EVERYTHING if self.pieces == (Wild.ANY,) else Q(self._is(lookup))

    def differs(self, lookup: str) -> Q:
        """Return the opposite of `equal`: rows without a value differ from every text."""
        if self.pieces == (Wild.ANY,):
            return NOTHING
        return Q(IsNull(F(lookup), True)) | Q(NegatedExpression(self._is(lookup)))

    def _is(self, lookup: str) -> Any:
        caseless = not self.ignore_case or all(len(cases(c)) == 1 for c in self.plain)
        if caseless and not self.has_wildcards:
            return Exact(F(lookup), Value(self.plain, output_field=CharField()))
        return Matches(F(lookup), self.pieces, ignore_case=self.ignore_case)

    def compares(self, sign: str, lookup: str) -> Q:
        """Return the condition that the column comes before or after this text.

        Texts are ordered character by character. Blank is neither before nor after anything.
        """
        if self.ignore_case:
            return caseless(sign, self.plain, lookup)
        bound = Value(self.plain, output_field=CharField())
        return Q(LOOKUPS[sign](ByteOrder(F(lookup)), bound)) & filled(lookup)

    @property
    def _order(self) -> str:
        return upper(self.plain) if self.ignore_case else self.plain

    def between(self, last: "Text", lookup: str) -> Q:
        return self.compares(">=", lookup) & last.compares("<=", lookup)

    def is_after(self, other: "Text") -> bool:
        return self._order > other._order

    def said(self) -> str:
        """Return the value as it stands in a sentence."""
        quoted = _("“%(text)s”") % {"text": self.plain}
        return _("%(text)s in any case") % {"text": quoted} if self.ignore_case else quoted


@dataclass(frozen=True)
class Code(Text):
    """A code, kept in capital letters. Ranges of numbered codes are ranges of numbers."""

    ignore_case: bool = True

    @classmethod
    def read(cls, pieces: Pieces) -> "Code":
        return cls(tuple(p if isinstance(p, Wild) else upper(p) for p in pieces))

    @property
    def sign(self) -> str:
        return ""

    def compares(self, sign: str, lookup: str) -> Q:
        numbered = Numbered.read(self.plain)
        return numbered.compares(sign, lookup) if numbered else super().compares(sign, lookup)

    def between(self, last: Text, lookup: str) -> Q:
        first, end = Numbered.read(self.plain), Numbered.read(last.plain)
        if first and end and first.prefix == end.prefix:
            return first.between(end, lookup)
        return Text.compares(self, ">=", lookup) & Text.compares(last, "<=", lookup)

    def is_after(self, other: Text) -> bool:
        first, last = Numbered.read(self.plain), Numbered.read(other.plain)
        if first and last and first.prefix == last.prefix:
            return first.order > last.order
        return super().is_after(other)

    def said(self) -> str:
        return _("“%(text)s”") % {"text": self.plain}


def filled(lookup: str) -> Q:
    """Return the condition that a text column is not blank."""
    return Q(GreaterThan(F(lookup), Value("", output_field=CharField())))
