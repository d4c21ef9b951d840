"""What happened with one contact, added up. Canceled and postponed never count (D20)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from contacts.models import Contact
from interactions.models import InteractionLogEntry
from interactions.models.template import InitiatedBy


@dataclass(frozen=True)
class Statistics:
    """Cost in the house's currency, duration in minutes; dates are None where nothing happened.

    `last_attempt` is the last time that we tried, failed or not; `last_interaction` the last time
    that did not fail, whoever began it (R232). `label` says whose figures they are.
    """

    label: str
    interactions: int
    contacts: int
    cost: Decimal
    duration: int
    last_attempt: datetime.date | None
    last_interaction: datetime.date | None


def statistics_of(contact: Contact) -> list[Statistics]:
    """Return the figures of `contact`; of a company with its persons, and alone. A query each."""
    entries = InteractionLogEntry.objects.counting()
    if not contact.is_company:
        return [_statistics("", entries.for_contact(contact))]
    return [
        _statistics(_("With its persons"), entries.for_contact(contact)),
        _statistics(_("The company alone"), entries.with_contact_alone(contact)),
    ]


def campaigns_of(contact: Contact) -> QuerySet[InteractionLogEntry, Any]:
    """Return for each campaign of `contact`, the last first: what it came to. One query.

    Of a company with its persons. `responded` is how many interactions answered the campaign.
    """
    entries: Any = InteractionLogEntry.objects.counting().for_contact(contact).in_campaigns()
    rows = entries.order_by().values("campaign__number", "campaign__description")
    campaigns: QuerySet[InteractionLogEntry, Any] = rows.annotate(
        interactions=Count("pk"),
        sum_cost=Sum("cost"),
        sum_duration=Sum("duration"),
        responded=Count("pk", filter=Q(campaign_response=True)),
        last_date=Max("date"),
    ).order_by("-last_date", "-campaign__number")
    return campaigns


def _statistics(label: str, entries: QuerySet[InteractionLogEntry]) -> Statistics:
    sums = entries.order_by().aggregate(
        interactions=Count("pk"),
        contacts=Count("contact", distinct=True),
        cost=Sum("cost", default=Decimal(0)),
        duration=Sum("duration", default=0),
        last_attempt=Max("date", filter=Q(initiated_by=InitiatedBy.US)),
        last_interaction=Max("date", filter=Q(attempt_failed=False)),
    )
    return Statistics(label, **sums)
