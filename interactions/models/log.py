from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, CorrespondenceType, Language, Salesperson
from contacts.privacy.known import told
from contacts.querysets import SetQuerySet

from .campaign import Campaign
from .delivery import UNSETTLED, DeliveredQuerySet, DeliveryState
from .delivery_job import DeliveryJob
from .document import Document
from .logged_segment import LoggedSegment
from .template import (
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionGroup,
    InteractionTemplate,
)

CORRESPONDENCE_LABELS: dict[str, Any] = {
    "": _("no correspondence type"),
    **{member.value: member.label for member in CorrespondenceType},
}


@dataclass(frozen=True)
class Totals:
    """What a set of entries adds up to: cost in the house's currency, duration in minutes."""

    interactions: int
    contacts: int
    cost: Decimal
    duration: int
    last_date: Any = None


class InteractionLogEntryQuerySet(DeliveredQuerySet["InteractionLogEntry"]):
    def counting(self) -> Self:
        """Entries that count: neither canceled nor postponed (D3, D20)."""
        standing = Q(logged_segment=None) | Q(logged_segment__canceled=False)
        return self.filter(standing, canceled=False, postponed=False)

    def canceled(self) -> Self:
        """Entries canceled themselves or with their logged segment (D18)."""
        return self.filter(Q(canceled=True) | Q(logged_segment__canceled=True))

    def canceled_alone(self) -> Self:
        """Entries canceled themselves, whatever their logged segment is."""
        return self.filter(canceled=True)

    def taken_place(self) -> Self:
        """Entries of the log as people read it: all but the postponed (R190)."""
        return self.filter(postponed=False)

    def standing_alone(self) -> Self:
        """Entries that count unless their logged segment is canceled (R185)."""
        return self.filter(canceled=False, postponed=False)

    def with_document(self) -> Self:
        """Entries that have a letter."""
        return self.filter(document__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-date", "-id")

    def in_line_order(self) -> Self:
        """Entries of a logged segment in the order of its lines."""
        return self.order_by("line", "id")

    def with_names(self) -> Self:
        """Fetch what a list of entries names, in the same query."""
        return self.select_related(
            "contact", "company", "template", "salesperson", "user", "logged_segment"
        ).defer("logged_segment__snapshot")

    def with_everything(self) -> Self:
        """Fetch what an entry's own page shows, in the same query."""
        return self.with_names().select_related(
            "contact",
            "company",
            "template",
            "salesperson",
            "user",
            "logged_segment",
            "group",
            "campaign",
            "language",
            "document",
        )

    def about(self, text: str) -> Self:
        """Entries with the contacts that `text` finds, and with their companies."""
        return self.filter(contact__in=Contact.objects.search(text).order_by().values("pk"))

    def totals(self) -> Totals:
        """Add up: interactions, distinct contacts, cost and duration. Narrow first (D20)."""
        sums = self.order_by().aggregate(
            interactions=Count("pk"),
            contacts=Count("contact", distinct=True),
            cost=Sum("cost", default=Decimal(0)),
            duration=Sum("duration", default=0),
            last_date=Max("date"),
        )
        return Totals(**sums)

    def by_correspondence_type(self) -> list[tuple[str, int]]:
        """Return (label, interactions) for each correspondence type there is, most first."""
        counts = self.order_by().values("correspondence_type").annotate(count=Count("pk"))
        return sorted(
            (
                (str(CORRESPONDENCE_LABELS[row["correspondence_type"]]), row["count"])
                for row in counts
            ),
            key=lambda row: (-row[1], row[0]),
        )

    def alone(self, entry: "InteractionLogEntry") -> Self:
        """A queryset of the one entry."""
        return self.filter(pk=entry.pk)

    def of_segment(self, segment: LoggedSegment) -> Self:
        return self.filter(logged_segment=segment)

    def of_segments(self, segments: models.QuerySet[LoggedSegment]) -> Self:
        return self.filter(logged_segment__in=segments.order_by().values("pk"))

    def of_campaign(self, campaign: Campaign) -> Self:
        return self.filter(campaign=campaign)

    def of_template(self, template: InteractionTemplate) -> Self:
        return self.filter(template=template)

    def known_of_contact(self) -> Iterator[dict[str, Any]]:
        """What is known of a contact through these entries: the facts, and what the letter said."""
        entries = self.with_everything().select_related("merge_fields").order_by("date", "pk")
        for entry in entries.iterator():
            said = getattr(entry, "merge_fields", None)
            yield told(entry) | ({gettext("Letter"): said.fields} if said else {})

    def erase_contact(self, contact: Contact) -> None:
        """Forget who these entries were with, and their letters; what they cost stays."""
        LoggedSegment.objects.filter(entries__in=self).forget(contact.name)
        EntryFields.objects.filter(entry__in=self).delete()
        own = list(self.filter(own_letter=True).values_list("document", flat=True))
        self.update(
            subject="", document=None, own_letter=False, delivery_address="", delivery_reason=""
        )
        Document.objects.filter(pk__in=own).delete_unused()

    def with_contact_alone(self, contact: Contact) -> Self:
        """Entries of the contact itself; of a company without those of its persons."""
        return self.filter(contact=contact)

    def in_campaigns(self) -> Self:
        return self.filter(campaign__isnull=False)

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
            models.Index(fields=["template", "date"], name="entry_template_date"),
            models.Index(
                fields=["campaign", "date"],
                name="entry_campaign_date",
                condition=Q(campaign__isnull=False),
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
                condition=Q(delivery_state__in=UNSETTLED),
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
        """Whether the entry is canceled, itself or with its logged segment (D18)."""
        return self.canceled or bool(self.logged_segment and self.logged_segment.canceled)

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
