"""What is behind a condition: the value that a contact has, in words, for each kind of condition.

`behind` has a way for each class of conditions; what has none is said by its clause.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, singledispatch
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.alternatives import all_of
from contacts.conditions import AnyObject, AnyOf, Asked, How, InGroups, OneCompany, Related, YesNo
from contacts.expressions.condition import Expressed
from contacts.models import Contact
from interactions.models import InteractionLogEntry
from segments_app.filters.contacted import LastContacted, NotContactedSince
from segments_app.filters.interactions import Interactions

Contacts = Sequence[Contact]
Told = dict[int, str]


@singledispatch
def behind(
    condition: Any, value: Any, asked: list[Asked], contacts: Contacts, met: set[int]
) -> Told:
    """Return what each contact has that the condition asks for, by its key.

    `met` are the keys of those who meet it. Who is left out has nothing to tell.
    """
    return {}


@behind.register
def _of_expressed(
    condition: Expressed, value: Any, asked: Any, contacts: Contacts, met: set[int]
) -> Told:
    subject = str(condition.subject)
    return {
        contact.pk: _said(subject, getattr(contact, condition.lookup, ""))
        for contact in contacts
        if hasattr(contact, condition.lookup)
    }


def _said(subject: str, value: Any) -> str:
    if value in (None, ""):
        return _("%(subject)s is empty") % {"subject": subject}
    if hasattr(value, "tzinfo"):
        value = timezone.localtime(value)
    if hasattr(value, "year"):
        value = day(value)
    return _("%(subject)s %(value)s") % {"subject": subject, "value": value}


def day(date: Any) -> str:
    return formats.date_format(date, "SHORT_DATE_FORMAT")


@behind.register
def _of_choices(
    condition: AnyOf, value: Any, asked: Any, contacts: Contacts, met: set[int]
) -> Told:
    names = dict(condition.choices() if callable(condition.choices) else condition.choices)
    held = {contact.pk: getattr(contact, condition.field_name) for contact in contacts}
    return {key: _has(condition, names.get(code, code)) for key, code in held.items()}


def _has(condition: Any, name: Any) -> str:
    if not name:
        return _("%(subject)s is empty") % {"subject": condition.label}
    return str(condition.clause) % {"value": name}


@behind.register
def _of_objects(
    condition: AnyObject, value: Any, asked: Any, contacts: Contacts, met: set[int]
) -> Told:
    held = {contact.pk: getattr(contact, f"{condition.field_name}_id") for contact in contacts}
    model: Any = condition.extra["queryset"].model
    names = model.objects.in_bulk({key for key in held.values() if key})
    return {key: _has(condition, names.get(other)) for key, other in held.items()}


@behind.register
def _of_company(
    condition: OneCompany, value: Any, asked: Any, contacts: Contacts, met: set[int]
) -> Told:
    return {contact.pk: _has(condition, contact.company_name) for contact in contacts}


@behind.register
def _of_yes_no(condition: YesNo, value: Any, asked: Any, contacts: Contacts, met: set[int]) -> Told:
    other = "no" if value == "yes" else "yes"
    return {c.pk: condition.say(value if c.pk in met else other) for c in contacts}


@behind.register
def _of_groups(
    condition: InGroups, value: Any, asked: Any, contacts: Contacts, met: set[int]
) -> Told:
    names = {group.pk: condition.called(group) for group in value}
    held = _groups_of(only_of(condition, contacts), value)
    if held is None:
        return {}
    of_company = condition.belonging.key == "company"
    told = {}
    # That somebody is in none of them tells nothing more.
    outside = met if condition.how == How.NONE else set()
    for contact in (contact for contact in contacts if contact.pk not in outside):
        of: Any = contact.company_id if of_company else contact.pk
        inside = held.get(of, set())
        told[contact.pk] = _in_groups(condition, names, inside)
    return told


def _in_groups(condition: InGroups, names: dict[int, Any], inside: set[int]) -> str:
    clauses = condition.belonging.clauses
    outside = [name for key, name in names.items() if key not in inside]
    within = [name for key, name in names.items() if key in inside]
    parts = [str(clauses[How.ALL]) % {"value": all_of(within)}] if within else []
    if outside and (condition.how == How.ALL or not within):
        parts.append(str(clauses[How.NONE]) % {"value": all_of(outside)})
    return ", ".join(parts)


def _groups_of(condition: InGroups, groups: Any) -> dict[int, set[int]] | None:
    """Return the keys of those `groups` that each contact, or its company, is in."""
    rows = condition.belonging.rows(groups)
    model = condition.belonging.queryset.model
    names = [f.attname for f in rows.model._meta.concrete_fields if f.related_model is model]
    if not names:
        return None
    held: dict[int, set[int]] = {}
    for contact, group in rows.order_by().values_list("contact_id", names[0]).distinct():
        held.setdefault(contact, set()).add(group)
    return held


@behind.register
def _of_rows(
    condition: Related, value: Any, asked: list[Asked], contacts: Contacts, met: Any
) -> Told:
    rows = only_of(condition, contacts).meeting(asked)
    return {row.contact_id: capfirst(str(row)) for row in rows}


@behind.register
def _of_interactions(
    condition: Interactions, value: Any, asked: list[Asked], contacts: Contacts, met: Any
) -> Told:
    rows = only_of(condition, contacts).meeting(asked)
    told = {contact.pk: _("no such interaction") for contact in contacts}
    return told | _summed_up(rows, contacts)


def _summed_up(rows: QuerySet[InteractionLogEntry], contacts: Contacts) -> Told:
    """Return how many of `rows` each contact has, and the last of them."""
    counts = dict(rows.order_by().values_list("contact").annotate(n_rows=Count("pk")))
    latest = rows.filter(contact=OuterRef("pk")).order_by("-date", "-id").values("pk")[:1]
    few = Contact.objects.filter(pk__in=[contact.pk for contact in contacts])
    last = dict(few.values_list("pk", Subquery(latest)))
    entries = InteractionLogEntry.objects.select_related("template").in_bulk(
        [key for key in last.values() if key]
    )
    return {key: _last(counts[key], entries[entry]) for key, entry in last.items() if entry}


def _last(count: int, entry: InteractionLogEntry) -> str:
    what = {"what": entry.template.description, "date": day(entry.date), "count": count}
    said = ngettext(
        "%(what)s on %(date)s", "%(count)s interactions, the last %(what)s on %(date)s", count
    )
    return said % what


@behind.register
def _of_not_contacted(
    condition: NotContactedSince, value: Any, asked: Any, contacts: Contacts, met: Any
) -> Told:
    return _last_contacted(condition, contacts)


@behind.register
def _of_last_contacted(
    condition: LastContacted, value: Any, asked: Any, contacts: Contacts, met: Any
) -> Told:
    return _last_contacted(condition, contacts)


def _last_contacted(condition: Any, contacts: Contacts) -> Told:
    rows = only_of(condition, contacts).rows()
    dates = dict(rows.order_by().values_list("contact").annotate(r_latest=Max("date")))
    told = {contact.pk: _("never contacted") for contact in contacts}
    for key, date in dates.items():
        told[key] = _("last contacted %(date)s") % {"date": day(date)}
    return told


def only_of(condition: Any, contacts: Contacts) -> Any:
    """Return the condition, asking no rows but those of `contacts`: few, whatever the log holds."""
    keys = {contact.pk for contact in contacts}
    companies = {contact.company_id for contact in contacts if contact.company_id}
    narrowed = copy.copy(condition)
    if isinstance(condition, InGroups):
        belonging = condition.belonging
        of = companies if belonging.key == "company" else keys
        narrowed.belonging = replace(belonging, rows=partial(_rows_of, of, belonging.rows))
    elif hasattr(condition, "rows"):
        narrowed.rows = partial(_rows_of, keys, condition.rows)
    return narrowed


def _rows_of(keys: set[int], rows: Callable[..., QuerySet[Any]], *groups: Any) -> QuerySet[Any]:
    return rows(*groups).filter(contact__in=keys)
