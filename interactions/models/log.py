from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, CorrespondenceType, Language, Salesperson
from contacts.querysets import SetQuerySet

from .campaign import Campaign
from .document import Document
from .template import (
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionGroup,
    InteractionTemplate,
)


class LoggedSegment(models.Model):
    """One posting to the interaction log. Unique by number: a segment is logged once (R140)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=150)
    created_at = models.DateTimeField(_("logged"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("logged by"),
    )
    canceled = models.BooleanField(_("canceled"), default=False)
    entries_count = models.PositiveIntegerField(_("interactions"), default=0)
    # The header, the steps and everything the letters share, as they were.
    snapshot = models.JSONField(default=dict)

    objects = SetQuerySet["LoggedSegment"].as_manager()

    class Meta:
        verbose_name = _("logged segment")
        verbose_name_plural = _("logged segments")
        permissions = [("cancel_loggedsegment", "Can cancel logged segments")]
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.number} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("interactions:logged_segment_detail", args=[self.number])


class InteractionLogEntryQuerySet(SetQuerySet["InteractionLogEntry"]):
    def counting(self) -> Self:
        """Entries that count: neither canceled nor postponed (D3, D20)."""
        standing = Q(logged_segment=None) | Q(logged_segment__canceled=False)
        return self.filter(standing, canceled=False, postponed=False)

    def newest_first(self) -> Self:
        return self.order_by("-date", "-id")

    def for_contact(self, contact: Contact) -> Self:
        """Entries of the contact; for a company those of its persons too."""
        if contact.is_company:
            return self.filter(company=contact)
        return self.filter(contact=contact)


class InteractionLogEntry(models.Model):
    """What happened with one contact, as it was. Facts never change."""

    logged_segment = models.ForeignKey(
        LoggedSegment,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="entries",
        verbose_name=_("logged segment"),
    )
    line = models.BigIntegerField(null=True, blank=True)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.DB_SET_NULL,
        null=True,
        db_index=False,
        related_name="interactions",
        verbose_name=_("contact"),
    )
    company = models.ForeignKey(
        Contact,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="company_interactions",
        verbose_name=_("company"),
    )
    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DO_NOTHING,
        db_index=False,
        verbose_name=_("interaction template"),
    )
    group = models.ForeignKey(
        InteractionGroup,
        on_delete=models.DO_NOTHING,
        db_index=False,
        verbose_name=_("interaction group"),
    )
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("campaign"),
    )
    salesperson = models.ForeignKey(
        Salesperson, on_delete=models.DO_NOTHING, db_index=False, verbose_name=_("salesperson")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("logged by"),
    )
    language = models.ForeignKey(
        Language,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("language"),
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Word document"),
    )
    # The document is the finished letter itself, not a template to merge.
    own_letter = models.BooleanField(_("letter of its own"), default=False, db_default=False)
    date = models.DateField(_("date"))
    description = models.CharField(_("description"), max_length=150)
    subject = models.CharField(_("subject"), max_length=150, blank=True, db_default="")
    correspondence_type = models.CharField(
        _("correspondence type"),
        max_length=10,
        choices=CorrespondenceType,
        blank=True,
        db_default="",
    )
    information_flow = models.CharField(
        _("information flow"), max_length=10, choices=InformationFlow, blank=True, db_default=""
    )
    initiated_by = models.CharField(
        _("initiated by"), max_length=10, choices=InitiatedBy, blank=True, db_default=""
    )
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, default=0, db_default=0)
    duration = models.PositiveIntegerField(_("duration (minutes)"), default=0, db_default=0)
    evaluation = models.CharField(
        _("evaluation"), max_length=15, choices=Evaluation, blank=True, db_default=""
    )
    attempt_failed = models.BooleanField(_("attempt failed"), default=False, db_default=False)
    campaign_target = models.BooleanField(_("campaign target"), default=False, db_default=False)
    campaign_response = models.BooleanField(_("campaign response"), default=False, db_default=False)
    canceled = models.BooleanField(_("canceled"), default=False, db_default=False)
    postponed = models.BooleanField(_("postponed"), default=False, db_default=False)
    created_at = models.DateTimeField(_("logged"), db_default=Now())

    objects = InteractionLogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction log entry")
        verbose_name_plural = _("interaction log entries")
        permissions = [("cancel_interactionlogentry", "Can cancel interaction log entries")]
        indexes = [
            models.Index(fields=["contact", "-date", "-id"], name="entry_contact_date"),
            models.Index(fields=["company", "-date", "-id"], name="entry_company_date"),
            models.Index(fields=["date", "id"], name="entry_date"),
            models.Index(fields=["template", "date"], name="entry_template_date"),
            models.Index(
                fields=["campaign", "date"],
                name="entry_campaign_date",
                condition=Q(campaign__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["logged_segment", "line"], name="entry_line_logged_once"
            )
        ]

    def __str__(self) -> str:
        return self.description

    def get_absolute_url(self) -> str:
        return reverse("interactions:detail", args=[self.pk])


class EntryFields(models.Model):
    """The merge fields of an entry that differ by contact: its letter can be made again (D15)."""

    entry = models.OneToOneField(
        InteractionLogEntry,
        on_delete=models.DB_CASCADE,
        primary_key=True,
        related_name="merge_fields",
    )
    fields = models.JSONField()

    objects = SetQuerySet["EntryFields"].as_manager()

    def __str__(self) -> str:
        return f"fields of {self.entry_id}"
