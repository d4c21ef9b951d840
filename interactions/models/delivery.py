"""What became of what was to be sent: the states, and entries by them (D14)."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from contacts.models import CorrespondenceType
from contacts.querysets import SetQuerySet

from .campaign_entry import standing


class DeliveryState(models.TextChoices):
    """How far the delivery of an entry is. On paper, sent means printed."""

    NOT_SENT = "", _("not sent")
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")


UNDERWAY = (DeliveryState.QUEUED, DeliveryState.SENDING)
# What a person has to look at; few among many, so that they have an index.
UNSETTLED = (*UNDERWAY, DeliveryState.FAILED, DeliveryState.UNKNOWN)
# The same, as an index and a query both say it: SQLite compares them word by word.
IS_UNSETTLED = ~Q(delivery_state=DeliveryState.NOT_SENT) & ~Q(delivery_state=DeliveryState.SENT)


class DeliveredQuerySet[M: models.Model](SetQuerySet[M]):
    """Log entries by what became of their delivery."""

    def in_state(self, *states: str) -> Self:
        """Entries in one of the delivery states."""
        return self.filter(delivery_state__in=states)

    def unsettled(self) -> Self:
        """Entries whose delivery a person has to look at."""
        return self.filter(IS_UNSETTLED)

    def by_email(self) -> Self:
        return self.filter(correspondence_type=CorrespondenceType.EMAIL)

    def on_paper(self) -> Self:
        """Entries with a letter that is printed."""
        return self.filter(correspondence_type=CorrespondenceType.HARD_COPY, document__isnull=False)

    def never_sent(self) -> Self:
        """Entries that nobody has tried to deliver yet, or whose sending was canceled before."""
        return self.filter(delivery_state=DeliveryState.NOT_SENT)

    def asked_for(self) -> Self:
        """E-mails that somebody asked to send, whatever became of them."""
        return self.filter(delivery_job__isnull=False)

    def not_asked_for(self) -> Self:
        return self.filter(delivery_job__isnull=True)

    def deliverable(self) -> Self:
        """Entries that count, and went out from us: nothing else is sent."""
        return self.filter(standing(), canceled=False, postponed=False).exclude(
            information_flow="inbound"
        )

    def underway(self) -> Self:
        """Entries that are queued or being sent."""
        return self.filter(delivery_state__in=UNDERWAY)

    def not_underway(self) -> Self:
        """Entries that are neither queued nor being sent."""
        return self.exclude(delivery_state__in=UNDERWAY)

    def to_deliver(self) -> Self:
        """Entries that go out by e-mail, or on paper with a letter."""
        on_paper = Q(correspondence_type=CorrespondenceType.HARD_COPY, document__isnull=False)
        return self.filter(on_paper | Q(correspondence_type=CorrespondenceType.EMAIL))

    def of_delivery(self, job: Any) -> Self:
        """Entries that the delivery job sends, or sent last."""
        return self.filter(delivery_job=job)

    def due(self, now: datetime.datetime) -> Self:
        """Queued entries whose time has come, the longest waiting first."""
        queued = self.in_state(DeliveryState.QUEUED).filter(delivery_at__lte=now)
        return queued.order_by("delivery_at", "pk")

    def attempt(self, number: int) -> Self:
        """Entries whose last attempt has this number: nobody has tried again since."""
        return self.filter(delivery_attempts=number)

    def with_pks(self, pks: Collection[int]) -> Self:
        return self.filter(pk__in=pks)

    def with_own_via(self) -> Self:
        """Annotate `own_via`: the e-mail address that a person named, or "".

        It is none that was the contact's when the entry was logged.
        """
        text = models.CharField()
        elsewhere = NullIf(KT("logged_fields__alternative__email"), Value(""))
        theirs = Coalesce(elsewhere, KT("logged_fields__email"), Value(""), output_field=text)
        named = Q(contact_via__contains="@") & ~Q(contact_via=F("their_via"))
        own = Case(When(named, then=F("contact_via")), default=Value(""), output_field=text)
        known = self.annotate(logged_fields=F("merge_fields__fields"))
        return known.annotate(their_via=theirs).annotate(own_via=own)

    def count_by_type_and_state(self) -> dict[str, dict[str, int]]:
        """Return by correspondence type how many there are in each delivery state that occurs."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        rows = self.order_by().values_list("correspondence_type", "delivery_state")
        for type_, state, count in rows.annotate(n=Count("pk")):
            found[type_][state] = count
        return found
