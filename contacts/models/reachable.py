"""Who can be reached by letter, e-mail or phone: an address, and no consent that is missing."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from .consent import Channel, Consent

# What an address for a channel is made of: any of these, each with all its fields. The one
# definition.
ADDRESSES: dict[str, tuple[tuple[str, ...], ...]] = {
    Channel.LETTER: (("address", "city"),),
    Channel.EMAIL: (("email",),),
    Channel.PHONE: (("phone",), ("mobile",)),
}


def without_address(channel: str, prefix: str = "") -> Q:
    """The condition that a contact lacks an address for `channel`.

    `prefix` is the path to the contact, such as "contact__" on a segment line.
    """
    condition = Q()
    for fields in ADDRESSES[channel]:
        missing = Q()
        for field in fields:
            missing |= Q(**{f"{prefix}{field}": ""})
        condition &= missing
    return condition


# The same for contacts themselves, by channel.
NO_ADDRESS = {channel: without_address(channel) for channel in Channel}


def forbidden(channel: str, contact: str = "pk") -> Q:
    """The condition that a contact does not allow `channel`.

    The contact withdrew the consent; or never gave it, where `settings.CONSENT_REQUIRED` names
    the channel. `contact` is the path to the contact's key, "contact" on a segment line.
    """
    said = Consent.objects.filter(channel=channel, contact=OuterRef(contact))
    if channel in settings.CONSENT_REQUIRED:
        return ~Q(Exists(said.filter(given=True)))
    return Q(Exists(said.filter(given=False)))


def reachable(channel: str) -> Q:
    """The condition that a contact has an address for `channel` and allows it."""
    return ~(NO_ADDRESS[Channel(channel)] | forbidden(channel))


def lacks_address(contact: Any, channel: str) -> bool:
    """Whether this contact lacks an address for `channel`."""
    return not any(
        all(getattr(contact, field) for field in fields) for fields in ADDRESSES[channel]
    )
