"""Merging two contacts: one stays, with the fields that were chosen, and has all that both had."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Change, Contact, MergedContact

# Fields that are chosen between the two; the others follow from them, or belong to one of them.
CHOSEN = (
    "name",
    "name_2",
    "first_name",
    "middle_name",
    "surname",
    "initials",
    "job_title",
    "organizational_level",
    "company",
    "address",
    "address_2",
    "postal_code",
    "city",
    "region",
    "country",
    "phone",
    "mobile",
    "email",
    "email_2",
    "home_page",
    "vat_number",
    "external_id",
    "language",
    "salesperson",
    "territory",
    "correspondence_type",
    "salutation",
    "notes",
)
# What forbids writing to one of the two forbids it after merging; consent of a parent stays only
# where both have it.
ANY = ("excluded", "privacy_blocked", "minor")
ALL = ("parental_consent", "active")


def merge_contacts(
    winner: Contact, loser: Contact, *, take: Mapping[str, str] | set[str], by: Any
) -> Contact:
    """Merge `loser` into `winner` in one transaction, and return the winner.

    `take` names the fields (of `CHOSEN`) whose value comes from the loser. Everything that pointed
    at the loser points at the winner; where both are in a group or a segment, the winner's stays.
    The loser's number leads to the winner from then on. Raises `Refused` for contacts of two
    types, for one and the same, and for one that is gone.
    """
    with transaction.atomic():
        winner, loser = _locked(winner, loser)
        record = MergedContact(
            number=loser.number, contact=winner, values=_values(loser), merged_by=by
        )
        _take(winner, loser, set(take))
        for field, rows in pointing_at(loser):
            move(rows, field, winner)
        loser.delete()
        record.save()
        winner.save()
        told = {"merged": ["", f"{record.number} {loser.name}"]}
        Change.objects.record_for(Contact.objects.filter(pk=winner.pk), told, by=by)
    return winner


def pointing_at(contact: Contact) -> Iterator[tuple[models.Field[Any, Any], QuerySet[Any]]]:
    """Yield (field, rows) for every foreign key to a contact, with the rows that point at it."""
    for relation in Contact._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and isinstance(
            relation.field, models.ForeignKey
        ):
            field = relation.field
            rows = field.model._default_manager.filter(**{field.name: contact})
            yield field, rows


def move(rows: QuerySet[Any], field: models.Field[Any, Any], winner: Contact) -> None:
    """Let `rows` point at `winner`; those that would stand twice go.

    A queryset that knows better has a method `move_contact(field, winner)`.
    """
    if hasattr(rows, "move_contact"):
        rows.move_contact(field.name, winner)
        return
    for others in _unique_with(field):
        same = {name: OuterRef(name) for name in others}
        twin = field.model._default_manager.filter(**{field.name: winner}, **same)
        rows.filter(models.Exists(twin)).delete()
    rows.update(**{field.name: winner})


def _unique_with(field: Any) -> Iterator[list[str]]:
    """The other fields of each promise that a contact stands there once only."""
    promises = [tuple(constraint.fields) for constraint in _constraints(field.model)]
    pk = field.model._meta.pk
    if isinstance(pk, models.CompositePrimaryKey):
        promises.append(tuple(f.name for f in field.model._meta.pk_fields))
    if field.unique:
        promises.append((field.name,))
    for promise in promises:
        if field.name in promise:
            yield [name for name in promise if name != field.name]


def _constraints(model: type[models.Model]) -> Iterator[models.UniqueConstraint]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint


def _locked(winner: Contact, loser: Contact) -> tuple[Contact, Contact]:
    if winner.pk == loser.pk:
        raise Refused(_("A contact cannot be merged with itself."))
    keys = [winner.pk, loser.pk]
    rows = Contact.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(keys)
    if len(rows) < 2:
        raise Refused(_("One of the two contacts is gone: they may be merged already."))
    winner, loser = rows[winner.pk], rows[loser.pk]
    if winner.type != loser.type:
        raise Refused(_("A company and a person cannot be merged."))
    return winner, loser


def _take(winner: Contact, loser: Contact, fields: set[str]) -> None:
    for name in CHOSEN:
        if name in fields:
            setattr(winner, name, getattr(loser, name))
    for name in ANY:
        setattr(winner, name, getattr(winner, name) or getattr(loser, name))
    for name in ALL:
        setattr(winner, name, getattr(winner, name) and getattr(loser, name))


def _values(contact: Contact) -> dict[str, Any]:
    """The fields of a contact as plain values."""
    encode = DjangoJSONEncoder().default
    values = {field.attname: getattr(contact, field.attname) for field in contact._meta.fields}
    plain = (str, int, bool, type(None))
    return {
        name: value if isinstance(value, plain) else encode(value)
        for name, value in values.items()
        if value not in ("", None)
    }
