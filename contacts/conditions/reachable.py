"""Whether a contact can be reached: an address, and no consent that is missing."""

from typing import Any

from contacts.models import Channel
from contacts.models.reachable import NO_ADDRESS, forbidden

from .condition import YesNo
from .group import GROUPS


class Reachable(YesNo):
    """Contacts that `channel` reaches and who allow it, or those of whom that is not true."""

    def __init__(self, channel: Channel, **kwargs: Any):
        self.channel = channel
        super().__init__(group=GROUPS["reach"], **kwargs)

    def filter(self, contacts: Any, value: str) -> Any:
        if not value:
            return contacts
        if self.asked(value):
            return contacts.reachable_by(self.channel)
        return contacts.filter(NO_ADDRESS[self.channel] | forbidden(self.channel))
