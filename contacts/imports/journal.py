"""What became of each row, kept in files: written once, read a page at a time.

`rows` has one line of JSON for each row of the file; for each act there is an index, eight bytes
for each of its rows: where its line begins.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any, BinaryIO, Self, overload

from .folder import Folder
from .result import ACTS, FieldChange, Outcome, Refusal

ALL = "all"
WIDTH = 8


class JournalWriter:
    """Writes the journal `name` of a folder anew. Use as a context."""

    def __init__(self, folder: Folder, name: str) -> None:
        self.folder, self.name = folder, name

    def __enter__(self) -> Self:
        self.stack = ExitStack()
        files = {act: self.stack.enter_context(self._file(act)) for act in (ALL, *ACTS, "rows")}
        self.rows: BinaryIO = files.pop("rows")
        self.indexes = files
        self.position = 0
        return self

    def __exit__(self, *_error: object) -> None:
        self.stack.close()

    def __call__(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            begins = self.position.to_bytes(WIDTH)
            self.indexes[ALL].write(begins)
            self.indexes[outcome.act].write(begins)
            line = json.dumps(_short(outcome), ensure_ascii=False).encode() + b"\n"
            self.position += self.rows.write(line)

    def _file(self, what: str) -> BinaryIO:
        return self.folder.create(f"{self.name}.{what}")


def _short(outcome: Outcome) -> dict[str, Any]:
    return {name: value for name, value in asdict(outcome).items() if value}


class Journal(Sequence[Outcome]):
    """The rows of one act, or of all, as a sequence that reads only what is asked for."""

    def __init__(self, folder: Folder, name: str, act: str = ALL) -> None:
        self.folder, self.lines, self.places = folder, f"{name}.rows", f"{name}.{act}"

    def __len__(self) -> int:
        return self.folder.size(self.places) // WIDTH

    @overload
    def __getitem__(self, which: int) -> Outcome: ...
    @overload
    def __getitem__(self, which: slice) -> list[Outcome]: ...
    def __getitem__(self, which: int | slice) -> Outcome | list[Outcome]:
        if isinstance(which, int):
            return self[which : which + 1][0]
        first, last, _step = which.indices(len(self))
        return list(self._between(first, last))

    def __iter__(self) -> Iterator[Outcome]:
        return self._between(0, len(self))

    def _between(self, first: int, last: int) -> Iterator[Outcome]:
        if first >= last:
            return
        with self.folder.open(self.places) as index, self.folder.open(self.lines) as rows:
            index.seek(first * WIDTH)
            for _number in range(first, last):
                rows.seek(int.from_bytes(index.read(WIDTH)))
                yield _outcome(json.loads(rows.readline()))


def _outcome(data: dict[str, Any]) -> Outcome:
    changes = [FieldChange(**change) for change in data.pop("changes", ())]
    reasons = [Refusal(**reason) for reason in data.pop("reasons", ())]
    return Outcome(**data, changes=changes, reasons=reasons)
