"""The refused rows of a file of interactions, with the reasons, to be mended."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from contacts.imports.reading import Unreadable, look, unfold

from .columns import import_names
from .log import LogResult


def refused_rows(file: BinaryIO, result: LogResult) -> Iterator[Sequence[str]]:
    """Yield the headings and the refused rows of `file` as they stand there, reasons last."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for refusal in result.refused:
        told = f"{refusal.column}: {refusal.reason}" if refusal.column else refusal.reason
        reasons[refusal.row].append(told)
    try:
        sheet = unfold(look(file, import_names()))
    except Unreadable:
        yield from ([_("Row"), _("Reason")], *([str(r), " ".join(t)] for r, t in reasons.items()))
        return
    width = len(sheet.headings)
    yield [*sheet.headings, _("Reason")]
    if 1 in reasons:
        yield [*[""] * width, " ".join(reasons[1])]
    for number, cells in sheet.rows():
        if number in reasons:
            row = [*cells[:width], *[""] * (width - len(cells))]
            yield [*row, " ".join(reasons[number])]
