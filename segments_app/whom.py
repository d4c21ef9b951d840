"""Whose interactions are followed up (D17)."""

from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.errors import Refused
from interactions.models import DeliveryState, Evaluation, InteractionLogEntry


class Whom(models.TextChoices):
    """Whose interactions are followed up (D17)."""

    ALL = "all", gettext_lazy("All of them")
    NOT_RESPONDED = "not_responded", gettext_lazy("Who has not responded yet")
    DELIVERY_FAILED = "delivery_failed", gettext_lazy("Whom it could not be delivered to")
    ATTEMPT_FAILED = "attempt_failed", gettext_lazy("Where the attempt failed")
    VERY_POSITIVE = "very_positive", gettext_lazy("Evaluated as very positive")
    POSITIVE = "positive", gettext_lazy("Evaluated as positive")
    NEUTRAL = "neutral", gettext_lazy("Evaluated as neutral")
    NEGATIVE = "negative", gettext_lazy("Evaluated as negative")
    VERY_NEGATIVE = "very_negative", gettext_lazy("Evaluated as very negative")


def _conditions() -> dict[str, Q]:
    """Which entries each of `Whom` means, among those that count."""
    evaluations = {value: Q(evaluation=value) for value in Evaluation.values}
    not_responded = ~InteractionLogEntry.objects.all().answered() & Q(campaign_response=False)
    return {
        Whom.ALL: Q(),
        Whom.NOT_RESPONDED: not_responded,
        Whom.DELIVERY_FAILED: Q(delivery_state=DeliveryState.FAILED),
        Whom.ATTEMPT_FAILED: Q(attempt_failed=True),
        **evaluations,
    }


def of_whom(entries: Any, whom: str) -> Any:
    """Narrow to the entries of `Whom`, those that count. Raises `Refused` for an unknown word."""
    if whom not in Whom.values:
        raise Refused(_("“%(value)s” is not a choice.") % {"value": whom})
    return entries.counting().filter(_conditions()[whom])


def contacts_by_whom(entries: Any) -> dict[str, int]:
    """Return how many contacts each of `Whom` would bring. One query."""
    counts = {
        f"n_{whom}": Count("contact", distinct=True, filter=condition)
        for whom, condition in _conditions().items()
    }
    found = entries.counting().order_by().aggregate(**counts)
    return {name.removeprefix("n_"): count for name, count in found.items()}
