from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .campaign import Campaign
from .template import InteractionTemplate


class LogImportQuerySet(models.QuerySet["LogImport"]):
    def newest_first(self) -> Self:
        return self.select_related("user", "campaign").order_by("-pk")

    def waiting(self) -> Self:
        return self.filter(state=LogImport.State.WAITING)

    def working(self) -> Self:
        return self.filter(state=LogImport.State.WORKING)


class LogImport(models.Model):
    """A file of interactions, or of responses to a campaign, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being logged")
        DONE = "done", _("logged")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    file_name = models.CharField(_("file"), max_length=255)
    # Where the storage keeps the file; "" when it is removed.
    folder = models.CharField(max_length=100, blank=True)
    # Of a list of responses: what they answer, and with which template they are logged.
    campaign = models.ForeignKey(
        Campaign, on_delete=models.DB_CASCADE, null=True, blank=True, verbose_name=_("campaign")
    )
    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DB_CASCADE,
        null=True,
        blank=True,
        verbose_name=_("interaction template"),
    )
    language = models.CharField(max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    entries = models.PositiveIntegerField(_("interactions"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    # The first refusals in words.
    reasons = models.JSONField(default=list)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = LogImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of interactions")
        verbose_name_plural = _("imports of interactions")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("interactions:import_detail", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.WAITING, self.State.WORKING)
