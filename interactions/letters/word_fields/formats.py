"""How Word's switches write a value, and how its IF compares two. Filters of the letters' Jinja."""

import datetime
import fnmatch
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from babel.dates import format_datetime
from babel.numbers import get_decimal_symbol, get_group_symbol
from jinja2 import pass_context
from jinja2.runtime import Context

from interactions.letters.locales import letter_locale

# Facts of the letter that only Word's switches ask for: `date` (ISO 8601) and `language`.
LETTER = "_letter"
LONGEST_NUMBER = 30

NUMBER = re.compile(r"[+-]?\d[\d.,\u00a0\u202f ]*")
WORD_START = re.compile(r"(?<![^\W_])(?<!['’])[^\W\d_]")
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# A part of a date's picture: text in quotes, letters of one kind, or anything else.
PICTURE = re.compile(
    r"'(?P<text>[^']*)'?|(?P<noon>am/pm|AM/PM)|(?P<letters>[yY]+|[åÅ]+|J+|[dD]+|T+|M+|m+|H+|h+|[sS]+)|(?P<other>.)",
    re.DOTALL,
)
MASK = re.compile(r"[0#x](?:[0#x.,\u00a0 ]*[0#x])?")
QUOTED = re.compile(r"'([^']*)'?")


def change_case(value: str, how: str) -> str:
    """`\\* Upper`, `Lower`, `FirstCap`, `Caps`; the last two keep the other letters."""
    return CASES[how](str(value))


def _each_word(text: str) -> str:
    return WORD_START.sub(lambda match: match[0].upper(), text)


CASES: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "firstcap": lambda text: text[:1].upper() + text[1:],
    "caps": _each_word,
}


def put_around(value: str, before: str, after: str) -> str:
    """`\\b` and `\\f`: text before and after, when there is something to stand around."""
    return f"{before}{value}{after}" if value else ""


@pass_context
def write_date(context: Context, value: str, picture: str, of_letter: bool) -> str:
    """`\\@`: a date as the picture shows, in the letter's language; other text as it is."""
    text = _fact(context, "date") if of_letter else str(value).strip()
    try:
        date = datetime.datetime.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        date = None
    if date is None:
        return value
    return format_datetime(date, date_pattern(picture), locale=_locale(context))


def date_pattern(picture: str) -> str:
    """Return Word's picture of a date as a pattern of the locale data.

    Danish å and German J and T count as year and day.
    """
    parts = ((match.lastgroup, match[0]) for match in PICTURE.finditer(picture))
    return "".join(
        _literal("".join(text for _kind, text in group)) if literal else _date_code(group)
        for literal, group in groupby(parts, key=lambda part: part[0] in ("text", "other"))
    )


def _literal(text: str) -> str:
    """As one: quotation marks that touch would be a quotation mark."""
    plain = QUOTED.sub(r"\1", text)
    return "'" + plain.replace("'", "''") + "'" if plain else ""


def _date_code(parts: Iterator[tuple[str | None, str]]) -> str:
    return "".join("a" if kind == "noon" else _date_letters(text) for kind, text in parts)


def _date_letters(letters: str) -> str:
    """Only month and minute are told apart by capitals."""
    letter, count = letters[0], len(letters)
    if letter in "yYåÅJ":
        return "yyyy" if count > 2 else "yy"
    if letter in "dDT":
        return {1: "d", 2: "dd", 3: "EEE"}.get(count, "EEEE")
    if letter == "M":
        return "M" * min(count, 4)
    return {"S": "s"}.get(letter, letter) * min(count, 2)


@pass_context
def write_number(context: Context, value: str, picture: str) -> str:
    """`\\#`: a number as the picture shows, in the letter's language; other text as it is."""
    locale = _locale(context)
    number = read_number(str(value), get_group_symbol(locale))
    if number is None:
        return value
    sections = picture.split(";")
    section = sections[0]
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    return _Mask(section).write(number, get_decimal_symbol(locale), get_group_symbol(locale))


def read_number(text: str, group: str = ".") -> Decimal | None:
    """Return the number that `text` is, written with comma or point; None if it is none."""
    text = text.strip()
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        return None
    digits = re.sub(r"[\u00a0\u202f ]", "", text)
    whole, decimals = _split(digits, group)
    return Decimal(f"{whole or 0}.{decimals or 0}")


def _split(digits: str, group: str) -> tuple[str, str]:
    """The last of two kinds of separator begins the decimals; so does one that groups nothing."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits, ""
    mark, other = digits[last], {".": ",", ",": "."}[digits[last]]
    groups = digits.count(mark) > 1 or (
        other not in digits and mark == group and last < 5 and len(digits) - last == 4
    )
    plain = digits.replace(".", "").replace(",", "")
    return (plain, "") if groups else (re.sub("[.,]", "", digits[:last]), digits[last + 1 :])


def _mask_split(mask: str) -> tuple[str, str]:
    """`#.##0` and `#,##0` group thousands; `0,00` and `0.000` have decimals."""
    groups = re.fullmatch(r"[^.,]*([.,])##0(\1..[0#])*", mask)
    return (mask, "") if groups else _split(mask, "")


class _Mask:
    """A picture such as `kr. #.##0,00`: what stands before, the digits, what stands after."""

    def __init__(self, section: str) -> None:
        found = MASK.search(section)
        mask = found[0] if found else ""
        before, after = (
            (section[: found.start()], section[found.end() :]) if found else (section, "")
        )
        self.has_digits = found is not None
        self.before, self.after = QUOTED.sub(r"\1", before), QUOTED.sub(r"\1", after)
        whole, decimals = _mask_split(re.sub("[\u00a0 ]", "", mask))
        self.decimals, self.least_decimals = len(decimals), decimals.count("0")
        self.digits = whole.count("0")
        self.spaced = " " in mask or "\u00a0" in mask
        self.grouped = self.spaced or len(re.sub("[0#x ]", "", mask)) > bool(decimals)

    def write(self, number: Decimal, point: str, group: str) -> str:
        if not self.has_digits:
            return self.before
        rounded = round_half_up(abs(number), self.decimals)
        whole, _point, decimals = f"{rounded:f}".partition(".")
        decimals = decimals[: self.least_decimals] + decimals[self.least_decimals :].rstrip("0")
        whole = ("" if whole == "0" else whole).zfill(self.digits)
        if self.grouped:
            whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " " if self.spaced else group, whole)
        sign = "-" if number < 0 else ""
        return f"{sign}{self.before}{whole}{point if decimals else ''}{decimals}{self.after}"


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Return `number` with so many decimals, a half going up as in Word."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def compares(left: str, operator: str, right: str, wildcards: bool) -> bool:
    """Whether Word's IF holds. Numbers are compared as numbers, text by its letters.

    With `wildcards`, `*` and `?` in `right` stand for any letters and for one.
    """
    if wildcards and operator in ("=", "<>") and ("*" in right or "?" in right):
        found = fnmatch.fnmatchcase(str(left), right.replace("[", "[[]"))
        return found == (operator == "=")
    one, other = read_number(str(left)), read_number(str(right))
    if one is None or other is None:
        return OPERATORS[operator](str(left), str(right))
    return OPERATORS[operator](one, other)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def _fact(context: Context, name: str) -> str:
    facts: dict[str, str] = context.get(LETTER) or {}
    return facts.get(name, "")


def _locale(context: Context) -> Any:
    return letter_locale(_fact(context, "language"))


# Named so that no tag can name them: a tag's filters are those of the grammar.
FORMATS: dict[str, Callable[..., Any]] = {
    "_case": change_case,
    "_around": put_around,
    "_date": write_date,
    "_number": write_number,
    "_compares": compares,
}
