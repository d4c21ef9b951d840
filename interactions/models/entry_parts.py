"""What belongs to an entry of the log and stands beside it, so that the log itself stays narrow."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.querysets import SetQuerySet

from .document import Document


class EntryFields(models.Model):
    """The merge fields of an entry that differ by contact: its letter can be made again (D15)."""

    entry = models.OneToOneField(
        "interactions.InteractionLogEntry",
        on_delete=models.DB_CASCADE,
        primary_key=True,
        related_name="merge_fields",
    )
    fields = models.JSONField()

    objects = SetQuerySet["EntryFields"].as_manager()

    def __str__(self) -> str:
        return f"fields of {self.entry_id}"


class EntryCommentQuerySet(SetQuerySet["EntryComment"]):
    def with_names(self) -> Self:
        return self.select_related("created_by")


class EntryComment(models.Model):
    """What a person wrote about an interaction after it was logged (R196)."""

    entry = models.ForeignKey(
        "interactions.InteractionLogEntry",
        on_delete=models.DB_CASCADE,
        related_name="comments",
        verbose_name=_("interaction"),
    )
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("by"),
    )

    objects = EntryCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class EntryAttachmentQuerySet(models.QuerySet["EntryAttachment"]):
    def with_documents(self) -> Self:
        return self.select_related("document")

    def of_entry(self, entry: models.Model, key: int) -> Self:
        """The one attached file of an entry that has the key, if any."""
        return self.filter(entry=entry.pk, pk=key)

    def remove(self) -> None:
        """Delete them, and the files that nothing else refers to."""
        documents = list(self.values_list("document", flat=True))
        self.delete()
        Document.objects.filter(pk__in=documents).delete_unused()


class EntryAttachment(models.Model):
    """A file that came with an interaction, or went with it."""

    entry = models.ForeignKey(
        "interactions.InteractionLogEntry",
        on_delete=models.DB_CASCADE,
        related_name="attachments",
        verbose_name=_("interaction"),
    )
    document = models.ForeignKey(
        Document, on_delete=models.DO_NOTHING, related_name="attached_to", verbose_name=_("file")
    )
    # As the person called it: equal files are kept once, under the name of the first.
    name = models.CharField(_("file name"), max_length=150)

    objects = EntryAttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def suffix(self) -> str:
        """The kind of file, in lower case: "pdf"."""
        return self.name.rpartition(".")[2].lower()

    def read(self) -> Any:
        return self.document.read()
