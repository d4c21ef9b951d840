"""Tables: what the CSV files in `data/` hold."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

Row = dict[str, str]


@cache
def rows(table: str, **where: str) -> tuple[Row, ...]:
    """Return the rows of `data/<table>.csv` whose columns have the values of `where`."""
    return tuple(
        row for row in _read(table) if all(row[column] == value for column, value in where.items())
    )


@cache
def column(table: str, name: str, **where: str) -> tuple[str, ...]:
    """Return one column of those rows."""
    return tuple(row[name] for row in rows(table, **where))


@cache
def _read(table: str) -> tuple[Row, ...]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
