from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, CorrespondenceType, Language, Salesperson
from contacts.models.in_force import address_in_force, has_address_in_force
from contacts.querysets import SetQuerySet
from interactions.models import (
    Campaign,
    Document,
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionTemplate,
)

from .own_letter import OUTDATED
from .resolution import resolve

# Fields of a line that are inherited from the header, or the template, while they are null (D8).
OVERRIDES = (
    "template",
    "description",
    "subject",
    "campaign",
    "salesperson",
    "date",
    "language",
    "correspondence_type",
    "information_flow",
    "initiated_by",
    "cost",
    "duration",
    "campaign_target",
    "campaign_response",
)
# Those that have a column of their own in the table of lines.
SHOWN = ("correspondence_type", "language", "description", "cost")
# Fields that only a line has.
OWN = ("comment", "document", "evaluation", "attempt_failed")


def on_sheet(step: int | OuterRef | F) -> Q:
    """The condition for a line to stand on the sheet when `step` is the current step (D5)."""
    not_removed = Q(removed_step__isnull=True) | Q(removed_step__gt=step)
    return not_removed & Q(added_step__lte=step)


class SegmentLineQuerySet(SetQuerySet["SegmentLine"]):
    def resolved(self) -> Self:
        """Annotate the values that hold for each line, as `r_<field>` (D8, D10, D11).

        The only place that knows the order of precedence: line, header, template, contact.
        """
        resolved: Self = resolve(self)
        return resolved

    def with_inherited(self) -> Self:
        """`resolved()`, and as `i_<field>` what would hold if the line said nothing there."""
        resolved: Self = resolve(self, inherited=True)
        return resolved

    def with_alternative(self) -> Self:
        """`resolved()`, and as `r_alternative` the alternative address in force on the line's date.

        As JSON, or null (R15, R16); see `contacts.addresses.with_alternative`.
        """
        lines = self.resolved()
        return lines.annotate(r_alternative=address_in_force("r_date", "contact__"))

    def with_posted_elsewhere(self) -> Self:
        """`resolved()`, and as `r_posted_elsewhere` whether an alternative address is in force that
        a letter can be posted to."""
        elsewhere = has_address_in_force("r_date", "contact__")
        return self.resolved().annotate(
            r_posted_elsewhere=ExpressionWrapper(elsewhere, models.BooleanField())
        )

    def with_outdated(self) -> Self:
        """`resolved()`, and as `letter_outdated` whether the letter of its own was made before its
        contact or the template's document changed."""
        outdated = ExpressionWrapper(OUTDATED, models.BooleanField())
        return self.resolved().annotate(letter_outdated=outdated)

    def changed(self) -> Self:
        """Lines that differ from the header in any way."""
        differs = Q()
        for field in OVERRIDES:
            differs |= Q(**{f"{field}__isnull": False})
        own = (
            ~Q(comment="") | Q(document__isnull=False) | ~Q(evaluation="") | Q(attempt_failed=True)
        )
        return self.filter(differs | own)

    def keeping(self, header_fields: Iterable[str]) -> Self:
        """Lines with a value of their own in any of the given fields of the header (D8)."""
        keeps = Q(pk__in=[])
        for field in header_fields:
            name = field.removeprefix("unit_")
            if name in OVERRIDES:
                keeps |= Q(**{f"{name}__isnull": False})
        return self.filter(keeps)

    def totals(self) -> dict[str, Any]:
        """Cost and minutes of all lines."""
        lines: Any = self.resolved().order_by()
        totals: dict[str, Any] = lines.aggregate(
            cost=Coalesce(Sum("r_cost"), Value(Decimal(0))),
            duration=Coalesce(Sum("r_duration"), Value(0)),
        )
        return totals

    def with_letter(self) -> Self:
        """Lines that have a letter: of their own, or from the template."""
        lines: Any = self.resolved()
        found: Self = lines.filter(r_document__isnull=False)
        return found

    def with_contact(self) -> Self:
        """Fetch the contact in the same query."""
        return self.select_related("contact")

    def of_contacts(self, contacts: Any) -> Self:
        return self.filter(contact__in=[contact.pk for contact in contacts])

    def ticked(self, keys: Iterable[object]) -> Self:
        """Lines by their keys, as a form sends them; what is no key finds nothing."""
        whole = [int(str(key)) for key in keys if str(key).isdecimal()]
        return self.filter(
            pk__in=[key for key in whole if key <= models.BigIntegerField.MAX_BIGINT]
        )

    def before(self, line: "SegmentLine") -> int:
        """How many lines stand before `line`."""
        return self.filter(pk__lt=line.pk).count()

    def search(self, text: str) -> Self:
        """Lines whose contact is found by `text`."""
        found = Contact.objects.search(text)
        return self.filter(contact__in=found.order_by().values("pk"))

    def in_line_order(self) -> Self:
        return self.order_by("pk")

    def move_contact(self, field: str, winner: Contact) -> None:
        """Let the lines be those of `winner`, who stands on no sheet twice because of it (D23)."""
        for line in self.filter(segment__lines__contact=winner).distinct():
            line.make_way(line.segment.lines.filter(contact=winner))
        self.update(contact=winner)

    def erase_contact(self, contact: Contact) -> None:
        """Forget what the lines and the steps of their segments say of the contact."""
        for segment in {line.segment for line in self.select_related("segment")}:
            segment.steps.forget(contact.name)
        own = list(self.exclude(document=None).values_list("document", flat=True))
        self.update(comment="", document=None, letter_base=None, subject=None, description=None)
        Document.objects.filter(pk__in=own).delete_unused()

    def on_the_sheet(self) -> Self:
        """Lines that stand on the sheet of their segment now."""
        return self.filter(on_sheet(F("segment__current_step")))


class SegmentLine(models.Model):
    """One contact in a segment, and what is different for this contact. Null means inherited."""

    segment = models.ForeignKey(
        "segments.Segment", on_delete=models.DB_CASCADE, db_index=False, related_name="lines"
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.DO_NOTHING,
        related_name="segment_lines",
        verbose_name=_("contact"),
    )
    added_step = models.PositiveIntegerField(editable=False)
    removed_step = models.PositiveIntegerField(null=True, blank=True, editable=False)

    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("interaction template"),
    )
    description = models.CharField(_("description"), max_length=150, null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=150, null=True, blank=True)
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("campaign"),
    )
    salesperson = models.ForeignKey(
        Salesperson,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("salesperson"),
    )
    date = models.DateField(_("date"), null=True, blank=True)
    language = models.ForeignKey(
        Language,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("language"),
    )
    correspondence_type = models.CharField(
        _("correspondence type"), max_length=10, choices=CorrespondenceType, null=True, blank=True
    )
    information_flow = models.CharField(
        _("information flow"), max_length=10, choices=InformationFlow, null=True, blank=True
    )
    initiated_by = models.CharField(
        _("initiated by"), max_length=10, choices=InitiatedBy, null=True, blank=True
    )
    cost = models.DecimalField(
        _("cost"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    duration = models.PositiveIntegerField(_("duration (minutes)"), null=True, blank=True)
    campaign_target = models.BooleanField(_("campaign target"), null=True, blank=True)
    campaign_response = models.BooleanField(_("campaign response"), null=True, blank=True)

    comment = models.TextField(
        _("comment"),
        blank=True,
        db_default="",
        help_text=_("Appears in this contact's letter, where the template has a place for it."),
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("letter of its own"),
    )
    # The paragraphs this contact's letter has, one name on each line; null: as the template says.
    letter_choices = models.TextField(null=True, blank=True, editable=False)
    # What the letter of its own was made from, see `own_letter`; null without one.
    letter_base = models.JSONField(null=True, blank=True, editable=False)
    evaluation = models.CharField(
        _("evaluation"), max_length=15, choices=Evaluation, blank=True, db_default=""
    )
    attempt_failed = models.BooleanField(_("attempt failed"), default=False, db_default=False)

    objects = SegmentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment line")
        verbose_name_plural = _("segment lines")
        indexes = [
            models.Index(fields=["segment", "id"], name="line_segment"),
            *(
                models.Index(
                    fields=[field],
                    name=f"line_own_{field}",
                    condition=Q(**{f"{field}__isnull": False}),
                )
                for field in ("template", "campaign", "salesperson", "language", "document")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "contact", "added_step"], name="line_contact_once_per_step"
            ),
            models.CheckConstraint(
                condition=Q(removed_step__isnull=True) | Q(removed_step__gt=F("added_step")),
                name="line_removed_after_added",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="line_cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}"

    @property
    def own_fields(self) -> list[str]:
        """Names of the fields in which this line differs from the header."""
        fields = {field.name: field.attname for field in self._meta.concrete_fields}
        return [name for name in OVERRIDES if getattr(self, fields[name]) is not None]

    @property
    def other_own_fields(self) -> list[str]:
        """Names for people of the changed fields that the table of lines has no column for."""
        others = [name for name in self.own_fields if name not in SHOWN]
        return [str(self._meta.get_field(name).verbose_name) for name in others]  # type: ignore[union-attr]

    def make_way(self, others: SegmentLineQuerySet) -> None:
        """Go, if one of `others` stands on the sheet too, or let those go that stand in the way."""
        of_same_step = others.filter(added_step=self.added_step)
        if not others.model._default_manager.on_the_sheet().filter(pk=self.pk).exists():
            unwanted = [self] if of_same_step.exists() else []
        elif others.on_the_sheet().exists():
            unwanted = [self]
        else:
            unwanted = list(of_same_step)
        for line in unwanted:
            line.forget()

    def forget(self) -> None:
        """Delete the line as if it had never been: the steps it stood at have one line less."""
        steps = self.segment.steps.filter(number__gte=self.added_step)
        if self.removed_step:
            steps = steps.filter(number__lt=self.removed_step)
        steps.update(lines_after=F("lines_after") - 1)
        self.delete()
