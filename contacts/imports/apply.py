"""Import a file: look at all of it, then write all of it, or nothing."""

from collections.abc import Iterator
from itertools import batched
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contacts.models import Contact, NumberSeries

from .plan import AT_ONCE, Plan
from .reading import Unreadable, open_sheet
from .result import ImportResult
from .writing import Writer


def import_contacts(file: BinaryIO, *, by: Any = None, dry_run: bool = False) -> ImportResult:
    """Create and change contacts from a CSV file, opened for reading bytes.

    A row is about the contact with its number, else its external id, else its e-mail address;
    otherwise it is a new contact. Only the columns of the file change, and an empty cell empties
    the field. Any refusal, or `dry_run`, and nothing is written. Must not be called within a
    transaction, because numbers are drawn.
    """
    try:
        plan = Plan(open_sheet(file))
        result = plan.go()
        if result.refused or dry_run:
            return result
        return _write(plan)
    except Unreadable as unreadable:
        return ImportResult(refused=unreadable.refusals)


def _write(plan: Plan) -> ImportResult:
    numbers = _free_numbers(plan.numberless, plan.numbers)
    try:
        with transaction.atomic():
            result = Plan(plan.sheet, Writer(numbers)).go()
            transaction.set_rollback(bool(result.refused))
    except IntegrityError:
        result = ImportResult()
        reason = _("Somebody changed the same contacts at the same time. Import the file again.")
        result.refuse(1, "", reason)
    return result


def _free_numbers(count: int, taken: set[str]) -> Iterator[str]:
    """Draw `count` numbers that neither the database nor the file has."""
    free: list[str] = []
    while len(free) < count:
        drawn = NumberSeries.objects.draw_block("contacts", count - len(free))
        for numbers in batched(drawn, AT_ONCE):
            known = Contact.objects.known_by("number", numbers).values_list("number", flat=True)
            used = taken | set(known)
            free += [number for number in numbers if number not in used]
    return iter(free)
