"""The last change of many lines at once, and what they said before it, so that it can be undone."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from contacts.privacy.erase import without_name
from contacts.querysets import SetQuerySet

from .line import SegmentLine
from .line_values import LineValues
from .segment import Segment


class LineEditQuerySet(models.QuerySet["LineEdit"]):
    def newest(self) -> "LineEdit | None":
        """The change that can be undone."""
        return self.select_related("created_by").order_by("pk").last()

    def of_segment(self, segment: Segment) -> Self:
        return self.filter(segment=segment)

    def forget(self, contact: Contact) -> None:
        """Keep nothing of what lines of the contact said before these changes, nor its name."""
        LineBefore.objects.filter(edit__in=self, line__contact=contact).delete()
        for edit in self:
            if contact.name in "".join(edit.sentences.values()):
                edit.sentences = without_name(edit.sentences, contact.name)
                edit.save(update_fields=["sentences"])


class LineEdit(models.Model):
    """A change of many lines. Its lines carry its key as `last_edit` until they change again."""

    segment = models.ForeignKey(Segment, on_delete=models.DB_CASCADE, related_name="line_edits")
    # The fields that were changed.
    fields = models.JSONField(default=list)
    # What was done, in words, by language of the pages.
    sentences = models.JSONField(default=dict)
    count = models.PositiveIntegerField(_("lines"), default=0)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True
    )

    objects = LineEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of lines")
        verbose_name_plural = _("changes of lines")

    def __str__(self) -> str:
        return f"{self.segment.number} {self.count}"


class LineBefore(LineValues):
    """What a line said itself before a `LineEdit`. A line that said nothing has none."""

    edit = models.ForeignKey(
        LineEdit, on_delete=models.DB_CASCADE, db_index=False, related_name="before"
    )
    line = models.ForeignKey(SegmentLine, on_delete=models.DB_CASCADE, related_name="+")

    objects = SetQuerySet["LineBefore"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edit", "line"], name="line_before_edit_once")
        ]

    def __str__(self) -> str:
        return f"{self.line_id}"
