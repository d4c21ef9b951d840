"""One interaction with a single contact: its e-mail goes through the queue of those of segments."""

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from interactions.models import DeliveryJob, InteractionLogEntry

from .chunk import unsendable
from .jobs import mark_as_sent, refuse_without_sender, start
from .printing import mark_printed
from .shown import email_of
from .text import TextError


def can_be_sent(entry: InteractionLogEntry) -> bool:
    """Whether it is an e-mail from us, so that it makes sense to ask whether to send it."""
    return entry.is_email and entry.information_flow != "inbound"


def why_not(entry: InteractionLogEntry) -> str:
    """Return in words what keeps the entry's e-mail from being sent, or ""."""
    try:
        refuse_without_sender()
        email_of(entry)
    except TextError as error:
        return str(error)
    except Refused as refusal:
        return str(refusal)
    return unsendable(entry.pk)


@transaction.atomic
def deliver_alone(entry: InteractionLogEntry, *, by: User | None) -> DeliveryJob:
    """Have the entry's e-mail sent, also once more; the task worker sends it after the commit.

    Raises `Refused`, and says why, when it cannot be sent, or is underway already.
    """
    locked = InteractionLogEntry.objects.select_for_update(of=("self",)).alone(entry)
    if locked.deliverable().by_email().not_underway().first() is None:
        raise Refused(_("There is no e-mail to send."))
    if reason := why_not(entry):
        raise Refused(reason)
    return start(InteractionLogEntry.objects.alone(entry), entry.logged_segment, by=by)


def mark(entry: InteractionLogEntry, *, done: bool) -> int:
    """Say of a letter whether it is printed, or of an e-mail in doubt that it has arrived.

    Returns how many entries that changed: one, or none.
    """
    alone = InteractionLogEntry.objects.alone(entry).deliverable()
    if entry.is_email:
        return mark_as_sent(alone.by_email())
    return mark_printed(alone.on_paper(), printed=done)
