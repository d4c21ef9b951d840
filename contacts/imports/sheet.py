"""Rows of texts by column, wherever they come from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from .result import Refusal

MOST_COLUMNS = 500


class Unreadable(Exception):  # noqa: N818  A refusal is no error.
    """The file as a whole cannot be read; `refusals` says where and why."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(str(refusals[0]))
        self.refusals = list(refusals)


def unreadable(reason: str, row: int = 1) -> Unreadable:
    """The refusal of a whole file."""
    return Unreadable(Refusal(row, "", reason))


@dataclass
class Sheet:
    """A file that can be read from the top as often as needed, a row at a time."""

    file: BinaryIO
    # The heading of each column as it stands in the file, and the name by which we know it, or ""
    # for a column that is left out.
    headings: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of each row that is not blank, the header as row 1."""
        raise NotImplementedError

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of each row below the header."""
        lines = self.lines()
        next(lines, None)
        return lines

    def read_header(self) -> None:
        """Read the headings. Raises `Unreadable` if there are none."""
        cells = next(self.lines(), (1, []))[1]
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        if not cells:
            raise unreadable(_("The file is empty."))
        self.headings = [cell.strip() for cell in cells]

    def heading(self, name: str) -> str:
        """Return what the file calls the column `name`."""
        return self.headings[self.names.index(name)] if name in self.names else name

    def excess(self, cells: list[str]) -> str:
        """Return why a row with more cells than the header has is refused, or ""."""
        width = len(self.headings)
        if not any(cell.strip() for cell in cells[width:]):
            return ""
        reason = _("The row has %(count)s cells, the header %(columns)s.")
        return reason % {"count": len(cells), "columns": width}
