"""Two contacts side by side, field by field, and what each of them has."""

from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst

from contacts.models import Change, Contact, Duplicate, Membership

from .merge import CHOSEN, pointing_at

# Rows that say something of contacts, but that nobody misses.
UNTOLD = (Change, Duplicate)


@dataclass(frozen=True)
class Row:
    """A field of the two contacts in words. `takes_other`: only the second says anything."""

    name: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def takes_other(self) -> bool:
        return bool(self.second) and not self.first


def compare(first: Contact, second: Contact) -> list[Row]:
    """Return the fields that either of the two has, with both values."""
    rows = [Row(name, _label(name), _words(first, name), _words(second, name)) for name in CHOSEN]
    return [row for row in rows if row.first or row.second]


def differing(first: Contact, second: Contact) -> list[str]:
    """Return the names of the fields that must be chosen between the two."""
    return [row.name for row in compare(first, second) if row.differs]


def belongings(first: Contact, second: Contact) -> list[tuple[str, int, int]]:
    """Return (what, how many of the first, how many of the second) of all that points at them."""
    counts: dict[str, list[int]] = {}
    for place, contact in enumerate((first, second)):
        for field, rows in pointing_at(contact):
            if field.model not in UNTOLD:
                told = counts.setdefault(_kind(field), [0, 0])
                told[place] += _others(rows, contact).count()
    return [(what, one, other) for what, (one, other) in counts.items() if one or other]


def _others(rows: Any, contact: Contact) -> Any:
    """All but the contact itself: a company belongs to itself."""
    return rows.exclude(pk=contact.pk) if rows.model is Contact else rows


def _kind(field: models.Field[Any, Any]) -> str:
    """What a row is called that points at a contact; of a membership the kind of group."""
    model: Any = field.model
    if issubclass(model, Membership):
        model = model._meta.get_field("group").related_model
    return capfirst(str(model._meta.verbose_name_plural))


def _label(name: str) -> str:
    return capfirst(str(cast(Any, Contact._meta.get_field(name)).verbose_name))


def _words(contact: Contact, name: str) -> str:
    """The value of a field as people read it."""
    if name == "company" and contact.is_company:
        return ""
    shown = getattr(contact, f"get_{name}_display", None)
    value = shown() if shown else getattr(contact, name)
    return "" if value is None else str(value)
