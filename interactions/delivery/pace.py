"""Not faster than the mail server wants it: one pace for all workers."""

import datetime
import math
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from interactions.models import SendingPace

# Turns are given out for so long ahead; nobody waits longer with a job in hand.
AHEAD = datetime.timedelta(seconds=10)
ONLY = 1


@dataclass(frozen=True, slots=True)
class Turns:
    """`count` e-mails may go out, the first at `first`, each `interval` after the one before."""

    count: int
    first: datetime.datetime
    interval: datetime.timedelta

    def moment(self, place: int) -> datetime.datetime:
        """Return when the e-mail at `place`, counted from 0, may go out."""
        return self.first + place * self.interval


@transaction.atomic
def take_turns(wanted: int) -> Turns:
    """Take turns for at most `wanted` e-mails. None are given while others have taken them ahead:
    `first` is then when to ask again."""
    now = timezone.now()
    if not settings.EMAILS_PER_MINUTE:
        return Turns(wanted, now, datetime.timedelta())
    interval = datetime.timedelta(minutes=1) / settings.EMAILS_PER_MINUTE
    SendingPace.objects.get_or_create(pk=ONLY)
    pace = SendingPace.objects.select_for_update().get(pk=ONLY)
    first = max(pace.next_at, now)
    if first - now > AHEAD / 2:
        return Turns(0, first, interval)
    count = min(wanted, max(1, math.floor(AHEAD / interval)))
    pace.next_at = first + count * interval
    pace.save(update_fields=["next_at"])
    return Turns(count, first, interval)
