"""Put contacts into groups and take them out: the one place that knows who may be in."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.models import Change, Contact, ContactProfileAnswer
from contacts.models.contact import ContactQuerySet
from contacts.models.group import KINDS, Group
from contacts.relations import has, has_not


def groups_for(type_: str) -> list[type[Group]]:
    """Return the kinds of groups that contacts of the type can be in several of (R18-R21)."""
    return [kind for kind in KINDS.values() if kind.has_many() and kind.is_for(type_)]


def within(contacts: ContactQuerySet, group: Group) -> ContactQuerySet:
    """Narrow to the contacts that belong to `group`."""
    if not group.has_many():
        return contacts.filter(**{group.CONTACT_FIELD: group})
    return has(contacts, _memberships(group).filter(group=group))


def outside(contacts: ContactQuerySet, group: Group) -> ContactQuerySet:
    """Narrow to the contacts that do not belong to `group`."""
    if not group.has_many():
        return contacts.exclude(**{group.CONTACT_FIELD: group})
    return has_not(contacts, _memberships(group).filter(group=group))


@transaction.atomic
def add_members(group: Group, contacts: ContactQuerySet, *, by: Any) -> int:
    """Put `contacts` into `group`; return how many were not in it before.

    Raises `Refused` when one of them is of a type that the group is not for (R19-R21).
    """
    _refuse_misfits(group, contacts)
    new = outside(contacts, group)
    if not group.has_many():
        return _give(group, new, by)
    _record(new, group, "add", by)
    added: int = _memberships(group).insert_from(new.order_by("pk"), group=group, contact=F("pk"))
    return added


@transaction.atomic
def remove_members(group: Group, contacts: ContactQuerySet, *, by: Any) -> int:
    """Take `contacts` out of `group`; return how many were in it."""
    members = within(contacts, group).order_by()
    if not group.has_many():
        Change.objects.record_for(members, {group.CONTACT_FIELD: [str(group), "None"]}, by=by)
        return members.update(**{group.CONTACT_FIELD: None})
    _record(members, group, "delete", by)
    removed: int = _memberships(group).filter(group=group, contact__in=members).delete()[0]
    return removed


@transaction.atomic
def set_groups(contact: Contact, chosen: dict[type[Group], Iterable[Group]]) -> None:
    """Let `contact` be in exactly the `chosen` groups, kind by kind.

    Raises `Refused` for a kind that contacts of this type cannot have.
    """
    for kind, groups in chosen.items():
        groups = list(groups)
        if groups and not kind.is_for(contact.type):
            raise Refused(_misfit(kind, 1))
        getattr(contact, kind.CONTACT_FIELD).set(groups)


@transaction.atomic
def drop_misfits(contact: Contact) -> list[str]:
    """Take from `contact`, whose type changed, what only the other type can have (R19-R21).

    Returns what went, as sentences for people.
    """
    misfits = [kind for kind in KINDS.values() if not kind.is_for(contact.type)]
    gone = [(kind, _drop(contact, kind)) for kind in misfits]
    said = [_gone(kind._meta.verbose_name_plural, groups) for kind, groups in gone if groups]
    answers = ContactProfileAnswer.objects.misfits(contact)
    if answers.exists():
        said.append(_gone(_("profile answers"), [row.answer for row in answers.with_answer()]))
        answers.delete()
    return said


def _drop(contact: Contact, kind: type[Group]) -> list[Group]:
    """Take all groups of the kind from the contact, and return them."""
    if kind.has_many():
        groups = list(getattr(contact, kind.CONTACT_FIELD).all())
        getattr(contact, kind.CONTACT_FIELD).clear()
        return groups
    group = getattr(contact, kind.CONTACT_FIELD)
    if group is None:
        return []
    setattr(contact, kind.CONTACT_FIELD, None)
    contact.save(update_fields=[kind.CONTACT_FIELD])
    return [group]


def _gone(kind: Any, groups: Iterable[Any]) -> str:
    words = {"kind": capfirst(str(kind)), "groups": ", ".join(str(group) for group in groups)}
    return _("%(kind)s taken away with the type: %(groups)s.") % words


@transaction.atomic
def delete_group(group: Group) -> None:
    """Delete a group. Raises `Refused` while contacts belong to it, and says how many."""
    counted: Any = type(group)._default_manager.with_members()
    count = counted.get(pk=group.pk).n_members
    if count:
        message = ngettext(
            "%(group)s cannot be deleted: %(count)s contact belongs to it.",
            "%(group)s cannot be deleted: %(count)s contacts belong to it.",
            count,
        )
        raise Refused(message % {"group": group, "count": count})
    group.delete()


def _refuse_misfits(group: Group, contacts: ContactQuerySet) -> None:
    count = contacts.exclude(type=group.ONLY_FOR).count() if group.ONLY_FOR else 0
    if count:
        raise Refused(_misfit(type(group), count))


def _misfit(kind: type[Group], count: int) -> str:
    words = {"kind": kind._meta.verbose_name_plural, "count": count}
    if kind.ONLY_FOR == Contact.Type.COMPANY:
        return _("Only companies have %(kind)s; %(count)s of these are persons.") % words
    return _("Only persons have %(kind)s; %(count)s of these are companies.") % words


def _give(group: Group, contacts: ContactQuerySet, by: Any) -> int:
    """Set the field of contacts that names the one group they have, recorded by what they had."""
    name = group.CONTACT_FIELD
    kind: Any = type(group)
    for before in kind.objects.filter(contacts__in=contacts).distinct():
        _record_given(within(contacts, before), name, str(before), group, by)
    _record_given(contacts.filter(**{name: None}), name, "None", group, by)
    return contacts.update(**{name: group})


def _record_given(contacts: ContactQuerySet, name: str, before: str, group: Group, by: Any) -> None:
    Change.objects.record_for(contacts, {name: [before, str(group)]}, by=by)


def _record(contacts: ContactQuerySet, group: Group, operation: str, by: Any) -> None:
    change = {"type": "m2m", "operation": operation, "objects": [str(group)]}
    Change.objects.record_for(contacts, {group.CONTACT_FIELD: change}, by=by)


def _memberships(group: Group) -> Any:
    field: Any = Contact._meta.get_field(group.CONTACT_FIELD)
    return field.remote_field.through._default_manager
