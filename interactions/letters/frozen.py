"""What letters are made of, kept in a folder as it was when they were asked for."""

import datetime
import gzip
import json
from collections.abc import Iterable, Iterator
from itertools import batched, islice
from pathlib import Path
from typing import Any, NamedTuple

from .shared import Shared
from .source import CONTACT_FIELDS, LetterSource

SHARED = "shared.json"
SOURCES = "sources"
# Letters in a file: a part is read without those before it.
IN_A_FILE = 250
DATE = LetterSource._fields.index("date")
NOTHING = dict.fromkeys(CONTACT_FIELDS, "")


class Numbered(NamedTuple):
    """A letter and its number on the list, which it keeps when only some are made again."""

    number: int
    source: LetterSource


def freeze(folder: Path, letters: Iterable[Numbered], shared: Shared) -> int:
    """Keep the letters in `folder` and return how many there are. Constant memory."""
    (folder / SHARED).write_text(json.dumps(shared, ensure_ascii=False), encoding="utf-8")
    (folder / SOURCES).mkdir()
    count = 0
    for index, some in enumerate(batched(letters, IN_A_FILE)):
        rows = [(number, *source) for number, source in some]
        text = json.dumps(rows, ensure_ascii=False, default=datetime.date.isoformat)
        _file(folder, index).write_bytes(gzip.compress(text.encode(), 1))
        count += len(rows)
    return count


def thaw(folder: Path, first: int = 0, last: int | None = None) -> Iterator[Numbered]:
    """Yield the letters kept in `folder` from place `first` (0 is the first) up to `last`."""
    file, skipped = divmod(first, IN_A_FILE)
    return islice(_kept(folder, file), skipped, None if last is None else skipped + last - first)


def _kept(folder: Path, index: int) -> Iterator[Numbered]:
    while (path := _file(folder, index)).exists():
        for number, *values in json.loads(gzip.decompress(path.read_bytes())):
            yield Numbered(number, _source(values))
        index += 1


def _source(values: list[Any]) -> LetterSource:
    """What was kept by an older version has fewer values, and fewer of a contact's."""
    contact, date = values[0], values[DATE]
    values[0] = NOTHING | contact
    values[DATE] = datetime.date.fromisoformat(date) if date else None
    return LetterSource(*values)


def thaw_shared(folder: Path) -> Shared:
    """Return what the letters kept in `folder` share."""
    shared: Shared = json.loads((folder / SHARED).read_text(encoding="utf-8"))
    return shared


def _file(folder: Path, index: int) -> Path:
    return folder / SOURCES / f"{index:05d}.json.gz"
