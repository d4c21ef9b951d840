"""From a cell of a file to plain text, and back."""

import datetime
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from contacts.texts import one_line, without_marks

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
# 4,52345E+09: what Excel makes of a long number in a narrow column.
SHORTENED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
# What a spreadsheet would run as a formula; any number of apostrophes may stand before it.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
ESCAPED = re.compile(r"'+[=+\-@\t\r]")
ZEROS = re.compile(r"0+")


class BadCell(ValueError):  # noqa: N818  A refusal is no error.
    """The cell cannot be imported. `str()` is the reason; `column` is set if it is known."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.column = column


def plain(text: str, *, lines: bool = False) -> str:
    """Return the text of a cell as it is kept. `lines` allows line breaks. Raises `BadCell`."""
    text = unescaped(text.strip()).replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable() and not text.startswith("#"):
        return text if lines or "  " not in text else one_line(text)
    if CONTROL.search(text):
        raise BadCell(_("The cell contains a control character."))
    if "\n" in text and not lines:
        raise BadCell(_("The cell contains a line break."))
    if text in ERRORS:
        raise BadCell(_("The cell holds the error %(value)s of a formula.") % {"value": text})
    return without_marks(text) if lines else one_line(without_marks(text))


def escaped(text: str) -> str:
    """Return `text` as a cell of a CSV file that no spreadsheet runs as a formula.

    "=1+1" and "+45 33 12" get an apostrophe before them; `unescaped` takes it away.
    """
    return f"'{text}" if FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text[1:] if text.startswith("'") and ESCAPED.match(text) else text


def refuse_shortened(text: str) -> None:
    """Raises `BadCell` for a number of which Excel kept the first digits only."""
    if SHORTENED.fullmatch(text):
        reason = _("“%(value)s” is a number that was shortened. Format the column as text.")
        raise BadCell(reason % {"value": text})


def cell_text(value: Any, number_format: str = "General") -> str:
    """Return what a cell of a workbook says: a date as 2026-12-31, 800 as "0800" if it shows so."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time.min
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return str(value)


def _number(value: int | float | Decimal, number_format: str) -> str:
    text = str(int(value)) if value == int(value) else format(value, ".15g")
    return text.zfill(len(number_format)) if ZEROS.fullmatch(number_format) else text
