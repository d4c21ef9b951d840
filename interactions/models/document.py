import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import User


def storage_name(document: "Document", _filename: str) -> str:
    return f"{document.sha256[:2]}/{document.sha256}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def store(self, data: bytes, *, name: str, by: User | None = None) -> "Document":
        """Keep `data` and return its document; equal bytes are kept once and never change.

        The caller has checked the bytes. `name` is the file name people see.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        existing = self.filter(sha256=sha256).first()
        if existing:
            return existing
        document = self.model(
            sha256=sha256, size=len(data), name=PurePath(name).name[:150], created_by=by
        )
        storage = document.file.storage
        if storage.exists(storage_name(document, name)):
            document.file.name = storage_name(document, name)
        else:
            document.file.save(name, ContentFile(data), save=False)
        document.save()
        return document

    def unused(self) -> "DocumentQuerySet":
        """Documents that nothing refers to."""
        documents = self
        for relation in Document._meta.related_objects:
            used = relation.related_model._base_manager.filter(
                **{relation.field.name: models.OuterRef("pk")}
            )
            documents = documents.filter(~models.Exists(used))
        return documents

    def delete_unused(self) -> None:
        """Delete those that nothing refers to any more, with their files."""
        for document in self.unused():
            document.file.delete(save=False)
            document.delete()


class Document(models.Model):
    """A file that never changes, known by its SHA-256. Editing means a new document."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=150)
    size = models.PositiveIntegerField(_("bytes"))
    file = models.FileField(_("file"), upload_to=storage_name, max_length=200)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        User,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("created by"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """Return the bytes."""
        with self.file.storage.open(str(self.file.name)) as file:
            return bytes(file.read())
