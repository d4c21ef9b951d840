from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Language, User
from interactions.models import Document, InteractionTemplate, TemplateDocument


class SegmentDocumentQuerySet(models.QuerySet["SegmentDocument"]):
    def edited_from(self, original: TemplateDocument) -> Self:
        """Copies of a template's document in its language."""
        return self.filter(template=original.template_id, language=original.language_id)


class SegmentDocument(models.Model):
    """An edited copy of a template's document in one language, which holds for one segment."""

    segment = models.ForeignKey(
        "segments.Segment", on_delete=models.DB_CASCADE, db_index=False, related_name="documents"
    )
    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DB_CASCADE,
        related_name="segment_documents",
        verbose_name=_("interaction template"),
    )
    language = models.ForeignKey(
        Language, on_delete=models.DO_NOTHING, db_index=False, verbose_name=_("language")
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.DO_NOTHING,
        related_name="segment_documents",
        verbose_name=_("Word document"),
    )
    # The template's document when the copy was uploaded.
    base = models.ForeignKey(
        Document, on_delete=models.DO_NOTHING, related_name="edited_in", editable=False
    )
    created_at = models.DateTimeField(_("when"), auto_now=True)
    created_by = models.ForeignKey(
        User, on_delete=models.DB_SET_NULL, null=True, blank=True, verbose_name=_("by")
    )

    objects = SegmentDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("edited copy")
        verbose_name_plural = _("edited copies")
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "template", "language"],
                name="one_edited_copy_per_segment_template_and_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.language_id}"
