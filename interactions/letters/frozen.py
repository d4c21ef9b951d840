"""What letters are made of, kept in a folder as it was when they were asked for."""

import datetime
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from .shared import Shared
from .source import LetterSource

SOURCES = "sources.jsonl.gz"
SHARED = "shared.json"
NAMES = tuple(field.name for field in fields(LetterSource))


class Numbered(NamedTuple):
    """A letter and its number on the list, which it keeps when only some are made again."""

    number: int
    source: LetterSource


def freeze(folder: Path, letters: Iterable[Numbered], shared: Shared) -> int:
    """Keep the letters in `folder` and return how many there are. Constant memory."""
    (folder / SHARED).write_text(json.dumps(shared, ensure_ascii=False), encoding="utf-8")
    count = 0
    with gzip.open(folder / SOURCES, "wt", compresslevel=1, encoding="utf-8") as file:
        for count, letter in enumerate(letters, start=1):  # noqa: B007
            row = [letter.number, *(getattr(letter.source, name) for name in NAMES)]
            file.write(json.dumps(row, ensure_ascii=False, default=_date) + "\n")
    return count


def thaw(folder: Path, first: int = 0, last: int | None = None) -> Iterator[Numbered]:
    """Yield the letters kept in `folder` from place `first` (0 is the first) up to `last`."""
    with gzip.open(folder / SOURCES, "rt", encoding="utf-8") as file:
        for line in islice(file, first, last):
            # What was kept by an older version has fewer values; the last of them are new.
            number, *values = json.loads(line, object_hook=_from_json)
            yield Numbered(number, LetterSource(**dict(zip(NAMES, values, strict=False))))


def thaw_shared(folder: Path) -> Shared:
    """Return what the letters kept in `folder` share."""
    shared: Shared = json.loads((folder / SHARED).read_text(encoding="utf-8"))
    return shared


def _date(value: Any) -> dict[str, str]:
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    raise TypeError(f"{value!r} cannot be kept")


def _from_json(value: dict[str, Any]) -> Any:
    if list(value) == ["date"]:
        return datetime.date.fromisoformat(value["date"])
    return value
