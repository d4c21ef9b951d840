"""Import a file: look at all of it, then write all of it, or nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import batched
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact, NumberSeries

from .columns import heading_key, nearest
from .headings import import_headings, settle_names
from .layout import Layout, Options
from .plan import AT_ONCE, Journal, Plan, no_journal
from .reading import look, open_sheet, refuse_unknown
from .resource import WHO, import_columns
from .result import ImportResult, Refusal
from .sheet import Sheet, Unreadable
from .writing import ContactsChanged, Writer

# Whether what was written shall stay.
Finish = Callable[[ImportResult], bool]


def import_contacts(
    file: BinaryIO,
    *,
    by: Any = None,
    dry_run: bool = False,
    options: Options | None = None,
    layout: Layout | None = None,
    journal: Journal = no_journal,
) -> ImportResult:
    """Create and change contacts from a CSV file or workbook, opened for reading bytes.

    Only the columns of the file change; `options` say how a row finds its contact, what an empty
    cell does, and whether one refused row keeps all others out. The `journal` is told what becomes
    of each row. Must not be called within a transaction, because numbers are drawn.
    """
    options = options or Options()
    try:
        sheet = contact_sheet(file, layout)
        plan = Plan(sheet, options, journal=journal)
        result = plan.go()
        if dry_run or (result.refused_rows and not options.takes_good_rows):
            return result
        return write(sheet, options, plan.numberless, by=by)
    except Unreadable as unreadable:
        return ImportResult(refused=unreadable.refusals)


def contact_sheet(file: BinaryIO, layout: Layout | None) -> Sheet:
    """Open a file of contacts whose columns are all known. Raises `Unreadable`."""
    sheet = open_sheet(file, names=import_headings(), who=WHO, layout=layout)
    sheet.names = settle_names(sheet.names)
    return sheet


def mapped(file: BinaryIO, layout: Layout, mapping: Mapping[str, str]) -> tuple[Layout, list[str]]:
    """Return the layout of a file with every column named, and its headings.

    `mapping` says what headings are; the others must be known. Raises `Unreadable`, and `Refused`
    for a mapping of what is not there.
    """
    sheet = look(file, import_headings(), layout)
    _refuse_mapping(mapping, sheet.headings)
    refuse_unknown(sheet, {**import_headings(), **{heading_key(name): "" for name in mapping}})
    names = [
        mapping.get(heading, name)
        for heading, name in zip(sheet.headings, sheet.names, strict=True)
    ]
    found = {name: getattr(sheet, name, "") for name in ("encoding", "delimiter")}
    return replace(layout, **found, columns=tuple(settle_names(names))), sheet.headings


def _refuse_mapping(mapping: Mapping[str, str], headings: list[str]) -> None:
    for heading, name in mapping.items():
        if heading not in headings:
            raise Refused(_("The file has no column “%(heading)s”.") % {"heading": heading})
        if name and name not in import_columns():
            near = nearest(name, {column: column for column in import_columns()})
            reason = _("There is no column “%(name)s” of contacts. Did you mean “%(near)s”?")
            raise Refused(reason % {"name": name, "near": near})


def write(
    sheet: Sheet,
    options: Options,
    numberless: int,
    *,
    by: Any,
    journal: Journal = no_journal,
    finish: Finish = lambda _result: True,
) -> ImportResult:
    """Write what the sheet says, in one transaction. `numberless` is what looking at it gave.

    `finish` is called at the end of the transaction; where it returns False nothing is written.
    """
    numbers = _free_numbers(numberless, sheet)
    try:
        with transaction.atomic():
            result = Plan(sheet, options, Writer(numbers, by), journal).go()
            good = options.takes_good_rows or not result.refused_rows
            result.is_written = good and finish(result)
            transaction.set_rollback(not result.is_written)
    except (IntegrityError, ContactsChanged):
        reason = _("Somebody changed the same contacts at the same time. Import the file again.")
        return ImportResult(refused=[Refusal(1, "", reason)])
    return result


def _free_numbers(count: int, sheet: Sheet) -> Iterator[str]:
    """Draw `count` numbers that neither the database nor the file has."""
    free: list[str] = []
    while len(free) < count:
        drawn = NumberSeries.objects.draw_block("contacts", count - len(free))
        taken = _in_file(sheet, set(drawn))
        for numbers in batched(drawn, AT_ONCE):
            known = Contact.objects.known_by("number", numbers).values_list("number", flat=True)
            used = taken | set(known)
            free += [number for number in numbers if number not in used]
    return iter(free)


def _in_file(sheet: Sheet, numbers: set[str]) -> set[str]:
    """Which of `numbers` stand in the file."""
    if "number" not in sheet.names:
        return set()
    at = sheet.names.index("number")
    return numbers & {cells[at].strip() for _number, cells in sheet.rows() if at < len(cells)}
