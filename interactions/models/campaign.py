from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import NumberSeries, Salesperson
from contacts.numbers import plain_number
from contacts.querysets import SetQuerySet


def number_taken(number: str) -> bool:
    """Whether a campaign has the number (D21)."""
    return Campaign.objects.numbered(number).exists()


class CampaignQuerySet(SetQuerySet["Campaign"]):
    def search(self, text: str) -> Self:
        """Campaigns whose number or description holds `text`."""
        return self.filter(Q(number__icontains=text) | Q(description__icontains=text))


class Campaign(models.Model):
    """Several segments and interactions with one purpose."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")

    number = models.CharField(_("number"), max_length=20, unique=True, validators=[plain_number])
    description = models.CharField(_("description"), max_length=150)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    salesperson = models.ForeignKey(
        Salesperson,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("salesperson"),
    )

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.PLANNED,
        db_default=Status.PLANNED,
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="campaign_ends_after_it_starts",
                violation_error_message=_("The campaign ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("interactions:campaign_detail", args=[self.number])

    @staticmethod
    def next_number() -> str:
        """Draw the next free campaign number. Call it outside any transaction (D21)."""
        return NumberSeries.objects.draw("campaigns", taken=number_taken)
