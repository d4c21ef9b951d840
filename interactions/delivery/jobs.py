"""Asking for e-mails to be sent, and changing one's mind.

One function per action, one transaction each. A `Refused` changes nothing.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from interactions.models import (
    DeliveryJob,
    DeliveryState,
    InteractionLogEntry,
    LoggedSegment,
)
from interactions.models.log_set import InteractionLogEntryQuerySet

from .message import our_address
from .tasks import send, watch
from .texts import Texts, texts_of

State = DeliveryJob.State
# What a person may have sent once more: neither underway nor sent.
RETRIABLE = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.NOT_SENT)


def to_send(segment: LoggedSegment) -> InteractionLogEntryQuerySet:
    """Return the e-mails of the logged segment that nobody has asked to send yet."""
    entries = InteractionLogEntry.objects.of_segment(segment).deliverable().by_email()
    return entries.never_sent().not_asked_for()


@transaction.atomic
def deliver(segment: LoggedSegment, *, by: User | None) -> DeliveryJob:
    """Have all e-mails of the logged segment sent that nobody has asked for yet.

    The task worker sends them after the commit. Raises `Refused` when there is none: a second
    click sends nothing twice.
    """
    _lock(segment)
    return start(to_send(segment), segment, by=by)


@transaction.atomic
def deliver_if_any(segment: LoggedSegment, *, by: User | None) -> DeliveryJob | None:
    """Like `deliver`; None when the logged segment has no e-mail to send."""
    _lock(segment)
    entries = to_send(segment)
    return start(entries, segment, by=by) if entries.exists() else None


@transaction.atomic
def deliver_again(
    segment: LoggedSegment, entries: InteractionLogEntryQuerySet, *, by: User | None
) -> DeliveryJob:
    """Have those of `entries` sent once more that failed, were left out, or are unknown.

    The same letter (D22); the address is the contact's of today. Raises `Refused` when none is.
    """
    _lock(segment)
    chosen = entries.of_segment(segment).deliverable().by_email()
    return start(chosen.in_state(*RETRIABLE), segment, by=by)


def start(
    entries: InteractionLogEntryQuerySet, segment: LoggedSegment | None, *, by: User | None
) -> DeliveryJob:
    """Queue the entries, whatever their state is, in a new job. Call it in a transaction.

    Raises `Refused` when there is none, or none that they could be from.
    """
    refuse_without_sender()
    texts = _texts(entries, segment)
    job = DeliveryJob.objects.create(logged_segment=segment, count=0, created_by=by, texts=texts)
    job.count = entries.update(
        delivery_state=DeliveryState.QUEUED,
        delivery_reason="",
        delivery_at=timezone.now(),
        delivery_job=job,
    )
    if not job.count:
        raise Refused(_("There is no e-mail to send."))
    job.save(update_fields=["count"])
    _enqueue(job)
    return job


def refuse_without_sender() -> None:
    """Raises `Refused` while nobody has said what address e-mails are from."""
    if not our_address():
        raise Refused(_("Our company has no e-mail address to send from: see Company information."))


def _lock(segment: LoggedSegment) -> None:
    """Two people at once: the second finds what the first has queued."""
    LoggedSegment.objects.select_for_update().only("pk").get(pk=segment.pk)


def _texts(entries: InteractionLogEntryQuerySet, segment: LoggedSegment | None) -> Texts:
    """What was said the first time is said again; templates that are new here, as they are now."""
    first = DeliveryJob.objects.filter(logged_segment=segment).last() if segment else None
    said: Texts = first.texts if first else {}
    templates = set(entries.order_by().values_list("template", flat=True).distinct())
    known = {key for key in templates if str(key) in said}
    return said | texts_of(templates - known)


def _enqueue(job: DeliveryJob) -> None:
    transaction.on_commit(lambda: send.enqueue(job.pk))
    transaction.on_commit(lambda: watch(job.pk))


def pause(job: DeliveryJob) -> bool:
    """Send nothing more until somebody resumes; False if it is not being sent.

    When this returns, no further e-mail is claimed; one may be in hand.
    """
    return bool(_one(DeliveryJob.objects.unfinished(), job).update(state=State.PAUSED, reason=""))


def resume(job: DeliveryJob) -> bool:
    """Go on with a paused job, or at once with one that waits; False if it is over or at work."""
    values: Any = {"state": State.QUEUED, "due_at": timezone.now(), "reason": "", "troubles": 0}
    if not _one(DeliveryJob.objects.resumable(), job).update(**values):
        return False
    _enqueue(job)
    return True


@transaction.atomic
def cancel(job: DeliveryJob) -> int:
    """Send nothing more of the job; return how many e-mails are left out."""
    if not _one(DeliveryJob.objects.open(), job).update(state=State.CANCELED, reason=""):
        return 0
    queued = InteractionLogEntry.objects.of_delivery(job).in_state(DeliveryState.QUEUED)
    return queued.update(
        delivery_state=DeliveryState.NOT_SENT,
        delivery_reason=_("Canceled before it was sent."),
        delivery_at=timezone.now(),
    )


def mark_as_sent(entries: InteractionLogEntryQuerySet) -> int:
    """A person knows of entries in doubt that they arrived; return how many were in doubt."""
    in_doubt = entries.in_state(DeliveryState.UNKNOWN)
    return in_doubt.update(delivery_state=DeliveryState.SENT, delivery_reason="")


def _one(jobs: Any, job: DeliveryJob) -> Any:
    return jobs.filter(pk=job.pk)
