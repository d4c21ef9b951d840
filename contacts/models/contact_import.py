from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ContactImportQuerySet(models.QuerySet["ContactImport"]):
    def of(self, user: Any) -> "ContactImportQuerySet":
        """The imports that `user` began; nobody else goes on with them."""
        return self.filter(user=user)

    def newest_first(self) -> "ContactImportQuerySet":
        return self.select_related("user").order_by("-pk")

    def in_state(self, *states: str) -> "ContactImportQuerySet":
        return self.filter(state__in=states)

    def kept(self) -> "ContactImportQuerySet":
        """Those whose files are still there."""
        return self.exclude(folder="")

    def uploaded_before(self, moment: Any) -> "ContactImportQuerySet":
        return self.filter(uploaded_at__lt=moment)

    def with_headings(self, headings: list[str]) -> "ContactImportQuerySet":
        """Those of files with the same columns."""
        return self.filter(headings=headings)

    def in_run(self, key: int, run: int) -> "ContactImportQuerySet":
        """The one import, as long as its run number `run` is the one under way."""
        states = (ContactImport.State.CHECKING, ContactImport.State.IMPORTING)
        return self.filter(pk=key, run=run).in_state(*states)


class ContactImport(models.Model):
    """A file of contacts on its way in: what it was, who brought it, and what became of it."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("being looked at")
        CHECKED = "checked", _("looked at")
        IMPORTING = "importing", _("being imported")
        IMPORTED = "imported", _("imported")
        REFUSED = "refused", _("refused")
        CANCELED = "canceled", _("canceled")
        FAILED = "failed", _("failed")

    class Match(models.TextChoices):
        ANY = "any", _("Number, else external id, else e-mail address")
        NUMBER = "number", _("Number")
        EXTERNAL_ID = "external_id", _("External id")
        EMAIL = "email", _("E-mail address")

    class Empty(models.TextChoices):
        LEAVE = "leave", _("Leave the field as it is")
        CLEAR = "clear", _("Empty the field")

    class Rows(models.TextChoices):
        ALL = "all", _("All or nothing")
        GOOD = "good", _("Import the good rows")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    file_name = models.CharField(_("file"), max_length=255)
    # Where the storage keeps the file and what is told of its rows; "" when they are removed.
    folder = models.CharField(max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    # How the file is read, and its headings.
    layout = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    # The language of the page on which it was begun: reasons and values are told in it.
    language = models.CharField(max_length=10)
    match = models.CharField(_("find contacts by"), max_length=20, choices=Match, default=Match.ANY)
    empty = models.CharField(_("empty cells"), max_length=10, choices=Empty, default=Empty.LEAVE)
    rows = models.CharField(_("refused rows"), max_length=10, choices=Rows, default=Rows.ALL)
    # How often work on it was begun; an older run that still lives has lost it.
    run = models.PositiveSmallIntegerField(default=0)
    numberless = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    problem = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = ContactImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of contacts")
        verbose_name_plural = _("imports of contacts")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("contacts:import_detail", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.IMPORTING)

    @property
    def touched(self) -> int:
        return self.created + self.updated

    @property
    def total(self) -> int:
        return self.touched + self.unchanged + self.refused
