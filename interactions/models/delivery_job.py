import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .logged_segment import LoggedSegment

# A worker says before each message that it is alive; silent for longer, it is taken for dead.
# Taken for dead in error, it still sends nothing twice: it looks whether the job is its own.
DEAD_AFTER = datetime.timedelta(seconds=120)
# What begins again sooner than this does not rest.
RESTS_AFTER = datetime.timedelta(seconds=20)


class DeliveryJobQuerySet(models.QuerySet["DeliveryJob"]):
    def of_segment(self, segment: LoggedSegment) -> Self:
        return self.filter(logged_segment=segment)

    def unfinished(self) -> Self:
        """Jobs that a worker works on, or will."""
        return self.filter(state__in=(DeliveryJob.State.QUEUED, DeliveryJob.State.SENDING))

    def open(self) -> Self:
        """Jobs that may still send something, also when they are paused."""
        return self.unfinished() | self.paused()

    def paused(self) -> Self:
        return self.filter(state=DeliveryJob.State.PAUSED)

    def waiting(self) -> Self:
        """Jobs that a worker may take: nobody has them, or their worker died."""
        dead = Q(alive_at__lt=timezone.now() - DEAD_AFTER)
        return self.unfinished().filter(Q(worker="") | dead)

    def resumable(self) -> Self:
        """Jobs that may go on at once, and that nobody is working on."""
        return self.paused() | self.waiting()

    def stalled(self) -> Self:
        """Jobs that should be worked on, and are not."""
        return self.waiting().filter(due_at__lt=timezone.now() - DEAD_AFTER)

    def abandoned(self) -> Self:
        """Jobs, whatever their state, whose worker died with a message in hand."""
        dead = timezone.now() - DEAD_AFTER
        return self.exclude(worker="").filter(alive_at__lt=dead)

    def of_worker(self, worker: str) -> Self:
        """The job that the worker took, whatever became of it since."""
        return self.filter(worker=worker)

    def held_by(self, worker: str) -> Self:
        """The job in work by just this worker; none once it was stopped or taken over."""
        return self.filter(state=DeliveryJob.State.SENDING, worker=worker)


class DeliveryJob(models.Model):
    """E-mails that somebody asked to be sent, and how far that is. The entries say the rest."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Done")
        CANCELED = "canceled", _("Canceled")

    logged_segment = models.ForeignKey(
        LoggedSegment,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("logged segment"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    # Why it does not go on just now, in words for people.
    reason = models.TextField(_("reason"), blank=True)
    count = models.PositiveIntegerField(_("e-mails"))
    # What was to be said, as it was then: text and attachment by template and language.
    texts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("by"),
    )
    # Of the worker that has it now.
    worker = models.CharField(max_length=36, blank=True)
    alive_at = models.DateTimeField(default=timezone.now)
    # When a worker is to go on with it.
    due_at = models.DateTimeField(default=timezone.now)
    # Since when it is sent without interruption, and how many were settled before.
    started_at = models.DateTimeField(null=True)
    settled_before = models.PositiveIntegerField(default=0)
    # How often in a row the mail server was not to be reached.
    troubles = models.PositiveSmallIntegerField(default=0)

    objects = DeliveryJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery job")
        verbose_name_plural = _("delivery jobs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.logged_segment or ''} {self.created_at:%Y-%m-%d %H:%M}".strip()

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.SENDING)

    @property
    def is_open(self) -> bool:
        """Whether it may still send something, also when it is paused."""
        return self.is_unfinished or self.state == self.State.PAUSED

    @property
    def is_stalled(self) -> bool:
        """Whether its worker died, or none is running."""
        silent_since = max(self.due_at, self.alive_at)
        return self.is_unfinished and silent_since < timezone.now() - DEAD_AFTER

    @property
    def rests(self) -> bool:
        """Whether nothing is sent for a while: what is left was not taken, and is tried again."""
        return self.is_unfinished and self.due_at > timezone.now() + RESTS_AFTER

    def time_left(self, settled: int) -> datetime.timedelta | None:
        """How long it will still take when `settled` are done; None while nobody can tell."""
        settled_now = settled - self.settled_before
        if (
            self.state != self.State.SENDING
            or self.rests
            or settled_now <= 0
            or not self.started_at
        ):
            return None
        elapsed: Any = timezone.now() - self.started_at
        left: datetime.timedelta = elapsed / settled_now * (self.count - settled)
        return left
