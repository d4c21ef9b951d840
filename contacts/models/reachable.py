"""Who can be reached by letter, e-mail or phone: an address, and no consent that is missing."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from .consent import Channel, Consent

# What a contact lacks who cannot be reached, by channel. The one definition.
NO_ADDRESS = {
    Channel.LETTER: Q(address="") | Q(city=""),
    Channel.EMAIL: Q(email=""),
    Channel.PHONE: Q(phone="", mobile=""),
}


def forbidden(channel: str, contact: str = "pk") -> Q:
    """The condition that a contact does not allow `channel`.

    The contact withdrew the consent; or never gave it, where `settings.CONSENT_REQUIRED` names
    the channel. `contact` is the path to the contact's key, "contact" on a segment line.
    """
    said = Consent.objects.filter(channel=channel, contact=OuterRef(contact))
    if channel in settings.CONSENT_REQUIRED:
        return ~Q(Exists(said.filter(given=True)))
    return Q(Exists(said.filter(given=False)))
