"""Which contact a row is about: by number, else by external id, else by e-mail address."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts.models import Contact

from .cells import BadCell
from .rows import type_of

Values = dict[str, Any]
Found = dict[str, list[Contact]]


class Matcher:
    """Finds the contacts of a chunk of rows with three queries; refuses doubled rows."""

    def __init__(self) -> None:
        # What earlier rows have named, by column, and the row that did.
        self.seen: dict[str, dict[Any, int]] = defaultdict(dict)
        self.found: dict[str, Found] = {}

    def look_up(self, rows: Iterable[Values]) -> None:
        """Ask the database for everyone that the rows may be about."""
        rows = list(rows)
        contacts = Contact.objects.select_related("company").order_by("pk")
        nameless = [row for row in rows if not row.get("number")]
        asked = {
            name: {key(name, row[name]) for row in some if row.get(name)}
            for name, some in (("number", rows), ("external_id", nameless), ("email", nameless))
        }
        self.found = {
            name: _by(name, contacts.known_by(name, values)) if values else {}
            for name, values in asked.items()
        }

    def contact(self, row: int, values: Values) -> Contact:
        """Return the contact that the row is about, or a new one. Raises `BadCell`."""
        self._refuse_doubled(row, values)
        contact = self._existing(values)
        if contact is None:
            return Contact(number=values.get("number") or "", type=type_of(values))
        self._once(row, "contact", contact.pk, "")
        if values.get("type") and values["type"] != contact.type:
            raise BadCell(_("The type of a contact does not change by import."), "type")
        return contact

    def _existing(self, values: Values) -> Contact | None:
        if number := values.get("number"):
            return self._one("number", number)
        external_id, email = values.get("external_id"), values.get("email")
        found = self._one("external_id", external_id) if external_id else None
        if found or not email:
            return found
        others = [
            contact
            for contact in self.found["email"].get(key("email", email), [])
            # Another external id is another contact, who shares the address.
            if not (external_id and contact.external_id)
        ]
        return self._only("email", others)

    def _one(self, name: str, value: str) -> Contact | None:
        return self._only(name, self.found[name].get(key(name, value), []))

    def _only(self, name: str, contacts: list[Contact]) -> Contact | None:
        if len(contacts) > 1:
            reason = _("%(count)s contacts have it. Give the number of the one that is meant.")
            raise BadCell(reason % {"count": len(contacts)}, name)
        return contacts[0] if contacts else None

    def _refuse_doubled(self, row: int, values: Values) -> None:
        for name in ("number", "external_id"):
            if values.get(name):
                self._once(row, name, values[name], name)
        if values.get("email") and not values.get("number") and not values.get("external_id"):
            self._once(row, "email", key("email", values["email"]), "email")

    def _once(self, row: int, name: str, value: Any, column: str) -> None:
        earlier = self.seen[name].setdefault(value, row)
        if earlier != row:
            reason = _("Row %(row)s is about the same contact.") % {"row": earlier}
            raise BadCell(reason, column)


def key(name: str, value: str) -> str:
    """Return the spelling under which values are compared: addresses in any case."""
    return value.lower() if name == "email" else value


def _by(name: str, contacts: QuerySet[Contact]) -> Found:
    found: Found = defaultdict(list)
    for contact in contacts:
        found[key(name, getattr(contact, name))].append(contact)
    return found
