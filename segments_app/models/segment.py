import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, CorrespondenceType, Language, NumberSeries, Salesperson
from contacts.numbers import plain_number
from contacts.querysets import SetQuerySet
from interactions.models import (
    Campaign,
    InformationFlow,
    InitiatedBy,
    InteractionTemplate,
    LoggedSegment,
)

from .line import SegmentLine, SegmentLineQuerySet, on_sheet


def today() -> datetime.date:
    return timezone.localdate()


def number_taken(number: str) -> bool:
    """Whether a segment, logged or not, has the number (D21)."""
    return (
        Segment.objects.numbered(number).exists() or LoggedSegment.objects.numbered(number).exists()
    )


class SegmentQuerySet(SetQuerySet["Segment"]):
    def with_lines_count(self) -> Self:
        """Annotate `lines_count`, from the number the current step has stored."""
        current = Q(steps__number=F("current_step"))
        shown = models.FilteredRelation("steps", condition=current)
        return self.annotate(shown_step=shown).annotate(
            lines_count=Coalesce(F("shown_step__lines_after"), Value(0))
        )

    def with_header(self) -> Self:
        """Fetch what the header names, in the same query."""
        return self.select_related("template", "campaign", "salesperson", "language")

    def of_campaign(self, campaign: Campaign) -> Self:
        return self.filter(campaign=campaign)

    def following(self, logged: LoggedSegment) -> Self:
        """Segments that reused the contacts of a logged segment, all or some of them."""
        actions = ("reuse", "add_by_hand")
        reuse = {
            "steps__action__in": actions,
            "steps__criteria__logged_segment": logged.number,
        }
        return self.filter(**reuse).distinct()

    def due(self) -> Self:
        """Segments that are marked as ready and whose date has come, the oldest first."""
        return self.filter(ready=True, date__lte=today()).order_by("date", "pk")

    def built_with(self, saved: models.Model) -> Self:
        """Segments with steps that came from saved criteria."""
        return self.filter(steps__saved_criteria=saved).distinct()

    def having(self, contact: Contact) -> Self:
        """Segments with a line of the contact, or a person of the company, on the sheet (R57)."""
        who = {"contact__company": contact} if contact.is_company else {"contact": contact}
        lines = SegmentLine.objects.filter(segment=OuterRef("pk"), **who)
        return self.filter(Exists(lines.filter(on_sheet(OuterRef("current_step")))))

    def search(self, text: str) -> Self:
        """Segments whose number or description holds `text`."""
        found = Q(number__icontains=text) | Q(description__icontains=text)
        return self.filter(found)


class Segment(models.Model):
    """The worksheet header. A segment exists until it is logged."""

    number = models.CharField(_("number"), max_length=20, unique=True, validators=[plain_number])
    description = models.CharField(_("description"), max_length=150)
    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("interaction template"),
    )
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("campaign"),
    )
    salesperson = models.ForeignKey(
        Salesperson,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("salesperson"),
    )
    date = models.DateField(_("date"), default=today, null=True, blank=True)
    language = models.ForeignKey(
        Language,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("language"),
        help_text=_("For contacts whose own language has no document."),
    )
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    correspondence_type = models.CharField(
        _("correspondence type"), max_length=10, choices=CorrespondenceType, blank=True
    )
    ignore_contact_correspondence_type = models.BooleanField(
        _("also for contacts who prefer another type"), default=False
    )
    unit_cost = models.DecimalField(
        _("unit cost"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty: as the template says."),
    )
    unit_duration = models.PositiveIntegerField(
        _("unit duration (minutes)"),
        null=True,
        blank=True,
        help_text=_("Empty: as the template says."),
    )
    information_flow = models.CharField(
        _("information flow"), max_length=10, choices=InformationFlow, blank=True
    )
    initiated_by = models.CharField(
        _("initiated by"), max_length=10, choices=InitiatedBy, blank=True
    )
    campaign_target = models.BooleanField(_("campaign target"), default=False)
    campaign_response = models.BooleanField(_("campaign response"), default=False)
    ready = models.BooleanField(
        _("ready"),
        default=False,
        help_text=_("May be logged by a scheduled job once its date has come."),
    )
    # The number of the step that the worksheet shows; later steps are undone.
    current_step = models.PositiveIntegerField(default=0, editable=False)
    # Counts every change of the segment, so that a page knows whether it shows what is there.
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("created by"),
    )

    objects = SegmentQuerySet.as_manager()

    # The version that the person saw who acts on this object; None when nobody looked.
    seen: int | None = None

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["-created_at", "-id"]
        permissions = [("log_segment", "Can log segments")]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit_cost__isnull=True) | Q(unit_cost__gte=0),
                name="segment_cost_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("segments:detail", args=[self.number])

    @staticmethod
    def next_number() -> str:
        """Draw the next free segment number. Call it outside any transaction (D21)."""
        return NumberSeries.objects.draw("segments", taken=number_taken)

    def header_value(self, name: str) -> Any:
        """What the header says for the field `name` of its lines; of a relation, the key."""
        of_template = {"cost": "unit_cost", "duration": "unit_duration"}
        field: Any = self._meta.get_field(of_template.get(name, name))
        return getattr(self, field.attname)

    def templates_used(self) -> set[int]:
        """The keys of the templates that the header and the lines on the sheet name."""
        own = self.sheet().order_by().exclude(template=None)
        keys = {self.template_id, *own.values_list("template", flat=True).distinct()}
        return {key for key in keys if key is not None}

    def sheet(self) -> SegmentLineQuerySet:
        """The lines that stand on the worksheet now, in line order."""
        lines = SegmentLine.objects.filter(segment=self)
        return lines.filter(on_sheet(self.current_step)).in_line_order()

    def lines_added_since(self, step: int) -> SegmentLineQuerySet:
        """The lines on the sheet that were not there at an earlier step."""
        return self.sheet().filter(added_step__gt=step)

    def lines_gone_since(self, step: int) -> SegmentLineQuerySet:
        """The lines that stood on the sheet at an earlier step and do not any more."""
        lines = SegmentLine.objects.filter(segment=self, removed_step__lte=self.current_step)
        return lines.filter(on_sheet(step)).in_line_order()
