"""One row of an import file: what it says, and what that makes of a contact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import Contact
from contacts.phones import clean_phone
from contacts.texts import clean_postal_code, clean_vat_number

from .cells import BadCell
from .held import Held, nothing_held
from .resource import CHANNELS, import_columns

NAME_PARTS = ("first_name", "middle_name", "surname")
# Columns that are not simply a field of the contact.
NOT_PLAIN = {"number", "type", "company"}
PHONES = ("phone", "mobile")
FIELDS = tuple(field.attname for field in Contact._meta.concrete_fields)
# Whose postal codes may begin with a zero, and how long they are.
POSTAL_CODES = {"DK": 4, "NO": 4, "DE": 5, "ES": 5, "FI": 5, "FR": 5, "IT": 5, "US": 5}
# Column -> field of the contact.
PLAIN = {
    name: column.attribute.removeprefix("contact__")
    for name, column in import_columns().items()
    if name not in NOT_PLAIN and not column.is_held
}
HELD = frozenset(name for name, column in import_columns().items() if column.is_held)


@dataclass
class Row:
    """A row and its contact: the one it is about, or a new one. `before` is what it was."""

    number: int
    values: dict[str, Any]
    contact: Contact
    cells: list[str]
    before: dict[str, Any] = field(default_factory=dict)
    held_before: Held = field(default_factory=nothing_held)
    held: Held = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    # What our defaults gave a new contact: key of the field -> value.
    given: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.renew(self.contact)

    def renew(self, contact: Contact) -> None:
        """Begin with `contact`, as it is stored."""
        self.contact = contact
        self.before = {name: contact.__dict__.get(name) for name in FIELDS}

    @property
    def is_new(self) -> bool:
        return self.contact.pk is None

    @property
    def is_company(self) -> bool:
        return self.contact.is_company

    def give(self, defaults: Mapping[str, Any]) -> None:
        """Give a new contact our defaults (R4) where the row says nothing and nothing is yet."""
        for name, value in defaults.items() if self.is_new else ():
            if name not in self.values and not getattr(self.contact, PLAIN[name]):
                setattr(self.contact, PLAIN[name], value)
                self.given[name] = value

    def fill(self, our_country: str) -> None:
        """Put what the row says into its contact. Raises `BadCell`."""
        for name, value in self.values.items():
            if name in PLAIN and name not in PHONES and not self._are_same_notes(name, value):
                setattr(self.contact, PLAIN[name], value)
        self._mend_postal_code()
        country = self.contact.country
        for name in PHONES:
            self._clean(name, clean_phone, country or our_country)
        self._clean("vat_number", clean_vat_number, country)
        if self.is_company:
            self._refuse_on_company()
        else:
            self._name_person()
        self._fill_held()

    def settle(self) -> None:
        """Derive the names, once company and all fields are set. Raises `BadCell`."""
        self.contact.derive_names()
        if not self.contact.name:
            raise BadCell(_("A contact needs a name."), "name")
        if len(self.contact.name) > 150:
            raise BadCell(_("The name is longer than 150 characters."), "name")

    def changed_fields(self) -> list[str]:
        """Return the fields of the contact that differ from before."""
        now = self.contact.__dict__
        return [name for name in FIELDS if now.get(name) != self.before[name]]

    def changed_held(self) -> list[str]:
        """Return the columns of other tables that differ from before."""
        return [name for name, value in self.held.items() if value != self.held_before[name]]

    def _are_same_notes(self, name: str, value: Any) -> bool:
        """Browsers end lines in another way than files do."""
        return name == "notes" and str(self.before["notes"]).replace("\r\n", "\n") == value

    def _mend_postal_code(self) -> None:
        """Give back the zero that a spreadsheet took from "0800", and say so."""
        code, country = self.contact.postal_code, self.contact.country
        length = POSTAL_CODES.get(country, 0)
        if "postal_code" not in self.values or code == self.before["postal_code"]:
            return
        self.contact.postal_code = code = clean_postal_code(code)
        if len(code) == length - 1 and code.isdecimal():
            self.contact.postal_code = code.zfill(length)
            note = _("Postal code %(code)s is read as %(mended)s: spreadsheets drop leading zeros.")
            self.notes.append(note % {"code": code, "mended": self.contact.postal_code})

    def _clean(self, name: str, clean: Callable[[str, str], str], country: str) -> None:
        """Let `clean` look at what is new, as on the form: what stands there may be older."""
        text = self.values.get(name)
        if text is None or text == self.before[name]:
            return
        try:
            setattr(self.contact, name, clean(text, country))
        except ValidationError as error:
            raise BadCell(" ".join(error.messages), name) from None

    def _refuse_on_company(self) -> None:
        for name in NAME_PARTS:
            if self.values.get(name):
                raise BadCell(_("A company has no such name; persons have."), name)

    def _name_person(self) -> None:
        if any(self.values.get(name) for name in NAME_PARTS):
            self.contact.name = ""
        elif name := self.values.get("name"):
            self._divide(name)

    def _divide(self, name: str) -> None:
        """Divide a full name into its parts, unless it has them: the last word is the surname."""
        if self.before["name"] == name:
            for part in NAME_PARTS:
                setattr(self.contact, part, self.before[part])
            return
        words = name.split()
        self.contact.first_name = words[0] if len(words) > 1 else ""
        self.contact.middle_name = " ".join(words[1:-1])
        self.contact.surname = words[-1]

    def _fill_held(self) -> None:
        said = {name: self.values[name] for name in HELD if name in self.values}
        if not said:
            return
        self.held = self.held_before | said
        for name in CHANNELS:
            self._settle_consent(name, f"{name}_date", f"{name}_source", said)

    def _settle_consent(self, name: str, date: str, source: str, said: Held) -> None:
        given = self.held[name]
        if given is None:
            if said.get(date) or said.get(source):
                reason = _("A date or a source is given, but not whether the contact consents.")
                raise BadCell(reason, date if said.get(date) else source)
            self.held |= {date: None, source: ""}
        elif not said.get(date):
            # Said anew it is said today; said as before it keeps its day.
            same = given == self.held_before[name]
            self.held[date] = self.held_before[date] if same else timezone.localdate()
            if not same and not said.get(source):
                self.held[source] = ""


def type_of(values: dict[str, Any]) -> str:
    """Return the type of a new contact: as the row says, else from what it has."""
    if values.get("type"):
        return str(values["type"])
    person = any(values.get(name) for name in (*NAME_PARTS, "company"))
    return Contact.Type.PERSON if person else Contact.Type.COMPANY
