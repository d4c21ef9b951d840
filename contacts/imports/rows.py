"""One row of an import file: what it says, and what that makes of a contact."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Contact, ContactIndustryGroup, ContactMailingGroup

from .cells import BadCell

# Columns of groups, and the table that holds who belongs to them.
GROUPS: dict[str, type[Any]] = {
    "mailing_groups": ContactMailingGroup,
    "industry_groups": ContactIndustryGroup,
}
NAME_PARTS = ("first_name", "middle_name", "surname")
# Columns that are not simply a field of the contact.
NOT_PLAIN = {"number", "type", "company", *GROUPS}
KEYS = {"language": "language_id", "salesperson": "salesperson_id", "salutation": "salutation_id"}
DERIVED = ("name", *NAME_PARTS, "company_id", "company_name", "search_name")


@dataclass
class Row:
    """A row and its contact: the one it is about, or a new one. `before` is what it was."""

    number: int
    values: dict[str, Any]
    contact: Contact
    before: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, frozenset[int]] = field(default_factory=dict)
    groups_before: dict[str, frozenset[int]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.contact.pk is None

    @property
    def is_company(self) -> bool:
        return self.contact.is_company

    def fill(self) -> None:
        """Put what the row says into its contact. Raises `BadCell`."""
        self.before = {name: getattr(self.contact, name) for name in self._fields()}
        for name, value in self.values.items():
            if name not in NOT_PLAIN:
                setattr(self.contact, KEYS.get(name, name), value)
        self.groups = {name: self.values[name] for name in GROUPS if name in self.values}
        if self.is_company:
            self._refuse_on_company()
        else:
            self._name_person()

    def settle(self) -> None:
        """Derive the names, once company and all fields are set. Raises `BadCell`."""
        self.contact.derive_names()
        if not self.contact.name:
            raise BadCell(_("A contact needs a name."), "name")
        if len(self.contact.name) > 150:
            raise BadCell(_("The name is longer than 150 characters."), "name")

    def changes(self) -> list[str]:
        """Return the names of the fields that differ from before."""
        changed = [
            name for name, value in self.before.items() if getattr(self.contact, name) != value
        ]
        groups = [name for name in self.groups if self.groups[name] != self.groups_before[name]]
        return changed + groups

    def _fields(self) -> set[str]:
        plain = {KEYS.get(name, name) for name in self.values if name not in NOT_PLAIN}
        return plain | set(DERIVED)

    def _refuse_on_company(self) -> None:
        for name in NAME_PARTS:
            if self.values.get(name):
                raise BadCell(_("A company has no such name; persons have."), name)

    def _name_person(self) -> None:
        if self.values.get("industry_groups"):
            reason = _("Industry groups belong to companies; persons are found through theirs.")
            raise BadCell(reason, "industry_groups")
        if any(self.values.get(name) for name in NAME_PARTS):
            self.contact.name = ""
        elif name := self.values.get("name"):
            self._divide(name)

    def _divide(self, name: str) -> None:
        """Divide a full name into its parts, unless it has them: the last word is the surname."""
        parts = [self.before[part] for part in NAME_PARTS]
        if " ".join(filter(None, parts)) == name:
            self.contact.first_name, self.contact.middle_name, self.contact.surname = parts
            return
        words = name.split()
        self.contact.first_name = words[0] if len(words) > 1 else ""
        self.contact.middle_name = " ".join(words[1:-1])
        self.contact.surname = words[-1]


def type_of(values: dict[str, Any]) -> str:
    """Return the type of a new contact: as the row says, else from what it has."""
    if values.get("type"):
        return str(values["type"])
    person = any(values.get(name) for name in (*NAME_PARTS, "company"))
    return Contact.Type.PERSON if person else Contact.Type.COMPANY
