"""Which contact a row is about: by number, external id or e-mail address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts.models import Contact

from .cells import BadCell
from .rows import type_of
from .scratch import Scratch

Values = dict[str, Any]
Found = dict[str, list[Contact]]
# What identifies a row, the surest first, by the option `match`.
KEYS = {
    "any": ("number", "external_id", "email"),
    "number": ("number",),
    "external_id": ("external_id",),
    "email": ("email",),
}


class Matcher:
    """Finds the contacts of a chunk of rows with three queries; refuses doubled rows."""

    def __init__(self, match: str, scratch: Scratch) -> None:
        self.keys, self.scratch = KEYS[match], scratch
        self.found: dict[str, Found] = {}
        # Column -> row -> the first row that names the same.
        self.first: dict[str, dict[int, int]] = {}

    def look_up(self, rows: Iterable[tuple[int, Values]]) -> None:
        """Ask the database for everyone that the rows may be about."""
        rows = list(rows)
        contacts = Contact.objects.select_related("company").order_by("pk")
        for name in ("number", "external_id", "email"):
            values = {key(name, values[name]) for _row, values in rows if self._asks(name, values)}
            self.found[name] = _by(name, contacts.known_by(name, values)) if values else {}
        for name in {"number", *self.keys}:
            once = {
                row: key(name, values[name]) for row, values in rows if self._is_once(name, values)
            }
            self.first[name] = self.scratch.first_rows(name, once)

    def matched(
        self, rows: Iterable[tuple[int, Values]]
    ) -> Iterator[tuple[int, Contact | BadCell]]:
        """Yield each row with the contact that it is about, or a new one, or why neither."""
        found = {number: self._try(number, values) for number, values in rows}
        known = {
            number: str(contact.pk)
            for number, contact in found.items()
            if isinstance(contact, Contact) and contact.pk
        }
        first = self.scratch.first_rows("contact", known)
        for number, contact in found.items():
            earlier = first.get(number, number)
            yield number, contact if earlier == number else _doubled(earlier, "")

    def _asks(self, name: str, values: Values) -> bool:
        """Whether to look for the contact by the column. A number leaves nothing to look for."""
        if not values.get(name) or name == "number":
            return bool(values.get(name))
        return name in self.keys and not ("number" in self.keys and values.get("number"))

    def _is_once(self, name: str, values: Values) -> bool:
        """Whether no other row may name the same. People share e-mail addresses."""
        if not values.get(name) or name == "number":
            return bool(values.get(name))
        if name == "email":
            return not any(values.get(surer) for surer in self.keys[: self.keys.index(name)])
        return name in self.keys

    def _try(self, number: int, values: Values) -> Contact | BadCell:
        try:
            return self._contact(number, values)
        except BadCell as bad:
            return bad

    def _contact(self, row: int, values: Values) -> Contact:
        self._refuse_doubled(row)
        contact = self._existing(values)
        number = values.get("number") or ""
        if contact is None:
            if number and self.found["number"].get(number):
                raise BadCell(_("Another contact has this number."), "number")
            return Contact(number=number, type=type_of(values))
        if number and number != contact.number:
            raise BadCell(_("The number of a contact does not change by import."), "number")
        if values.get("type") and values["type"] != contact.type:
            raise BadCell(_("The type of a contact does not change by import."), "type")
        return contact

    def _existing(self, values: Values) -> Contact | None:
        if "number" in self.keys and values.get("number"):
            return self._only("number", self._having("number", values))
        found = None
        if "external_id" in self.keys:
            found = self._only("external_id", self._having("external_id", values))
        if found or "email" not in self.keys:
            return found
        # Another external id is another contact, who shares the address.
        other_id = "external_id" in self.keys and values.get("external_id")
        others = [
            each for each in self._having("email", values) if not (other_id and each.external_id)
        ]
        return self._only("email", others)

    def _having(self, name: str, values: Values) -> list[Contact]:
        value = values.get(name)
        return self.found[name].get(key(name, value), []) if value else []

    def _only(self, name: str, contacts: list[Contact]) -> Contact | None:
        if len(contacts) > 1:
            reason = _("%(count)s contacts have it. Give the number of the one that is meant.")
            raise BadCell(reason % {"count": len(contacts)}, name)
        return contacts[0] if contacts else None

    def _refuse_doubled(self, row: int) -> None:
        for name, first in self.first.items():
            if (earlier := first.get(row, row)) != row:
                raise _doubled(earlier, name)


def _doubled(row: int, column: str) -> BadCell:
    return BadCell(_("Row %(row)s is about the same contact.") % {"row": row}, column)


def key(name: str, value: str) -> str:
    """Return the spelling under which values are compared: addresses in any case."""
    return value.lower() if name == "email" else value


def _by(name: str, contacts: QuerySet[Contact]) -> Found:
    found: Found = defaultdict(list)
    for contact in contacts:
        found[key(name, getattr(contact, name))].append(contact)
    return found
