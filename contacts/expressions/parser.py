"""From the text of an expression to what it is made of.

The grammar is in the docstring of `contacts.expressions` and in the guide.
"""

from typing import Any

from django.utils.translation import gettext as _

from .blank import Blank
from .date import Date
from .error import ExpressionError
from .kind import Kind
from .node import Between, Compared, Node, join
from .number import Number
from .pattern import Pieces, Wild
from .reader import Reader
from .text import Code, Text

# SQLite reads conditions within one another to a limited depth.
LONGEST, MOST_TERMS, DEEPEST, LONGEST_END = 1000, 100, 8, 50


class Parser:
    """Reads one expression: one method for each rule of the grammar."""

    def __init__(self, kind: Kind, text: str) -> None:
        self.kind, self.reader = kind, Reader(text)
        self.terms = self.depth = 0

    def parse(self) -> Node:
        """Return the expression. Raises `ExpressionError`."""
        self._refuse_unreadable()
        node = self._expression()
        self.reader.skip_spaces()
        if self.reader.at < len(self.reader.text):
            raise self._unexpected()
        return node

    def _refuse_unreadable(self) -> None:
        text = self.reader.text
        if len(text) > LONGEST:
            message = _("The text is too long: at most %(most)s characters.")
            raise self.reader.refuse(message % {"most": LONGEST}, LONGEST)
        for at, character in enumerate(text):
            if character == "\0" or "\ud800" <= character <= "\udfff":
                raise self.reader.refuse(_("This character cannot be used."), at)

    def _expression(self) -> Node:
        parts = [self._all_of()]
        while self.reader.takes("|"):
            parts.append(self._all_of())
        return join("|", parts)

    def _all_of(self) -> Node:
        parts = [self._one()]
        while self.reader.takes("&"):
            parts.append(self._one())
        return join("&", parts)

    def _one(self) -> Node:
        start = self.reader.at
        if not self.reader.takes("("):
            return self._term()
        self.depth += 1
        if self.depth > DEEPEST:
            message = _("Too many parentheses within one another: at most %(most)s.")
            raise self.reader.refuse(message % {"most": DEEPEST}, self.reader.at - 1)
        node = self._expression()
        if not self.reader.takes(")"):
            raise self._unclosed(start)
        self.depth -= 1
        return node

    def _term(self) -> Node:
        self.terms += 1
        if self.terms > MOST_TERMS:
            message = _("Too many values: at most %(most)s.")
            raise self.reader.refuse(message % {"most": MOST_TERMS})
        caseless = self._at_sign()
        if self.reader.takes(".."):
            return Between(None, self._end(caseless))
        sign = self.reader.comparison()
        if sign in ("", "=", "<>"):
            return self._equal_or_range(sign, caseless)
        return Compared(sign, self._end(caseless))

    def _equal_or_range(self, sign: str, caseless: bool) -> Node:
        self.reader.skip_spaces()
        start = self.reader.at
        value = self._value(caseless)
        if sign or not self.reader.takes(".."):
            return Compared(sign or "=", value)
        self._refuse_as_end(value, start)
        if self.reader.ends():
            return Between(value, None)
        caseless = bool(getattr(value, "ignore_case", False))
        self.reader.skip_spaces()
        start = self.reader.at
        last = self._end(caseless)
        return self._forward(value, last, start)

    def _forward(self, first: Any, last: Any, start: int) -> Between:
        if first.is_after(last):
            message = _("%(last)s comes before %(first)s.")
            said = {"first": first.said(), "last": last.said()}
            raise self.reader.refuse(message % said, start)
        return Between(first, last)

    def _end(self, caseless: bool) -> Any:
        """Read a value that others are before or after."""
        self.reader.skip_spaces()
        start = self.reader.at
        value = self._value(caseless)
        self._refuse_as_end(value, start)
        return value

    def _refuse_as_end(self, value: Any, start: int) -> None:
        if isinstance(value, Blank):
            message = _("Blank ('') can only be asked for with = or <>.")
            raise self.reader.refuse(message, start)
        if getattr(value, "has_wildcards", False):
            message = _("* and ? cannot stand in a range or after < and >.")
            raise self.reader.refuse(message, start)
        if len(getattr(value, "plain", "")) > LONGEST_END:
            message = _("Too long for a range: at most %(most)s characters.")
            raise self.reader.refuse(message % {"most": LONGEST_END}, start)

    def _at_sign(self) -> bool:
        self.reader.skip_spaces()
        start = self.reader.at
        found = self.reader.takes("@")
        if found and self.kind in (Kind.NUMBER, Kind.DATE):
            raise self.reader.refuse(_("@ can only be used for texts."), start)
        return found

    def _value(self, caseless: bool) -> Any:
        caseless = self._at_sign() or caseless
        self.reader.skip_spaces()
        start = self.reader.at
        pieces = self.reader.value()
        if not pieces:
            return Blank(self.kind)
        if self.kind == Kind.TEXT:
            return Text(pieces, caseless)
        return Code.read(pieces) if self.kind == Kind.CODE else self._converted(pieces, start)

    def _converted(self, pieces: Pieces, start: int) -> Number | Date:
        if any(isinstance(piece, Wild) for piece in pieces):
            raise self.reader.refuse(_("* and ? can only be used for texts."), start)
        words = "".join(str(piece) for piece in pieces).strip()
        try:
            return Number.read(words) if self.kind == Kind.NUMBER else Date.read(words)
        except ValueError as error:
            raise self.reader.refuse(str(error), start) from None

    def _unclosed(self, start: int) -> ExpressionError:
        if self.reader.at < len(self.reader.text):
            return self._unexpected()
        self.reader.at = start
        self.reader.skip_spaces()
        return self.reader.refuse(_("The parenthesis is not closed."))

    def _unexpected(self) -> ExpressionError:
        sign = self.reader.text[self.reader.at : self.reader.at + 2]
        sign = sign if sign == ".." else sign[:1]
        message = _(
            "“%(sign)s” cannot stand here. If it belongs to the text, put the text in quotation "
            "marks: 'A&B'."
        )
        return self.reader.refuse(message % {"sign": sign})
