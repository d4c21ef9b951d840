"""The refused rows of an import as a file of the same layout, with the reasons."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self, cast

from django.http import Http404
from django.utils.translation import gettext as _

from contacts.exports.workbook import write_workbook
from contacts.models import ContactImport

from .cells import escaped, unescaped
from .folder import Folder
from .journal import Journal
from .result import Outcome

KINDS = ("csv", "xlsx")


def refused_file(import_: ContactImport, kind: str) -> IO[bytes]:
    """Return the refused rows as "csv" or "xlsx", by `kind`."""
    file = cast(IO[bytes], TemporaryFile())  # noqa: SIM115
    delimiter = import_.layout.get("delimiter") or ";"
    _write(file, kind, import_.headings, _journal(import_), delimiter)
    file.seek(0)
    return file


def refused_name(import_: ContactImport, kind: str) -> str:
    """Return what that file is called."""
    return f"{import_.file_name.rpartition('.')[0] or 'contacts'}-refused.{kind}"


class RefusedRows:
    """A journal that keeps the refused rows and writes them to `path` at the end, if any.

    Use as a context. The end of the name says whether it becomes a workbook.
    """

    def __init__(self, path: Path, headings: list[str], delimiter: str) -> None:
        self.path, self.headings, self.delimiter = path, headings, delimiter or ";"
        self.outcomes = 0

    def __enter__(self) -> Self:
        self.file: Any = TemporaryFile()
        self.stream = io.TextIOWrapper(self.file, encoding="utf-8", newline="")
        self.writer = csv.writer(self.stream)
        return self

    def __call__(self, outcomes: list[Outcome]) -> None:
        refused = [outcome for outcome in outcomes if outcome.act == "refused"]
        self.writer.writerows(_row(outcome, len(self.headings)) for outcome in refused)
        self.outcomes += len(refused)

    def __exit__(self, *error: object) -> None:
        if self.outcomes and error[0] is None:
            self.stream.seek(0)
            with self.path.open("wb") as file:
                kind = self.path.suffix.lower().removeprefix(".")
                rows = _with_headings(self.headings, csv.reader(self.stream))
                _write_rows(file, kind, rows, self.delimiter)
        self.stream.close()


def _write(file: Any, kind: str, headings: list[str], journal: Journal, delimiter: str) -> None:
    rows = (_row(outcome, len(headings)) for outcome in journal)
    _write_rows(file, kind, _with_headings(headings, rows), delimiter)


def _with_headings(headings: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield [*headings, _("Reason")]
    yield from rows


def _write_rows(file: Any, kind: str, rows: Iterable[list[str]], delimiter: str) -> None:
    if kind == "xlsx":
        write_workbook(file, (list(map(unescaped, row)) for row in rows))
        return
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([escaped(unescaped(cell)) for cell in row] for row in rows)
    stream.flush()
    stream.detach()


def _row(outcome: Outcome, width: int) -> list[str]:
    cells = outcome.cells[:width]
    reasons = (
        f"{refusal.column}: {refusal.reason}" if refusal.column else refusal.reason
        for refusal in outcome.reasons
    )
    return [*cells, *[""] * (width - len(cells)), " ".join(reasons)]


def _journal(import_: ContactImport) -> Journal:
    folder = Folder(import_.folder)
    for name in ("result", "preview"):
        if journal := Journal(folder, name, "refused"):
            return journal
    raise Http404
