from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from contacts.querysets import SetQuerySet

from .campaign import Campaign
from .logged_segment import LoggedSegment


class CampaignEntryQuerySet(SetQuerySet["CampaignEntry"]):
    def of_campaign(self, campaign: Campaign) -> Self:
        return self.filter(campaign=campaign)

    def with_segments(self) -> Self:
        """Fetch the logged segments in the same query, the last one first."""
        found = self.select_related("logged_segment__created_by", "campaign")
        return found.defer("logged_segment__snapshot").order_by("-logged_segment")

    def canceled(self) -> Self:
        return self.filter(canceled=True)


class CampaignEntry(models.Model):
    """What a logged segment did for a campaign: its interactions are canceled together (D18)."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.DB_CASCADE, related_name="entries", verbose_name=_("campaign")
    )
    logged_segment = models.ForeignKey(
        LoggedSegment,
        on_delete=models.DB_CASCADE,
        related_name="campaign_entries",
        verbose_name=_("logged segment"),
    )
    canceled = models.BooleanField(_("canceled"), default=False, db_default=False)

    objects = CampaignEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign entry")
        verbose_name_plural = _("campaign entries")
        permissions = [("cancel_campaignentry", "Can cancel campaign entries")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "logged_segment"], name="one_entry_per_campaign_and_segment"
            )
        ]
        indexes = [
            models.Index(
                fields=["logged_segment", "campaign"],
                name="campaign_entry_canceled",
                condition=Q(canceled=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.logged_segment}"


def campaign_entry_canceled() -> Exists:
    """The condition that an entry of the log belongs to a canceled campaign entry."""
    canceled = CampaignEntry.objects.filter(
        canceled=True, logged_segment=OuterRef("logged_segment"), campaign=OuterRef("campaign")
    )
    return Exists(canceled)


def standing() -> Q:
    """The condition that neither the logged segment nor the campaign entry of an entry of the log
    is canceled (D18)."""
    segment = Q(logged_segment=None) | Q(logged_segment__canceled=False)
    return segment & ~Q(campaign_entry_canceled())
