from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.privacy.erase import without_name

from .segment import Segment


class SegmentChangeQuerySet(models.QuerySet["SegmentChange"]):
    def since(self, version: int) -> Self:
        """Changes that a page did not show which was made at `version`."""
        return self.filter(version__gt=version)

    def touching(self, kinds: Collection[str], line: int | None = None) -> Self:
        """Changes of these kinds; of lines those of `line` and of several lines at once."""
        of_lines = Q(kind=SegmentChange.Kind.LINES)
        others = Q(line__isnull=False) & ~Q(line=line) if line else Q(pk__in=[])
        return self.filter(kind__in=kinds).exclude(of_lines & others)

    def forget(self, name: str) -> None:
        """Let the sentences of these changes name `name` no more."""
        for change in self:
            if name in "".join(change.sentences.values()):
                change.sentences = without_name(change.sentences, name)
                change.save(update_fields=["sentences"])


class SegmentChange(models.Model):
    """One change of a segment, so that whoever looked before is told what has changed since."""

    class Kind(models.TextChoices):
        SHEET = "sheet", _("steps")
        HEADER = "header", _("header")
        LINES = "lines", _("lines")

    segment = models.ForeignKey(
        Segment, on_delete=models.DB_CASCADE, db_index=False, related_name="changes"
    )
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    # The line that was changed, null for several. No foreign key: lines come and go.
    line = models.BigIntegerField(null=True)
    # What was done, in words, by language of the pages.
    sentences = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True
    )

    objects = SegmentChangeQuerySet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "version"], name="change_version")
        ]

    def __str__(self) -> str:
        return f"{self.segment.number} {self.version}"
