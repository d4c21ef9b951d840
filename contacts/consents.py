"""What contacts said about being reached by letter, e-mail or phone."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from contacts.models import Channel, Consent, Contact
from contacts.models.reachable import lacks_address


@dataclass(frozen=True)
class Said:
    """One channel of a contact: what was said last, None for nothing, and what follows from it."""

    channel: Channel
    consent: Consent | None
    has_address: bool

    @property
    def is_required(self) -> bool:
        """Whether the channel is used only where the contact allowed it."""
        return self.channel in settings.CONSENT_REQUIRED

    @property
    def is_allowed(self) -> bool:
        return self.consent.given if self.consent else not self.is_required


def said_by(contact: Contact) -> list[Said]:
    """Return what `contact` said about each channel. One query."""
    consents = {row.channel: row for row in contact.consents.select_related("recorded_by")}
    return [
        Said(channel, consents.get(channel), not lacks_address(contact, channel))
        for channel in Channel
    ]


@transaction.atomic
def record_consent(
    contact: Contact,
    channel: str,
    *,
    given: bool | None,
    date: datetime.date,
    source: str = "",
    by: Any,
) -> None:
    """Record what `contact` said about `channel`: yes, no, or, with None, that nothing was said.

    What was said before is kept by the change history.
    """
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    consent = contact.consents.filter(channel=channel).first()
    if given is None:
        if consent:
            consent.delete()
        return
    consent = consent or Consent(contact=contact, channel=channel)
    consent.given, consent.date, consent.source, consent.recorded_by = given, date, source, by
    consent.save()
