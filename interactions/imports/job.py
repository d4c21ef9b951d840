"""A file of interactions from the web: kept, logged at once or in the background, told of."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.tasks import task
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.imports.folder import Folder
from contacts.models import User
from interactions.models import Campaign, InteractionTemplate, LogImport

from .log import Answers, LogResult, log_interactions
from .refused import refused_rows

logger = logging.getLogger(__name__)
State = LogImport.State
# Larger files are logged by the task worker.
AT_ONCE_SIZE = 200_000
# So many refusals are told on the page; the file of refused rows has more.
TOLD = 100


def import_file(
    file: File[bytes],
    *,
    by: User,
    campaign: Campaign | None = None,
    template: InteractionTemplate | None = None,
) -> LogImport:
    """Take a file of interactions, all or nothing; with `campaign` a list of responses to it,
    logged with `template`. A large file is logged in the background."""
    if file.size > settings.MAX_IMPORT_SIZE:
        raise Refused(_("The file is too large. Divide it into several files."))
    import_ = LogImport.objects.create(
        user=by,
        file_name=(file.name or "")[-255:],
        folder=Folder.of_upload(file).path,
        campaign=campaign,
        template=template,
        language=translation.get_language() or settings.LANGUAGE_CODE,
    )
    if file.size <= AT_ONCE_SIZE:
        run_import(import_.pk)
        import_.refresh_from_db()
    else:
        transaction.on_commit(lambda: run.enqueue(import_.pk))
    return import_


def retry_import(import_: LogImport) -> None:
    """Begin again what a worker did not finish. It logs once, also when that one still lives."""
    LogImport.objects.working().filter(pk=import_.pk).update(state=State.WAITING)
    transaction.on_commit(lambda: run.enqueue(import_.pk))


@task
def run(key: int) -> None:
    """Log the file, unless somebody else has it."""
    run_import(key)


def run_import(key: int) -> None:
    """The same without the task worker."""
    begun = timezone.now()
    waiting = LogImport.objects.waiting().filter(pk=key)
    if not waiting.update(state=State.WORKING, alive_at=begun):
        return
    import_ = LogImport.objects.get(pk=key)
    try:
        with translation.override(import_.language):
            _log(import_, begun)
    except Taken:
        return
    except Exception:
        logger.exception("Import %s of interactions failed", key)
        _end(import_, begun, state=State.FAILED)


class Taken(Exception):  # noqa: N818  No error: somebody asked for another run.
    """Another run has the import now."""


def _log(import_: LogImport, begun: Any) -> None:
    answers = None
    if import_.campaign and import_.template:
        answers = Answers(import_.campaign, import_.template)
    with Folder(import_.folder).open() as file, transaction.atomic():
        result = log_interactions(file, by=import_.user, answers=answers)
        state = State.REFUSED if result.refused else State.DONE
        if not _end(import_, begun, state=state, **_told(result)):
            raise Taken


def _told(result: LogResult) -> dict[str, Any]:
    rows = {refusal.row for refusal in result.refused}
    reasons = [str(refusal) for refusal in result.refused[:TOLD]]
    return {"entries": result.entries, "refused": len(rows), "reasons": reasons}


def _end(import_: LogImport, begun: Any, **fields: Any) -> bool:
    mine = LogImport.objects.working().filter(pk=import_.pk, alive_at=begun)
    return bool(mine.update(finished_at=timezone.now(), **fields))


def refused_of(import_: LogImport) -> Iterator[Sequence[str]]:
    """The refused rows of an import, as they stand in the file, each with its reasons."""
    answers = None
    if import_.campaign and import_.template:
        answers = Answers(import_.campaign, import_.template)
    with Folder(import_.folder).open() as file:
        yield from rows_refused(file, import_.user, answers)


def rows_refused(
    file: BinaryIO, by: User | None = None, answers: Answers | None = None
) -> Iterator[Sequence[str]]:
    """Look at the file again, writing nothing, and yield its refused rows with the reasons."""
    result = log_interactions(file, by=by, dry_run=True, answers=answers)
    file.seek(0)
    yield from refused_rows(file, result)
