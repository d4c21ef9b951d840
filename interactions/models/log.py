from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, CorrespondenceType, Language, Salesperson

from .campaign import Campaign
from .delivery import IS_UNSETTLED, UNDERWAY, DeliveryState
from .delivery_job import DeliveryJob
from .document import Document
from .log_set import InteractionLogEntryQuerySet
from .logged_segment import LoggedSegment
from .template import (
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionGroup,
    InteractionTemplate,
)


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
    time = models.TimeField(_("time of interaction"), null=True, blank=True)
    description = models.CharField(_("description"), max_length=150)
    subject = models.CharField(_("subject"), max_length=150, blank=True, db_default="")
    correspondence_type = models.CharField(
        _("correspondence type"),
        max_length=10,
        choices=CorrespondenceType,
        blank=True,
        db_default="",
    )
    # The phone number or the e-mail address.
    contact_via = models.CharField(
        _("contact via"), max_length=254, blank=True, default="", db_default=""
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
    delivery_state = models.CharField(
        _("delivery"), max_length=10, choices=DeliveryState, blank=True, default="", db_default=""
    )
    delivery_reason = models.TextField(_("reason"), blank=True, default="", db_default="")
    delivery_attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, db_default=0)
    # When the state was reached; of a queued entry, when it is to be sent.
    delivery_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    # The e-mail address that it was sent to last.
    delivery_address = models.CharField(
        _("sent to"), max_length=254, blank=True, default="", db_default=""
    )
    delivery_job = models.ForeignKey(
        DeliveryJob,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="entries",
        verbose_name=_("delivery job"),
    )
    # The entry that this one sends once more, merged anew (D22).
    resend_of = models.ForeignKey(
        "self",
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="resends",
        verbose_name=_("resends"),
    )

    objects = InteractionLogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction log entry")
        verbose_name_plural = _("interaction log entries")
        permissions = [("cancel_interactionlogentry", "Can cancel interaction log entries")]
        indexes = [
            models.Index(fields=["contact", "-date", "-id"], name="entry_contact_date"),
            models.Index(fields=["company", "-date", "-id"], name="entry_company_date"),
            models.Index(fields=["date", "id"], name="entry_date"),
            models.Index(
                fields=["id"], name="entry_alone", condition=Q(logged_segment__isnull=True)
            ),
            models.Index(fields=["template", "date"], name="entry_template_date"),
            models.Index(
                fields=["campaign", "date"],
                name="entry_campaign_date",
                condition=Q(campaign__isnull=False),
            ),
            models.Index(
                fields=["campaign", "contact"],
                name="entry_response",
                condition=Q(campaign_response=True),
            ),
            models.Index(fields=["date", "id"], name="entry_canceled", condition=Q(canceled=True)),
            models.Index(
                fields=["date", "id"], name="entry_postponed", condition=Q(postponed=True)
            ),
            # What is rare, or may be, so that a list of it need not look through the whole log.
            models.Index(fields=["salesperson", "date", "id"], name="entry_salesperson_date"),
            models.Index(fields=["group", "date", "id"], name="entry_group_date"),
            models.Index(
                fields=["evaluation", "date", "id"],
                name="entry_evaluation",
                condition=~Q(evaluation=""),
            ),
            models.Index(
                fields=["date", "id"], name="entry_failed", condition=Q(attempt_failed=True)
            ),
            models.Index(
                fields=["date", "id"], name="entry_responses", condition=Q(campaign_response=True)
            ),
            models.Index(
                fields=["delivery_job", "delivery_state", "delivery_at"],
                name="entry_delivery_job",
                condition=Q(delivery_job__isnull=False),
            ),
            models.Index(
                fields=["logged_segment", "delivery_state"],
                name="entry_segment_delivery",
                condition=~Q(delivery_state=""),
            ),
            models.Index(
                fields=["delivery_state", "date", "id"],
                name="entry_delivery_unsettled",
                condition=IS_UNSETTLED,
            ),
            models.Index(
                fields=["resend_of"],
                name="entry_resend_of",
                condition=Q(resend_of__isnull=False),
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
        return reverse("interactions:entry_detail", args=[self.pk])

    @property
    def is_canceled(self) -> bool:
        """Whether the entry is canceled, itself or with what it belongs to (D18).

        Of a canceled campaign entry only those know that were fetched `with_names`.
        """
        with_segment = bool(self.logged_segment and self.logged_segment.canceled)
        return self.canceled or with_segment or getattr(self, "in_canceled_entry", False)

    @property
    def is_email(self) -> bool:
        return self.correspondence_type == CorrespondenceType.EMAIL

    @property
    def is_underway(self) -> bool:
        """Whether its e-mail is queued or being sent."""
        return self.delivery_state in UNDERWAY

    @property
    def goes_out(self) -> bool:
        """Whether it is an e-mail or a letter from us: something to send or to print."""
        on_paper = self.correspondence_type == CorrespondenceType.HARD_COPY and self.document_id
        return self.information_flow != InformationFlow.INBOUND and bool(self.is_email or on_paper)

    @property
    def is_delivered(self) -> bool:
        """Whether it goes out and is logged, so that one asks what became of it."""
        return self.goes_out and not self.postponed

    @property
    def delivery_label(self) -> str:
        """What became of its delivery, in a word; what is sent on paper is printed."""
        if self.correspondence_type == CorrespondenceType.HARD_COPY:
            if self.delivery_state == DeliveryState.SENT:
                return gettext("printed")
            if self.delivery_state == DeliveryState.NOT_SENT:
                return gettext("not printed")
        return str(DeliveryState(self.delivery_state).label)

    @property
    def title(self) -> str:
        """What happened and between whom, as a contact's page shows it (R199)."""
        names = {"what": self.template.description, "ours": self._ours(), "theirs": self.contact}
        if self.information_flow == InformationFlow.OUTBOUND and names["ours"]:
            return gettext("%(what)s - by %(ours)s") % names
        if self.information_flow == InformationFlow.INBOUND and self.contact:
            return gettext("%(what)s - from %(theirs)s") % names
        return self.template.description

    def _ours(self) -> str:
        return self.salesperson.name or str(self.user or "")
