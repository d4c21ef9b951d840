"""Asking for letters, stopping, and trying again."""

import shutil
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User

from .letter_making import make_letters
from .letters import libreoffice
from .letters.frozen import Numbered, thaw, thaw_shared
from .letters.output import Options
from .letters.ranges import Ranges, is_among
from .letters.shared import Shared
from .letters.work import Work
from .models import LetterJob
from .tasks import make, watch

State = LetterJob.State


def ask_for_letters(
    letters: Iterable[Numbered],
    shared: Shared,
    options: Options,
    *,
    segment_number: str,
    step: int | None,
    by: User | None,
    choice: dict[str, Any] | None = None,
) -> LetterJob:
    """Keep what the letters are made of, and have them made; `choice` says which they are.

    A few Word documents are made at once; more, and all PDFs, by the task worker. Raises `Refused`
    when there is no letter, or no LibreOffice for a PDF.
    """
    if options.needs_libreoffice and (reason := libreoffice.problem()):
        raise Refused(reason)
    job = LetterJob(segment_number=segment_number, step=step, created_by=by)
    job.options, job.choice = options.as_json(), choice or {}
    try:
        job.count = Work.begin(job.folder, letters, shared, options).count
        if not job.count:
            raise Refused(_("No letter is on that list."))
        job.save()
    except BaseException:
        shutil.rmtree(job.folder, ignore_errors=True)
        raise
    _start(job)
    return job


def ask_again(job: LetterJob, numbers: Ranges, *, by: User | None) -> LetterJob:
    """Have the letters of an earlier job with these numbers made again, as they were."""
    wanted = partial(is_among, numbers)
    letters = (letter for letter in thaw(job.folder) if wanted(letter.number))
    return ask_for_letters(
        letters,
        thaw_shared(job.folder),
        Options.from_json(job.options),
        segment_number=job.segment_number,
        step=job.step,
        by=by,
        choice={**job.choice, "numbers": numbers},
    )


def _start(job: LetterJob) -> None:
    options = Options.from_json(job.options)
    if job.count <= settings.LETTERS_AT_ONCE and not options.needs_libreoffice:
        make_letters(job.pk)
        job.refresh_from_db()
    else:
        _enqueue(job)


def _enqueue(job: LetterJob) -> None:
    transaction.on_commit(lambda: make.enqueue(job.pk))
    transaction.on_commit(lambda: watch(job.pk))


def cancel_letters(job: LetterJob) -> bool:
    """Stop a job; False if it has ended already. What was made so far is thrown away."""
    mine = LetterJob.objects.unfinished().filter(pk=job.pk)
    return bool(mine.update(state=State.CANCELED, worker=""))


def retry_letters(job: LetterJob) -> bool:
    """Let a job that ended without letters go on; the parts that are made are kept.

    False when it is in work, or done.
    """
    if not LetterJob.objects.retriable().filter(pk=job.pk).update(state=State.QUEUED, reason=""):
        return False
    _enqueue(job)
    return True


def resume_letters() -> int:
    """Have the jobs whose worker died made by another; return how many there are."""
    stalled = list(LetterJob.objects.stalled())
    for job in stalled:
        _enqueue(job)
    return len(stalled)
