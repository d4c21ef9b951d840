"""Which models of ours have a change history, and how a change is read.

Saving an object records itself (django-auditlog). Whoever writes sets of contacts at once calls
`Change.objects.record_for`, `record_values` or `record_saved` beside it, in the transaction.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from auditlog.registry import auditlog
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import dateparse, formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts.models import AddressPeriod, AlternativeAddress, Change, Consent, Contact

# Fields that follow from others, or say only when something was saved.
DERIVED = ["search_name", "company_name", "created_at", "updated_at"]
GROUPS = ("mailing_groups", "industry_groups", "job_responsibilities", "business_relations")


def keep_history() -> None:
    """Register the models whose changes are kept. Called once, when the application starts."""
    register(Contact, besides=DERIVED, m2m_fields=GROUPS)
    for model in (AlternativeAddress, AddressPeriod, Consent):
        register(model, besides=["contact"])


def register(model: type[models.Model], besides: Collection[str] = (), **options: Any) -> None:
    """Keep the history of every column of `model` but `besides`."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = [field.name for field in fields if field.name not in besides]
    auditlog.register(model, include_fields=names, **options)


@dataclass(frozen=True)
class FieldChange:
    """One field of a change, in words. `before` and `after` are "" for nothing."""

    label: str
    before: str
    after: str

    @property
    def says(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.before or self.after)


@dataclass(frozen=True)
class HistoryItem:
    """One change, as a page shows it: who, when, of what, and each field."""

    change: Change
    what: str
    fields: list[FieldChange]

    @property
    def who(self) -> str:
        actor = self.change.actor
        return (actor.get_full_name() or actor.get_username()) if actor else ""


def history(changes: Iterable[Change]) -> list[HistoryItem]:
    """Return changes in words, in the language of the page."""
    return [
        HistoryItem(change, _what(change), [field for field in _fields(change) if field.says])
        for change in changes
    ]


def _what(change: Change) -> str:
    """What was done: "Changed", or "Consent: created" for a row that belongs to the contact."""
    acts = {
        Change.Action.CREATE: _("created"),
        Change.Action.UPDATE: _("changed"),
        Change.Action.DELETE: _("deleted"),
    }
    act = acts.get(change.action, "")
    model = change.content_type.model_class()
    if model is None or model is Contact:
        return capfirst(act)
    return f"{capfirst(model._meta.verbose_name)} {change.object_repr}: {act}"


def _fields(change: Change) -> Iterator[FieldChange]:
    model = change.content_type.model_class()
    changes: dict[str, Any] = change.changes or {}
    for name, values in changes.items():
        field = _field(model, name)
        label = capfirst(_label(field, name))
        if isinstance(values, dict):
            yield _of_set(label, values)
        else:
            yield FieldChange(label, *(_say(field, value) for value in values))


def _of_set(label: str, values: dict[str, Any]) -> FieldChange:
    """A change of what a contact belongs to: names were added, or taken away."""
    names = ", ".join(values["objects"])
    return FieldChange(label, *(("", names) if values["operation"] == "add" else (names, "")))


def _label(field: Any, name: str) -> str:
    """The name of a field for people; of a relation that leads here, the name of what it is."""
    if isinstance(field, models.ForeignObjectRel):
        return str(field.related_model._meta.verbose_name)
    return str(getattr(field, "verbose_name", name))


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _say(field: Any, value: Any) -> str:
    """A value as it was recorded, in words."""
    if value in (None, "None", ""):
        return ""
    if isinstance(field, models.BooleanField):
        return _("yes") if str(value) in {"True", "true", "1"} else _("no")
    if isinstance(field, models.DateTimeField):
        return _moment(str(value))
    if isinstance(field, models.DateField) and (date := dateparse.parse_date(str(value)[:10])):
        return str(formats.localize(date))
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _moment(text: str) -> str:
    """The moment that was recorded, which was in UTC."""
    moment = dateparse.parse_datetime(text)
    if moment is None:
        return text
    aware = moment.replace(tzinfo=datetime.UTC) if timezone.is_naive(moment) else moment
    return str(formats.date_format(timezone.localtime(aware), "SHORT_DATETIME_FORMAT"))
