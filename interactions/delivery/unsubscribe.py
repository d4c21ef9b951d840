"""Who wants no more e-mails says so with the link in one of them, without signing in."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.consents import record_consent
from contacts.models import Channel, Contact
from interactions.models import InteractionLogEntry

from .marks import UNSUBSCRIBE, is_signed


def contact_of(who: str, signature: str) -> Contact | None:
    """Return whose link it is; None for one that we did not make, or a contact that is gone.

    Of a contact that was merged into another it is the other.
    """
    if not is_signed(UNSUBSCRIBE, who, signature):
        return None
    entry, _dash, contact = who.partition("-")
    found = InteractionLogEntry.objects.filter(pk=entry).select_related("contact").first()
    if found and found.contact:
        mine: Contact = found.contact
        return mine
    known: Contact | None = Contact.objects.filter(pk=int(contact or 0)).first()
    return known


def languages_of(who: str, contact: Contact) -> list[str | None]:
    """The contact's language, and the one that the e-mail with the link was written in."""
    entry, _dash, _contact = who.partition("-")
    written_in = InteractionLogEntry.objects.filter(pk=entry).values_list("language", flat=True)
    return [contact.language_id, written_in.first()]


def unsubscribe(contact: Contact) -> bool:
    """Withdraw the contact's consent to e-mail; False if it was withdrawn already."""
    if contact.consents.of_channel(Channel.EMAIL).filter(given=False).exists():
        return False
    with override(None):
        source = _("The link in an e-mail")
    record_consent(
        contact,
        Channel.EMAIL,
        given=False,
        date=timezone.localdate(),
        source=source,
        by=None,
    )
    return True
