from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from . import words
from .kind import Kind
from .node import Node
from .parser import Parser


@dataclass(frozen=True)
class Expression:
    """A filter expression that has been read. Equal expressions ask for the same."""

    kind: Kind
    node: Node

    @property
    def text(self) -> str:
        """The expression in one spelling for all languages: ISO dates, decimals with a point.

        Days reckoned from today stay so. `parse` reads it back as an equal expression.
        """
        return self.node.written("text")

    def typed(self) -> str:
        """Return the expression as a person types it in the language of the page."""
        return self.node.written("typed")

    def q(self, lookup: str) -> Q:
        """Return the condition that `lookup`, the path to a column, meets the expression.

        Days reckoned from today are those of now, in the time zone of the user. A date and time
        is asked by its date in that time zone.
        """
        return self.node.q(lookup)

    def words(self) -> str:
        """Return the expression as a clause without subject: "begins with “A” or is “Berlin”"."""
        return words.words(self.node)

    def say(self, subject: object) -> str:
        """Return the expression as a clause: "city begins with “A”"."""
        return _("%(subject)s %(clause)s") % {"subject": subject, "clause": self.words()}

    def __str__(self) -> str:
        return self.text


def parse(kind: Kind, text: str) -> Expression:
    """Read a filter expression, typed in the language of the page or as `Expression.text`.

    Raises `ExpressionError`, whatever the text, if it is none; one that is blank too.
    """
    return Expression(kind, Parser(kind, text).parse())
