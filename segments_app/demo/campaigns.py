"""Campaigns around today."""

import datetime

from django.utils import timezone

from contacts.models import NumberSeries, Salesperson
from interactions.models import Campaign

# description, first and last day counted from today, salesperson
CAMPAIGNS = (
    ("Customer survey", -260, -215, "MB"),
    ("Light fair in Copenhagen", -120, -60, "MH"),
    ("Spring catalogue", -21, 45, "MH"),
    ("Open showroom in Højbjerg", -7, 30, "JF"),
    ("Christmas greeting", 60, 110, "MB"),
)


def draw_numbers() -> list[str]:
    """Draw the numbers of the campaigns. Call it outside any transaction (D21)."""
    return [NumberSeries.objects.draw("campaigns", taken=_taken) for _campaign in CAMPAIGNS]


def make_campaigns(numbers: list[str]) -> int:
    """Make the campaigns; return how many were made."""
    salespeople = dict(Salesperson.objects.values_list("code", "pk"))
    campaigns = [
        Campaign(
            number=number,
            description=description,
            starts=_day(starts),
            ends=_day(ends),
            status=_status(starts, ends),
            salesperson_id=salespeople.get(code),
        )
        for number, (description, starts, ends, code) in zip(numbers, CAMPAIGNS, strict=True)
    ]
    return len(Campaign.objects.bulk_create(campaigns))


def _taken(number: str) -> bool:
    return Campaign.objects.numbered(number).exists()


def _status(starts: int, ends: int) -> str:
    if ends < 0:
        return Campaign.Status.ENDED
    return Campaign.Status.RUNNING if starts <= 0 else Campaign.Status.PLANNED


def _day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)
