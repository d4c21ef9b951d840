"""Write rows that know their contact, a chunk at a time."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils import timezone

from contacts.inheritance import heritage, inherit
from contacts.models import Change, Contact

from .held import hold, nothing_held
from .rows import Row


class ContactsChanged(Exception):  # noqa: N818  No error: somebody was faster.
    """More contacts are new than the numbers that were drawn for them."""


class Writer:
    """Writes within the transaction of its caller. `numbers` are for new contacts without one."""

    def __init__(self, numbers: Iterator[str], by: Any) -> None:
        self.numbers, self.by = numbers, by
        self.passed_on = False

    def write(self, rows: list[Row]) -> None:
        """Create and change the contacts of `rows`, all companies or all persons."""
        new = [row for row in rows if row.is_new]
        changed = [row for row in rows if not row.is_new and row.changed_fields()]
        self._change(changed)
        self._create(new)
        # Everything that a chunk changes of contacts passes here with what it was (`row.before`).
        self._record(changed, new)
        held = [row for row in rows if row.held and row.changed_held()]
        hold(((row.contact, nothing_held() | row.held_before, row.held) for row in held), self.by)

    def stale(self, persons: set[int | None]) -> dict[int, Contact]:
        """Return those of `persons` anew, if their companies passed something on to them."""
        if not self.passed_on:
            return {}
        self.passed_on = False
        return Contact.objects.select_related("company").in_bulk([pk for pk in persons if pk])

    def _record(self, changed: list[Row], new: list[Row]) -> None:
        pairs: list[tuple[Contact | None, Contact]] = [
            (Contact(**row.before), row.contact) for row in changed
        ]
        pairs += [(None, row.contact) for row in new]
        Change.objects.record_saved(pairs, by=self.by)

    def _create(self, rows: list[Row]) -> None:
        for row in rows:
            if not row.contact.number:
                row.contact.number = self._number()
                # The number is one of the words that a contact is found by.
                row.contact.derive_names()
        created = Contact.objects.bulk_create([row.contact for row in rows])
        companies = [contact.pk for contact in created if contact.is_company]
        Contact.objects.filter(pk__in=companies).update(company=F("id"))

    def _number(self) -> str:
        number = next(self.numbers, None)
        if number is None:
            raise ContactsChanged
        return number

    def _change(self, rows: list[Row]) -> None:
        if not rows:
            return
        companies = [row.contact.pk for row in rows if row.is_company]
        before = heritage(companies) if companies else {}
        now = timezone.now()
        for row in rows:
            row.contact.updated_at = now
        fields = {name for row in rows for name in row.changed_fields()}
        Contact.objects.put([row.contact for row in rows], _names(fields))
        if companies:
            self._pass_on(companies, before)

    def _pass_on(self, companies: list[int], before: Any) -> None:
        """Give persons what their companies changed (R13), before their own rows are written."""
        inherit(before, by=self.by)
        Contact.objects.spread_names(companies)
        self.passed_on = True


def _names(attnames: set[str]) -> list[str]:
    names = {field.attname: field.name for field in Contact._meta.concrete_fields}
    return sorted(names[attname] for attname in attnames)
