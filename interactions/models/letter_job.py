import datetime
import uuid
import zipfile
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import User
from interactions.letters.output import LETTERS_IN_A_PART, Format, What

from .document import Document

# A worker says this often that it is alive; silent for longer than the other, it is taken for dead.
ALIVE_EVERY = datetime.timedelta(seconds=5)
DEAD_AFTER = datetime.timedelta(seconds=60)


class LetterJobQuerySet(models.QuerySet["LetterJob"]):
    def of_segment(self, number: str | models.OuterRef) -> Self:
        """What was asked for of the segment with that number, logged or not."""
        return self.filter(segment_number=number)

    def own_documents(self) -> models.QuerySet[Document]:
        """The Word documents of people's own that labels and cover sheets were made from."""
        keys = self.order_by().values_list("options__document", flat=True)
        return Document.objects.filter(pk__in=[key for key in keys if key]).order_by("name")

    def of_one_letter(self, asked: User) -> Self:
        """The single letters of the log that the person asked for."""
        return self.of_segment("").filter(created_by=asked)

    def waiting(self) -> Self:
        """Jobs that a worker may take: new ones, and those whose worker died."""
        dead = models.Q(state=LetterJob.State.MAKING, alive_at__lt=timezone.now() - DEAD_AFTER)
        return self.filter(models.Q(state=LetterJob.State.QUEUED) | dead)

    def stalled(self) -> Self:
        """Jobs whose worker died."""
        return self.waiting().filter(state=LetterJob.State.MAKING)

    def retriable(self) -> Self:
        """Jobs that ended without letters, in whatever way."""
        ended = models.Q(state__in=(LetterJob.State.FAILED, LetterJob.State.CANCELED))
        dead = models.Q(pk__in=self.stalled().values("pk"))
        return self.filter(ended | dead)

    def unfinished(self) -> Self:
        """Jobs that are made, or will be."""
        return self.filter(state__in=(LetterJob.State.QUEUED, LetterJob.State.MAKING))

    def held_by(self, worker: str) -> Self:
        """The job in work by just this worker; none once it was canceled or taken over."""
        return self.filter(state=LetterJob.State.MAKING, worker=worker)

    def outdated(self) -> Self:
        """Finished jobs that need not be kept any longer."""
        before = timezone.now() - datetime.timedelta(days=settings.LETTERS_KEPT_DAYS)
        finished = self.exclude(state__in=(LetterJob.State.QUEUED, LetterJob.State.MAKING))
        return finished.filter(created_at__lt=before)


class LetterJob(models.Model):
    """Letters that somebody asked for, as they were at that moment, and what became of them.

    What is asked for lies in a folder (`interactions.letters.work`); this says how far it is.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        MAKING = "making", _("Being made")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELED = "canceled", _("Canceled")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The number and not the segment: letters outlive its logging. Empty for a single letter.
    segment_number = models.CharField(_("segment"), max_length=20, db_index=True)
    # The step that the worksheet showed: its key, null before the first.
    step = models.BigIntegerField(null=True)
    options = models.JSONField(default=dict)
    # Which letters were chosen, as the room that asked for them writes it down.
    choice = models.JSONField(default=dict)
    count = models.PositiveIntegerField(_("letters"))
    made = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    reason = models.TextField(_("reason"), blank=True)
    result = models.CharField(max_length=50, blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, on_delete=models.DB_SET_NULL, null=True, blank=True, verbose_name=_("by")
    )
    # Of the worker that makes it now, and since when, with how many made before.
    worker = models.CharField(max_length=36, blank=True)
    alive_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    made_before = models.PositiveIntegerField(default=0)

    objects = LetterJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter job")
        verbose_name_plural = _("letter jobs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.segment_number} {self.key}"

    @property
    def folder(self) -> Path:
        """Where the work lies. Nobody can guess its name."""
        return Path(settings.LETTER_ROOT) / str(self.key)

    @property
    def what_label(self) -> str:
        """The paper, in words."""
        return str(What(self.options["what"]).label)

    @property
    def format_label(self) -> str:
        """The files, in words."""
        return str(Format(self.options["format"]).label)

    @property
    def comes_apart(self) -> bool:
        """Whether what was to be one Word document had to become several."""
        one = self.options["what"] == What.LETTERS and self.options["format"] == Format.WORD
        asked_for_more = self.options.get("batch") or self.options.get("manifest")
        return one and not asked_for_more and self.result.endswith(".zip")

    @property
    def is_too_many(self) -> bool:
        """Whether there are more letters than a Word document for the printer holds."""
        return self.count > LETTERS_IN_A_PART[Format.WORD]

    @property
    def is_too_different(self) -> bool:
        """Whether Word documents of a result that `comes_apart` cannot stand in one file."""
        with zipfile.ZipFile(self.path) as archive:
            files = len(archive.namelist())
        return files > -(-self.count // LETTERS_IN_A_PART[Format.WORD])

    @property
    def path(self) -> Path:
        """The file that was made."""
        return self.folder / self.result

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.MAKING)

    @property
    def is_stalled(self) -> bool:
        """Whether its worker died."""
        silent = self.alive_at is not None and self.alive_at < timezone.now() - DEAD_AFTER
        return self.state == self.State.MAKING and silent

    @property
    def percent(self) -> int:
        return 100 * self.made // self.count if self.count else 0

    @property
    def time_left(self) -> datetime.timedelta | None:
        """How long it will take still; None while nobody can tell."""
        made_now = self.made - self.made_before
        if self.state != self.State.MAKING or not made_now or not self.started_at:
            return None
        elapsed: Any = timezone.now() - self.started_at
        left: datetime.timedelta = elapsed / made_now * (self.count - self.made)
        return left
