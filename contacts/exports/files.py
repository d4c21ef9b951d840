"""The kinds of files that contacts are exported to, written while they are read."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.imports.cells import escaped

from .workbook import CONTENT_TYPE, stream_workbook

AT_ONCE = 500


@dataclass(frozen=True)
class Kind:
    """A kind of file. `delimiter` is "" for a workbook."""

    label: str | Promise
    suffix: str
    content_type: str
    delimiter: str = ""

    def stream(self, rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
        """Yield the bytes of a file with these rows."""
        return stream_csv(rows, self.delimiter) if self.delimiter else stream_workbook(rows)


KINDS = {
    "xlsx": Kind(_("Excel workbook"), "xlsx", CONTENT_TYPE),
    "semicolon": Kind(_("CSV with semicolons, for Excel in Europe"), "csv", "text/csv", ";"),
    "comma": Kind(_("CSV with commas"), "csv", "text/csv", ","),
}


def stream_csv(rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with BOM. No cell of it is run as a formula."""
    yield b"\xef\xbb\xbf"
    for some in batched(rows, AT_ONCE):
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerows([escaped(cell) for cell in row] for row in some)
        yield stream.getvalue().encode()
