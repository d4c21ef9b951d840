"""Forgetting a contact: what it was goes, what happened stays countable."""

from collections.abc import Iterator
from typing import Any

from auditlog.context import disable_auditlog
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.duplicates.merge import pointing_at
from contacts.errors import Refused
from contacts.models import Change, Contact, Duplicate

# What remains of a contact: its number, its type, and what letters and counts need.
KEPT = {"id", "number", "type", "language", "created_at", "updated_at", "company"}


def erase_contact(contact: Contact, *, typed: str, by: Any) -> Contact:
    """Anonymise a contact and its interactions for good, in one transaction.

    Name, addresses, groups, answers, consents, history and letters go; number, type, and the
    date, cost and duration of interactions stay, so that counts and costs do. `typed` is the
    number as a person typed it to be sure. Raises `Refused` where it is another number, or the
    contact is erased already.
    """
    if typed.strip() != contact.number:
        raise Refused(_("Type the number %(number)s to erase the contact.") % vars(contact))
    with transaction.atomic(), disable_auditlog():
        contact = _locked(contact)
        for rows in _known_rows(contact):
            _forget(rows, contact)
        _anonymise(contact)
        erased = {"erased_at": [None, contact.erased_at.isoformat()]}  # type: ignore[union-attr]
        Change.objects.record_for(Contact.objects.filter(pk=contact.pk), erased, by=by)
    return contact


def without_name(value: Any, name: str) -> Any:
    """Return plain JSON in which `name` stands nowhere any more."""
    if isinstance(value, dict):
        return {key: without_name(part, name) for key, part in value.items()}
    if isinstance(value, list):
        return [without_name(part, name) for part in value]
    return value.replace(name, "–") if isinstance(value, str) and name else value


def _locked(contact: Contact) -> Contact:
    found = Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk).first()
    if found is None or found.erased_at:
        raise Refused(_("%(contact)s is erased already.") % {"contact": contact})
    return found


def _known_rows(contact: Contact) -> Iterator[models.QuerySet[Any]]:
    for field, rows in pointing_at(contact):
        if field.name == "contact" or field.model is Duplicate:
            yield rows


def _forget(rows: models.QuerySet[Any], contact: Contact) -> None:
    """Delete rows; a queryset that keeps what is not personal has a method `erase_contact`."""
    if hasattr(rows, "erase_contact"):
        rows.erase_contact(contact)
    else:
        rows.delete()


def _anonymise(contact: Contact) -> None:
    for field in contact._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(contact, field.name, field.get_default())
    if not contact.is_company:
        contact.company = None
    contact.name = str(_("Erased contact"))
    contact.erased_at = timezone.now()
    contact.active, contact.privacy_blocked, contact.excluded = False, True, True
    contact.save()
