"""What the columns of a file hold, shown to whoever maps them."""

from itertools import islice

from .cells import unescaped
from .sheet import Sheet

ROWS = 50
VALUES = 3
LENGTH = 60


def samples(sheet: Sheet) -> list[list[str]]:
    """Return a few different values of each column, from the first rows."""
    found: list[list[str]] = [[] for _heading in sheet.headings]
    for _number, cells in islice(sheet.rows(), ROWS):
        for values, cell in zip(found, cells, strict=False):
            text = unescaped(cell.strip())[:LENGTH]
            if text and text not in values and len(values) < VALUES:
                values.append(text)
    return found
