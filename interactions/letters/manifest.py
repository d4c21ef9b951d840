"""The list that goes with the letters: which is whose, and where."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from .frozen import Numbered
from .merge import Merger

# Programs for tables run what begins so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel in most of Europe takes it as it is; without the mark it takes UTF-8 for something else.
DELIMITER = ";"
BYTE_ORDER_MARK = "\ufeff"


def headings() -> list[str]:
    """Return the names of the columns."""
    return [
        _("Number"),
        _("File"),
        _("Contact no."),
        _("Name"),
        _("Company"),
        _("Address"),
        _("Language"),
        _("Word document"),
    ]


def write_rows(path: Path, letters: Iterable[tuple[Numbered, str]], merger: Merger) -> None:
    """Write a row for each letter and the name of its file, without headings."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=DELIMITER)
        for letter, name in letters:
            writer.writerow([letter.number, *map(_as_text, _row(letter, name, merger))])


def whole(parts: Iterable[Path]) -> bytes:
    """Return the manifest made of the rows of all parts."""
    first = BYTE_ORDER_MARK + DELIMITER.join(headings()) + "\r\n"
    return first.encode() + b"".join(part.read_bytes() for part in parts)


def _row(letter: Numbered, name: str, merger: Merger) -> list[str]:
    contact = letter.source.contact
    address = merger.fields(letter.source)["contact"]["address_block"]
    return [
        name,
        contact["number"],
        contact["name"] or "",
        contact["company_name"] or "",
        ", ".join(address.splitlines()),
        letter.source.language or "",
        merger.document_name(letter.source),
    ]


def _as_text(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
