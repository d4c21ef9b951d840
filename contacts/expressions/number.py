"""Numbers in an expression: how they are read, compared, written and said."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, F, Q, Value
from django.db.models.expressions import NegatedExpression
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IsNull,
    LessThan,
    LessThanOrEqual,
)
from django.utils import formats
from django.utils.translation import gettext as _

LOOKUPS = {
    ">": GreaterThan,
    ">=": GreaterThanOrEqual,
    "<": LessThan,
    "<=": LessThanOrEqual,
}
# SQLite compares 15 digits exactly.
MOST_DIGITS, MOST_DECIMALS = 11, 4


@dataclass(frozen=True)
class Number:
    """A decimal number."""

    number: Decimal

    @classmethod
    def read(cls, text: str) -> "Number":
        """Read a number as people write it in the language of the page, or with a point.

        Raises `ValueError` with a message for people.
        """
        whole, decimals = _parts(text)
        if len(whole.lstrip("-+0")) > MOST_DIGITS or len(decimals.rstrip("0")) > MOST_DECIMALS:
            message = _(
                "“%(text)s” is too long: at most %(digits)s digits and %(decimals)s decimals."
            )
            limits = {"digits": MOST_DIGITS, "decimals": MOST_DECIMALS}
            raise ValueError(message % {"text": text[:50], **limits})
        return cls(Decimal(f"{whole}.{decimals.rstrip('0') or '0'}") + 0)

    def text(self) -> str:
        """Return the number with a point, the same in every language."""
        text = self._plain
        # "1.234" would be read as 1234 where the point separates thousands.
        return f"{text}0" if re.search(r"\.\d{3}$", text) else text

    def typed(self) -> str:
        return self._plain.replace(".", formats.get_format("DECIMAL_SEPARATOR"))

    def said(self) -> str:
        return formats.number_format(self._plain)

    @property
    def _plain(self) -> str:
        text = f"{self.number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def equal(self, lookup: str) -> Q:
        return Q(Exact(F(lookup), self._value))

    def differs(self, lookup: str) -> Q:
        """Return the opposite of `equal`: rows without a value differ from every number."""
        return Q(IsNull(F(lookup), True)) | Q(NegatedExpression(Exact(F(lookup), self._value)))

    def compares(self, sign: str, lookup: str) -> Q:
        return Q(LOOKUPS[sign](F(lookup), self._value))

    def between(self, last: "Number", lookup: str) -> Q:
        return self.compares(">=", lookup) & last.compares("<=", lookup)

    def is_after(self, other: "Number") -> bool:
        return self.number > other.number

    @property
    def _value(self) -> Value:
        # With a type of its own: the column's would round it, or not, depending on the database.
        return Value(self.number, output_field=DecimalField(max_digits=20, decimal_places=4))


def _parts(text: str) -> tuple[str, str]:
    """Return the digits before and after the separator of decimals; the first with the sign."""
    point = re.escape(formats.get_format("DECIMAL_SEPARATOR"))
    group = re.escape(formats.get_format("THOUSAND_SEPARATOR"))
    shapes = (
        rf"([-+]?[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)(?:{point}([0-9]+))?",
        rf"([-+]?[0-9]+)(?:{point}([0-9]+))?",
        r"([-+]?[0-9]+)\.([0-9]+)",
    )
    for shape in shapes:
        if found := re.fullmatch(shape, text):
            return re.sub(r"[^-+0-9]", "", found[1]), found[2] or ""
    example = formats.number_format(Decimal("1234.5"))
    raise ValueError(
        _("“%(text)s” is not a number. Write it like %(example)s.")
        % {"text": text[:50], "example": example}
    )
