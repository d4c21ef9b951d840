"""Ranges of numbered codes: postal codes 1000..2999, contact numbers CT000010..CT000099.

The number within a code is what its digits say up to the next other character. More digits are a
larger number, so 8..8999 finds 8000 and not 80331.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Substr
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from contacts.ordering import LAST, ByteOrder

from .pattern import Matches, Piece, Wild, merged


@dataclass(frozen=True)
class Numbered:
    """A code that ends in digits: what stands before them, and the digits."""

    prefix: str
    digits: str

    @classmethod
    def read(cls, code: str) -> "Numbered | None":
        """Return `code` in two parts, None if it does not end in (at most 20) digits."""
        found = re.fullmatch(r"(.*?)([0-9]{1,20})", code, re.DOTALL)
        return cls(found[1], found[2]) if found and not found[1][-1:].isdigit() else None

    @property
    def order(self) -> tuple[int, str]:
        return len(self.digits), self.digits

    def compares(self, sign: str, lookup: str) -> Q:
        """Return the codes with this prefix whose number is smaller or larger than this one."""
        count = len(self.digits)
        condition = self._same_length(sign, lookup) & self._of_lengths(lookup, [count])
        if sign[0] == ">":
            return condition | self._longer(lookup)
        return condition | self._of_lengths(lookup, range(1, count)) if count > 1 else condition

    def between(self, last: "Numbered", lookup: str) -> Q:
        """Return the codes whose number lies between this one and that of `last`, of one prefix."""
        count = len(self.digits)
        if count != len(last.digits):
            return self.compares(">=", lookup) & last.compares("<=", lookup)
        # The comparisons alone are right but for longer numbers, and use the index.
        here = self._same_length(">=", lookup) & last._same_length("<=", lookup)
        return here & self._of_lengths(lookup, [count])

    def _same_length(self, sign: str, lookup: str) -> Q:
        past = LAST if sign in (">", "<=") else ""
        bound = Value(self.digits + past, output_field=CharField())
        compare = GreaterThanOrEqual if sign[0] == ">" else LessThan
        return Q(compare(self._number_in(lookup), bound))

    def _of_lengths(self, lookup: str, counts: Iterable[int]) -> Q:
        """Return the codes with this prefix and so many digits, then an end or another letter."""
        starts: list[list[Piece]] = [[self.prefix, *[Wild.DIGIT] * count] for count in counts]
        ends: list[list[Piece]] = [[], [Wild.NO_DIGIT, Wild.ANY]]
        return self._matches(lookup, [[*start, *end] for start in starts for end in ends])

    def _longer(self, lookup: str) -> Q:
        digits = [Wild.DIGIT] * (len(self.digits) + 1)
        return self._matches(lookup, [[self.prefix, *digits, Wild.ANY]])

    def _matches(self, lookup: str, patterns: list[list[Piece]]) -> Q:
        return Q(Matches(F(lookup), *map(merged, patterns), ignore_case=True))

    def _number_in(self, lookup: str) -> ByteOrder:
        # Without a prefix the column itself, so that its index is of use.
        start = len(self.prefix) + 1
        return ByteOrder(Substr(lookup, start) if self.prefix else F(lookup))
