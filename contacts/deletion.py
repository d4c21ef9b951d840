"""Delete a contact, where nothing holds it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact

# So many names stand in the sentence of a refusal.
NAMED = 5


def delete_contact(contact: Contact, *, by: Any) -> None:
    """Delete `contact`. Its interactions stay in the log.

    Those of a person become the company's where the person worked then, if any (R10). Raises
    `Refused` while the contact is in a segment, or is a company that has persons.
    """
    with transaction.atomic():
        found = Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk).first()
        if found is None:
            raise Refused(_("%(contact)s is deleted already.") % {"contact": contact})
        if reason := obstacle(found):
            raise Refused(reason)
        if not found.is_company:
            found.interactions.update(contact=F("company"))
        found.delete()


def obstacle(contact: Contact) -> str:
    """Return the sentence that says why `contact` cannot be deleted, or ""."""
    if segments := _segments(contact):
        message = _("%(contact)s cannot be deleted: the contact is in segment %(segments)s.")
        return message % {"contact": contact, "segments": segments}
    if persons := _list(contact.persons().values_list("name", flat=True)[: NAMED + 1]):
        message = _("%(contact)s cannot be deleted: these persons belong to it: %(persons)s.")
        return message % {"contact": contact, "persons": persons}
    return ""


def _segments(contact: Contact) -> str:
    lines = contact.segment_lines.order_by("segment__number")
    return _list(lines.values_list("segment__number", flat=True).distinct()[: NAMED + 1])


def _list(names: Any) -> str:
    words = [str(name) for name in names]
    shown = [*words[:NAMED], *([_("others")] if len(words) > NAMED else [])]
    return get_text_list(shown, _("and")) if shown else ""
