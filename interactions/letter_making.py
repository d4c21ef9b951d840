"""Making the letters of a job: one worker at a time, stopped when nobody wants them any more."""

import logging
import time
import uuid
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.errors import Refused

from .letters.libreoffice import NotConverted, Stopped
from .letters.work import Work
from .models import LetterJob
from .models.letter_job import ALIVE_EVERY

logger = logging.getLogger(__name__)

State = LetterJob.State


def make_letters(pk: int) -> None:
    """Make the letters of a job that waits, or go on with one whose worker died.

    Does nothing when another worker has it, or nobody wants it any more.
    """
    worker = str(uuid.uuid4())
    job = _claim(pk, worker)
    if job is None:
        return
    holder = _Holder(worker)
    try:
        result = Work(job.folder).make(check=holder.check, report=holder.report)
    except Stopped:
        _throw_away_if_canceled(job)
    except (Refused, NotConverted) as error:
        holder.end(state=State.FAILED, reason=str(error))
    except Exception:
        logger.exception("Letters of job %s were not made", pk)
        holder.end(state=State.FAILED, reason=_("Something unexpected happened. Try again."))
    else:
        _finish(job, holder, result)


def _claim(pk: int, worker: str) -> LetterJob | None:
    now = timezone.now()
    waiting = LetterJob.objects.waiting().filter(pk=pk)
    if not waiting.update(state=State.MAKING, worker=worker, alive_at=now, started_at=now):
        return None
    job = LetterJob.objects.get(pk=pk)
    job.made = job.made_before = Work(job.folder).made
    LetterJob.objects.held_by(worker).update(made=job.made, made_before=job.made)
    return job


def _finish(job: LetterJob, holder: "_Holder", result: Path) -> None:
    if holder.end(state=State.DONE, result=result.name, made=job.count):
        Work(job.folder).tidy()
    else:
        _throw_away_if_canceled(job)


def _throw_away_if_canceled(job: LetterJob) -> None:
    job.refresh_from_db(fields=["state"])
    if job.state == State.CANCELED:
        Work(job.folder).tidy()


class _Holder:
    """A worker at a job: says that it is alive, and hears that the job is not wanted."""

    def __init__(self, worker: str) -> None:
        self._held = LetterJob.objects.held_by(worker)
        self._next = time.monotonic() + ALIVE_EVERY.total_seconds()

    def check(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + ALIVE_EVERY.total_seconds()
            self._update()

    def report(self, made: int) -> None:
        self._update(made=made)

    def _update(self, **values: int) -> None:
        if not self._held.all().update(alive_at=timezone.now(), **values):
            raise Stopped

    def end(self, **values: object) -> bool:
        """Say how it ended; False if somebody else has it by now."""
        return bool(self._held.all().update(worker="", **values))
