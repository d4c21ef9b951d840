from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.privacy.erase import without_name
from contacts.querysets import SetQuerySet


class LoggedSegmentQuerySet(SetQuerySet["LoggedSegment"]):
    def with_names(self) -> Self:
        """Fetch what a list shows, in the same query; not the snapshot."""
        return self.select_related("created_by").defer("snapshot")

    def with_numbers(self, numbers: Iterable[str]) -> Self:
        return self.filter(number__in=list(numbers))

    def canceled(self) -> Self:
        return self.filter(canceled=True)

    def holding(self, entry: Any) -> "LoggedSegment | None":
        """The logged segment that the interaction log entry belongs to, if any."""
        return self.filter(entries=entry).defer("snapshot").first()

    def forget(self, name: str) -> None:
        """Let what these segments keep of their steps name `name` no more."""
        for segment in self.distinct().only("snapshot").iterator():
            steps = segment.snapshot.get("steps", [])
            if (clean := without_name(steps, name)) != steps:
                segment.snapshot["steps"] = clean
                segment.save(update_fields=["snapshot"])

    def called(self, number: str) -> Self:
        """The logged segment with the number, as a person types it."""
        return self.filter(number__iexact=number)

    def search(self, text: str) -> Self:
        """Logged segments whose number or description holds `text`."""
        return self.filter(Q(number__icontains=text) | Q(description__icontains=text))


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
    # No interaction of it has a higher key; null: nobody knows.
    highest_entry = models.BigIntegerField(null=True, editable=False)
    # The header, the steps and everything the letters share, as they were.
    snapshot = models.JSONField(default=dict)

    objects = LoggedSegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("logged segment")
        verbose_name_plural = _("logged segments")
        permissions = [("cancel_loggedsegment", "Can cancel logged segments")]
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["highest_entry"], name="logged_segment_highest_entry")]

    def __str__(self) -> str:
        return f"{self.number} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("interactions:logged_segment_detail", args=[self.number])

    def take_in(self, count: int) -> None:
        """Count the interactions, `count` of them, that were just written to it."""
        keys = self.entries.model.objects.aggregate(highest=models.Max("pk"))
        self.entries_count = F("entries_count") + count
        self.highest_entry = keys["highest"] or 0
        self.save(update_fields=["entries_count", "highest_entry"])
        self.refresh_from_db(fields=["entries_count"])

    @property
    def kept_back(self) -> tuple[str, int] | None:
        """Number of the segment that the problem lines were kept back in, and how many (D12)."""
        kept = self.snapshot.get("kept_back")
        return (kept["number"], kept["lines"]) if kept else None
