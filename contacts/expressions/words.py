"""An expression in words, as a clause of a sentence in the language of the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.alternatives import any_of

from . import relative
from .date import Date
from .node import Between, Compared, Joined, Node
from .number import Number
from .pattern import Wild
from .text import Code, Text

PLAIN = {"=": _("is %(value)s"), "<>": _("is not %(value)s")}
# By what is compared: numbers are more or less, dates earlier or later.
ORDERED = {
    "number": {
        ">": _("is more than %(value)s"),
        ">=": _("is at least %(value)s"),
        "<": _("is less than %(value)s"),
        "<=": _("is at most %(value)s"),
    },
    "date": {
        ">": _("is after %(value)s"),
        ">=": _("is %(value)s or later"),
        "<": _("is before %(value)s"),
        "<=": _("is %(value)s or earlier"),
    },
    "code": {
        ">": _("is higher than %(value)s"),
        ">=": _("is %(value)s or higher"),
        "<": _("is lower than %(value)s"),
        "<=": _("is %(value)s or lower"),
    },
    "text": {
        ">": _("comes after %(value)s"),
        ">=": _("is %(value)s or comes after"),
        "<": _("comes before %(value)s"),
        "<=": _("is %(value)s or comes before"),
    },
}
BEGINS = {"=": _("begins with %(value)s"), "<>": _("does not begin with %(value)s")}
ENDS = {"=": _("ends with %(value)s"), "<>": _("does not end with %(value)s")}
CONTAINS = {"=": _("contains %(value)s"), "<>": _("does not contain %(value)s")}
LIKE = {"=": _("is like %(value)s"), "<>": _("is not like %(value)s")}
SHAPES: dict[tuple[Any, ...], Any] = {
    (str, Wild.ANY): BEGINS,
    (Wild.ANY, str): ENDS,
    (Wild.ANY, str, Wild.ANY): CONTAINS,
}


def words(node: Node) -> str:
    """Return the clause without its subject: "begins with “A” or is “Berlin”"."""
    if isinstance(node, Joined):
        return _joined(node)
    return _between(node) if isinstance(node, Between) else _compared(node)


def _joined(node: Joined) -> str:
    if node.sign == "&":
        inside = [_bracketed(part) for part in node.parts]
        return str(_(" and ")).join(inside)
    if all(_is_plain(part) for part in node.parts):
        said = [part.value.said() for part in node.parts if isinstance(part, Compared)]
        return str(PLAIN["="] % {"value": any_of(said)})
    return any_of([_bracketed(part) for part in node.parts])


def _bracketed(part: Node) -> str:
    return f"({words(part)})" if isinstance(part, Joined) else words(part)


def _is_plain(part: Node) -> bool:
    return isinstance(part, Compared) and part.sign == "=" and _clauses(part.value) is PLAIN


def _between(node: Between) -> str:
    if node.first is None or node.last is None:
        return _compared(node.open())
    named = relative.said_range(_meant(node.first), _meant(node.last))
    if named:
        return str(PLAIN["="] % {"value": named})
    ends = {"first": node.first.said(), "last": node.last.said()}
    return str(_("is between %(first)s and %(last)s") % ends)


def _compared(node: Compared) -> str:
    value = node.value
    if node.sign in PLAIN:
        return str(_clauses(value)[node.sign] % {"value": _named(value)})
    named = relative.said_before(_meant(value)) if node.sign == "<" else ""
    if named:
        return str(PLAIN["="] % {"value": named})
    return str(ORDERED[_scale(value)][node.sign] % {"value": value.said()})


def _scale(value: Any) -> str:
    if isinstance(value, Number):
        return "number"
    if isinstance(value, Date):
        return "date"
    return "code" if isinstance(value, Code) else "text"


def _clauses(value: Any) -> Any:
    if isinstance(value, Text) and value.has_wildcards:
        shape = tuple(p if isinstance(p, Wild) else str for p in value.pieces)
        return SHAPES.get(shape, LIKE)
    return PLAIN


def _named(value: Any) -> str:
    """Return the value, without the wildcards that the clause says."""
    if isinstance(value, Text) and _clauses(value) not in (PLAIN, LIKE):
        inner = tuple(piece for piece in value.pieces if isinstance(piece, str))
        value = type(value)(inner, value.ignore_case)
    return str(value.said())


def _meant(value: Any) -> Any:
    return value.meant if isinstance(value, Date) else None
