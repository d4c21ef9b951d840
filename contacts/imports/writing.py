"""Write rows that know their contact, a chunk at a time."""

from collections.abc import Iterator

from django.db.models import F
from django.utils import timezone

from contacts.models import Contact

from .rows import DERIVED, GROUPS, Row


class Writer:
    """Writes within the transaction of its caller. `numbers` are for new contacts without one."""

    def __init__(self, numbers: Iterator[str]) -> None:
        self.numbers = numbers
        self.changed_companies: list[int] = []

    def write(self, rows: list[Row]) -> None:
        """Create and change the contacts of `rows`, all companies or all persons."""
        new = [row for row in rows if row.is_new]
        self._change([row for row in rows if not row.is_new and row.changes()])
        self._create(new)
        self._put_into_groups([row for row in rows if row.groups])

    def _create(self, rows: list[Row]) -> None:
        for row in rows:
            if not row.contact.number:
                row.contact.number = next(self.numbers)
                row.contact.derive_names()
        created = Contact.objects.bulk_create([row.contact for row in rows])
        companies = [contact.pk for contact in created if contact.is_company]
        Contact.objects.filter(pk__in=companies).update(company=F("id"))

    def _change(self, rows: list[Row]) -> None:
        if not rows:
            return
        now = timezone.now()
        for row in rows:
            row.contact.updated_at = now
        fields = {*rows[0].before, *DERIVED, "updated_at"}
        Contact.objects.put([row.contact for row in rows], fields)
        self.changed_companies += [row.contact.pk for row in rows if row.is_company]

    def spread_names(self) -> None:
        """Give persons the new names of their companies, once their own rows are written."""
        Contact.objects.spread_names(self.changed_companies)
        self.changed_companies = []

    def _put_into_groups(self, rows: list[Row]) -> None:
        for name, model in GROUPS.items():
            moved = [row for row in rows if row.groups.get(name) != row.groups_before.get(name)]
            moved = [row for row in moved if name in row.groups]
            keys = [row.contact.pk for row in moved if row.groups_before.get(name)]
            model._default_manager.filter(contact__in=keys).delete()
            model._default_manager.bulk_create(
                model(group_id=group, contact_id=row.contact.pk)
                for row in moved
                for group in sorted(row.groups[name])
            )
