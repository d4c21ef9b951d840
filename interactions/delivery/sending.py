"""Sending the e-mails of a job, some at a time, each claimed before it is handed over (D14).

An entry is *sending* from before the mail server hears of it until its answer is written down.
Whoever finds one of a dead worker in that state cannot know, and says so: *unknown*.
"""

import datetime
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from interactions.letters.libreoffice import Stopped
from interactions.models import DeliveryJob, DeliveryState, InteractionLogEntry

from .chunk import Chunks, Ready
from .outcome import SENT, Outcome, interrupted, no_connection, outcome_of
from .pace import Turns, take_turns

logger = logging.getLogger(__name__)

State = DeliveryJob.State
CHUNK = 50
# A worker turns to other tasks after so many seconds, and comes back.
SLICE_SECONDS = 20
# How long until an e-mail that was not taken is tried again, by its attempts; then the last again.
RETRY_MINUTES = (5, 15, 30, 60)
# How long until the mail server is tried again, by its troubles in a row.
TROUBLE_SECONDS = (5, 10, 60, 300, 900)
# After so long, nobody hopes any more: such e-mails have failed, such a job is paused.
GIVE_UP = datetime.timedelta(hours=24)


class _Trouble(Exception):  # noqa: N818 -- it reads as what happens
    """The mail server takes nothing just now."""


def send_some(pk: int) -> datetime.datetime | None:
    """Send e-mails of the job for some seconds; return when to go on, None when it is over.

    Does nothing when another worker has it, or nobody wants it any more.
    """
    worker = str(uuid.uuid4())
    job = _claim(pk, worker)
    return _Sender(job, worker).run() if job else None


def settle_abandoned() -> int:
    """Say *unknown* of the e-mails that dead workers had in hand; return how many jobs that were.

    Also of jobs that were paused or canceled meanwhile.
    """
    abandoned = list(DeliveryJob.objects.abandoned())
    for job in abandoned:
        with transaction.atomic():
            if DeliveryJob.objects.abandoned().filter(pk=job.pk).update(worker=""):
                _doubt(job)
    return len(abandoned)


@transaction.atomic
def _claim(pk: int, worker: str) -> DeliveryJob | None:
    now = timezone.now()
    if not DeliveryJob.objects.waiting().filter(pk=pk).update(worker=worker, alive_at=now):
        return None
    job = DeliveryJob.objects.get(pk=pk)
    _doubt(job)
    if job.state == State.QUEUED:
        job.state, job.started_at, job.settled_before = State.SENDING, now, settled(job)
        job.save(update_fields=["state", "started_at", "settled_before"])
    return job


def _doubt(job: DeliveryJob) -> None:
    """What the worker before had in hand may have been sent."""
    in_hand = _entries(job).in_state(DeliveryState.SENDING)
    in_hand.update(
        delivery_state=DeliveryState.UNKNOWN,
        delivery_reason=interrupted().reason,
        delivery_at=timezone.now(),
    )


def settled(job: DeliveryJob) -> int:
    """Return how many e-mails of the job are neither queued nor being sent."""
    underway: int = _entries(job).underway().count()
    return job.count - underway


def _entries(job: DeliveryJob) -> Any:
    return InteractionLogEntry.objects.of_delivery(job)


class _Sender:
    """A worker at a job. It stops as soon as the job is no longer its own."""

    def __init__(self, job: DeliveryJob, worker: str) -> None:
        self.job = job
        self._worker = worker
        self._held = DeliveryJob.objects.held_by(worker).filter(pk=job.pk)
        self._mailer: Any = mailers.default
        self._chunks = Chunks(job, self._check)
        self._next_beat = 0.0

    def run(self) -> datetime.datetime | None:
        try:
            with self._connection():
                go_on = self._send_for_a_while()
        except Stopped:
            return self._let_go()
        except _Trouble as trouble:
            return self._back_off(str(trouble))
        except Exception:
            logger.exception("Delivery job %s was interrupted", self.job.pk)
            self.job.troubles += 1
            return self._back_off(_("Something unexpected happened."))
        return self._release(go_on)

    @contextmanager
    def _connection(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._close()

    def _close(self) -> None:
        with suppress(Exception):  # What was sent is sent, however we part.
            self._mailer.close()

    def _send_for_a_while(self) -> datetime.datetime | None:
        """Return when to go on, None when nothing is left."""
        end = time.monotonic() + SLICE_SECONDS
        while time.monotonic() < end:
            due = _entries(self.job).due(timezone.now()).values_list("pk", flat=True)[:CHUNK]
            if not (pks := list(due)):
                return self._next_due()
            turns = take_turns(len(pks))
            if not turns.count:
                return turns.first
            self._send(self._chunks.ready(pks[: turns.count]), turns)
        return timezone.now()

    def _next_due(self) -> datetime.datetime | None:
        queued = _entries(self.job).in_state(DeliveryState.QUEUED)
        due: datetime.datetime | None = queued.aggregate(due=Min("delivery_at"))["due"]
        return due

    def _send(self, chunk: list[Ready], turns: Turns) -> None:
        for place, ready in enumerate(chunk):
            self._wait(turns.moment(place))
            if isinstance(ready.what, Outcome):
                self._set_aside(ready)
            else:
                self._send_one(ready, ready.what)

    def _wait(self, moment: datetime.datetime) -> None:
        while (seconds := (moment - timezone.now()).total_seconds()) > 0:
            time.sleep(min(seconds, 1))
            self._check()

    def _check(self) -> None:
        """Say that we are alive; raise `Stopped` if the job is not ours any more."""
        if time.monotonic() >= self._next_beat:
            self._beat()

    def _beat(self, **values: Any) -> None:
        self._next_beat = time.monotonic() + 1
        if not self._held.all().update(alive_at=timezone.now(), **values):
            raise Stopped

    def _set_aside(self, ready: Ready) -> None:
        """Nothing is sent, so nothing is claimed."""
        self._check()
        queued = _entries(self.job).in_state(DeliveryState.QUEUED).alone(ready.entry)
        queued.update(**_values(ready.what), delivery_address=ready.address)

    def _send_one(self, ready: Ready, message: EmailMultiAlternatives) -> None:
        self._open()
        if not self._claim(ready):
            return
        outcome = self._hand_over(message)
        outcome = self._later(ready, outcome) if outcome.state == DeliveryState.QUEUED else outcome
        self._write_down(ready, outcome)
        self._bear(outcome)

    def _bear(self, outcome: Outcome) -> None:
        """A connection may break once; a server that takes nothing twice in a row is in trouble."""
        self.job.troubles = self.job.troubles + 1 if outcome.of_server else 0
        if self.job.troubles > 1:
            raise _Trouble(outcome.reason)

    def _open(self) -> None:
        """Nothing is claimed before there is somebody to hand it to."""
        try:
            self._mailer.open()
        except Exception as error:
            self.job.troubles += 1
            raise _Trouble(no_connection(error).reason) from error

    @transaction.atomic
    def _claim(self, ready: Ready) -> bool:
        """Committed before anything is handed over. False if somebody was quicker."""
        self._beat()
        entry = ready.entry
        queued = _entries(self.job).in_state(DeliveryState.QUEUED).alone(entry)
        mine = queued.attempt(entry.delivery_attempts)
        claimed: int = mine.update(
            delivery_state=DeliveryState.SENDING,
            delivery_attempts=F("delivery_attempts") + 1,
            delivery_at=timezone.now(),
            delivery_address=ready.address,
            delivery_reason="",
        )
        return bool(claimed)

    def _hand_over(self, message: EmailMultiAlternatives) -> Outcome:
        try:
            self._mailer.send_messages([message])
        except Exception as error:
            self._close()
            return outcome_of(error)
        return SENT

    def _later(self, ready: Ready, outcome: Outcome) -> Outcome:
        """Not taken, but perhaps another time; at last that is a failure, too."""
        if timezone.now() - self.job.created_at < GIVE_UP:
            return outcome
        return Outcome(DeliveryState.FAILED, outcome.reason)

    def _write_down(self, ready: Ready, outcome: Outcome) -> None:
        """Also when we were taken for dead meanwhile: we know better than whoever doubted."""
        attempt = ready.entry.delivery_attempts + 1
        mine = InteractionLogEntry.objects.alone(ready.entry).attempt(attempt)
        values = _values(outcome)
        if outcome.state == DeliveryState.QUEUED and not outcome.of_server:
            values["delivery_at"] += _delay(attempt)
        mine.in_state(DeliveryState.SENDING, DeliveryState.UNKNOWN).update(**values)

    def _release(self, go_on: datetime.datetime | None) -> datetime.datetime | None:
        """Let another worker, or ourselves later, go on; None when it is done."""
        state = State.SENDING if go_on else State.DONE
        values = {"state": state, "worker": "", "troubles": 0, "reason": ""}
        if go_on:
            values["due_at"] = go_on
        return go_on if self._held.all().update(**values) else None

    def _let_go(self) -> datetime.datetime | None:
        """Somebody paused the job, and perhaps has resumed it before we noticed."""
        DeliveryJob.objects.of_worker(self._worker).update(worker="")
        resumed = DeliveryJob.objects.waiting().filter(pk=self.job.pk).exists()
        return timezone.now() if resumed else None

    def _back_off(self, reason: str) -> datetime.datetime | None:
        """Try again later, and less and less often; pause it when nothing has helped."""
        troubles = self.job.troubles
        seconds = TROUBLE_SECONDS[min(troubles, len(TROUBLE_SECONDS)) - 1]
        due = timezone.now() + datetime.timedelta(seconds=seconds)
        values: dict[str, Any] = {"reason": reason, "troubles": troubles, "due_at": due}
        if timezone.now() - self.job.created_at > GIVE_UP:
            values["state"] = State.PAUSED
        held = self._held.all().update(worker="", **values)
        return due if held and "state" not in values else None


def _values(outcome: Any) -> dict[str, Any]:
    return {
        "delivery_state": outcome.state,
        "delivery_reason": outcome.reason,
        "delivery_at": timezone.now(),
    }


def _delay(attempt: int) -> datetime.timedelta:
    place = min(attempt, len(RETRY_MINUTES)) - 1
    return datetime.timedelta(minutes=RETRY_MINUTES[place])
