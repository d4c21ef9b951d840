"""How a file is to be read, and what an import does with its rows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext_lazy as _

# What can be chosen; the first ones are guessed.
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "iso8859-1": "ISO-8859-1",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}
GUESSED = ("utf-8-sig", "cp1252", "iso8859-1")
DELIMITERS = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical line")}


@dataclass(frozen=True)
class Layout:
    """How to read a file; what is "" or None is found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    # What each column of the file is, "" for one that is left out.
    columns: tuple[str, ...] | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Return what `as_data` gave."""
        columns = data.get("columns")
        return cls(**{**data, "columns": None if columns is None else tuple(columns)})

    def as_data(self) -> dict[str, Any]:
        """Return the layout as plain data, to be stored."""
        data = asdict(self)
        return data | {"columns": None if self.columns is None else list(self.columns)}


@dataclass(frozen=True)
class Options:
    """What an import does with its rows."""

    # How a row finds its contact: "any" is by number, else external id, else e-mail address.
    match: str = "any"
    # What an empty cell does to the field of a contact that exists: "leave" it or "clear" it.
    empty: str = "leave"
    # "all": one refused row, and nothing is imported. "good": the other rows are.
    rows: str = "all"

    MATCHES: ClassVar = ("any", "number", "external_id", "email")
    EMPTIES: ClassVar = ("leave", "clear")
    ROWS: ClassVar = ("all", "good")

    @property
    def clears(self) -> bool:
        return self.empty == "clear"

    @property
    def takes_good_rows(self) -> bool:
        return self.rows == "good"
