from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from interactions.models import Document

from .line_set import (
    EDITED,
    NOTHING,
    OVERRIDES,
    OWN,
    OWNED,
    SegmentLineQuerySet,
    on_sheet,
    owns,
)
from .line_values import LineValues

__all__ = [
    "EDITED",
    "NOTHING",
    "OVERRIDES",
    "OWN",
    "OWNED",
    "SegmentLine",
    "SegmentLineQuerySet",
    "on_sheet",
    "owns",
]


class SegmentLine(LineValues):
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
    # The key of the `LineEdit` that changed the line last; null when it changed by itself since.
    last_edit = models.BigIntegerField(null=True, blank=True, editable=False)

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
