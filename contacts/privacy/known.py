"""Everything known about a contact, in the words of the pages.

Every row of every model that points at the contact by a field called `contact` is told, so that
nothing new is forgotten. A queryset that has more to tell has a method `known_of_contact()`.
"""

from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts.duplicates.merge import pointing_at
from contacts.models import Change, Contact, Membership

Row = dict[str, Any]
Known = dict[str, list[Row]]

# Of no meaning to a person who asks.
UNTOLD = {"id", "pk", "contact", "search_name", "additional_data", "serialized_data", "line"}


def everything_known(contact: Contact) -> Known:
    """Return for each kind of thing what is known, as plain JSON: {"Contact": [{...}], ...}."""
    known: Known = {capfirst(_("contact")): [told(contact)]}
    for field, rows in pointing_at(contact):
        if field.name == "contact":
            known.setdefault(_kind(field.model), []).extend(_rows(rows))
    return {kind: rows for kind, rows in known.items() if rows}


def told(record: models.Model) -> Row:
    """Return the fields of a row that say something, by their names, as plain JSON."""
    fields = [field for field in record._meta.concrete_fields if field.name not in UNTOLD]
    values = {_label(field): _plain(record, field) for field in fields}
    return {label: value for label, value in values.items() if value not in (None, "", [], {})}


def as_words(value: Any) -> str:
    """Return a plain value as people read it, for the readable document."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {as_words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return " → ".join(as_words(part) for part in value)
    return "" if value is None else str(value)


def _rows(rows: models.QuerySet[Any]) -> Iterator[Row]:
    if hasattr(rows, "known_of_contact"):
        yield from rows.known_of_contact()
    elif issubclass(rows.model, Membership):
        yield from ({_("group"): str(row.group)} for row in rows.select_related("group"))
    else:
        related = [field.name for field in rows.model._meta.fields if field.is_relation]
        yield from (told(row) for row in rows.select_related(*related))


def _kind(model: Any) -> str:
    if issubclass(model, Membership):
        model = model._meta.get_field("group").related_model
    if model is Change:
        return _("Change history")
    return capfirst(str(model._meta.verbose_name_plural))


def _label(field: Any) -> str:
    return capfirst(str(getattr(field, "verbose_name", field.name)))


def _plain(record: models.Model, field: Any) -> Any:
    shown = getattr(record, f"get_{field.name}_display", None)
    value = shown() if shown else getattr(record, field.name)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(field, models.DateTimeField) and value:
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(field, models.DateField) and value:
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    plain = (str, int, float, bool, list, dict, type(None))
    return value if isinstance(value, plain) else DjangoJSONEncoder().default(value)
