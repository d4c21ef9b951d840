"""What an expression means, said in plain Python over single values."""

import datetime
import re
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contacts.expressions.blank import Blank
from contacts.expressions.date import Date
from contacts.expressions.node import Between, Joined
from contacts.expressions.pattern import Wild
from contacts.expressions.text import Code, Text

type Value = str | Decimal | datetime.date | datetime.datetime | None


def meets(node: Any, value: Value) -> bool:
    if isinstance(node, Joined):
        return (all if node.sign == "&" else any)(meets(part, value) for part in node.parts)
    if isinstance(node, Between):
        return between(node, value)
    if node.sign in ("=", "<>"):
        return equals(node.value, value) == (node.sign == "=")
    return is_filled(value) and compares(node.sign, node.value, value)


def is_filled(value: Value) -> bool:
    return value is not None and value != ""


def between(node: Between, value: Value) -> bool:
    ends = [(">=", node.first), ("<=", node.last)]
    if not is_filled(value):
        return False
    if isinstance(node.first, Code) and node.last:
        first, last = numbered(node.first), numbered(node.last)
        if not first or not last or first[0] != last[0]:
            return all(by_letters(sign, end, str(value)) for sign, end in ends)
    return all(compares(sign, end, value) for sign, end in ends if end)


def equals(wanted: Any, value: Value) -> bool:
    if isinstance(wanted, Blank):
        return not is_filled(value)
    if isinstance(wanted, Text):
        signs = {Wild.ANY: ".*", Wild.ONE: "."}
        pattern = "".join(
            re.escape(fold(wanted, p)) if isinstance(p, str) else signs[p] for p in wanted.pieces
        )
        return bool(re.fullmatch(pattern, fold(wanted, str(value or "")), re.DOTALL))
    if isinstance(wanted, Date):
        first, last = wanted.meant.days()
        return value is not None and first <= day_of(value) <= last
    return bool(value == wanted.number)


def fold(wanted: Text, text: str) -> str:
    return "".join(upper(c) for c in text) if wanted.ignore_case else text


def upper(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


def compares(sign: str, wanted: Any, value: Any) -> bool:
    if isinstance(wanted, Date):
        first, last = wanted.meant.days()
        return compare(sign, day_of(value), first if sign in ("<", ">=") else last)
    if not isinstance(wanted, Text):
        return compare(sign, value, wanted.number)
    number = numbered(wanted)
    if not number:
        return by_letters(sign, wanted, value)
    prefix, digits = number
    theirs = re.match(rf"{re.escape(prefix)}([0-9]+)", fold(wanted, value))
    if not theirs:
        return False
    return compare(sign, (len(theirs[1]), theirs[1]), (len(digits), digits))


def numbered(wanted: Text) -> tuple[str, str] | None:
    """The prefix and the digits of a code that ends in digits."""
    digits = re.search(r"[0-9]*$", wanted.plain)[0]  # type: ignore[index]
    if not isinstance(wanted, Code) or not digits:
        return None
    return wanted.plain.removesuffix(digits), digits


def by_letters(sign: str, wanted: Text, value: str) -> bool:
    return compare(sign, fold(wanted, value), fold(wanted, wanted.plain))


def compare(sign: str, one: Any, other: Any) -> bool:
    return bool({"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign])


def day_of(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date()
    assert isinstance(value, datetime.date)
    return value
