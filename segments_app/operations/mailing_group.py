"""Put the contacts of a segment into a mailing group (R54)."""

from dataclasses import dataclass

from contacts.members import add_members, outside, remove_members, within
from contacts.models import Contact, MailingGroup, User
from contacts.models.contact import ContactQuerySet
from contacts.relations import has, has_not
from segments_app.models import Segment

from .locking import locked


@dataclass(frozen=True)
class Applied:
    """Contacts that come into the group, are in it already, and leave it."""

    new: int
    already: int
    leaving: int


def preview_mailing_group(segment: Segment, group: MailingGroup, *, alone: bool = False) -> Applied:
    """Count what `apply_mailing_group` would do."""
    contacts = _contacts(segment)
    new = outside(contacts, group).count()
    leaving = _others(segment, group).count() if alone else 0
    return Applied(new, contacts.count() - new, leaving)


def apply_mailing_group(
    segment: Segment, group: MailingGroup, *, by: User | None, alone: bool = False
) -> Applied:
    """Put every contact on the sheet into `group`; with `alone` take all others out of it first.

    Each change stands in the history of its contact.
    """
    with locked(segment):
        leaving = remove_members(group, _others(segment, group), by=by) if alone else 0
        contacts = _contacts(segment)
        new = add_members(group, contacts, by=by)
        return Applied(new, contacts.count() - new, leaving)


def _contacts(segment: Segment) -> ContactQuerySet:
    return has(Contact.objects.all(), segment.sheet())


def _others(segment: Segment, group: MailingGroup) -> ContactQuerySet:
    return has_not(within(Contact.objects.all(), group), segment.sheet())
