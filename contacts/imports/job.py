"""An import as a person does it: upload, say how to read, look, import in the background."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import ContactImport, User

from .apply import write
from .folder import Folder
from .headings import import_headings, settle_names
from .journal import JournalWriter
from .layout import Layout, Options
from .plan import Journal, Plan
from .reading import look, refuse_no_rows, unfold
from .result import ImportResult, Outcome
from .sheet import Sheet, Unreadable
from .workbook import WorkbookSheet

logger = logging.getLogger(__name__)

State = ContactImport.State
ROWS = "rows.csv"
PREVIEW, RESULT = "preview", "result"
# States from which the file can be looked at again.
AGAIN = (State.UPLOADED, State.CHECKED, State.REFUSED, State.CANCELED, State.FAILED)


class Canceled(Exception):  # noqa: N818  No error: somebody asked.
    """Somebody asked to stop."""


def upload(file: File[bytes], *, by: User) -> ContactImport:
    """Store a file of contacts and guess how it is read. Raises `Refused`."""
    sweep()
    folder = Folder.of_upload(file)
    upload_ = ContactImport(
        user=by,
        file_name=(file.name or "")[-255:],
        folder=folder.path,
        language=translation.get_language() or settings.LANGUAGE_CODE,
    )
    try:
        guess(upload_, Layout())
    except Refused:
        folder.discard()
        raise
    upload_.save()
    return upload_


def guess(upload_: ContactImport, layout: Layout) -> None:
    """Find out what `layout` leaves open, for `upload_`, which is not saved. Raises `Refused`."""
    with seen(upload_, layout) as sheet:
        if len(getattr(sheet, "titles", ())) < 2:
            refuse_no_rows(sheet)
        names = settle_names(sheet.names)
        found = replace(
            layout,
            encoding=getattr(sheet, "encoding", ""),
            delimiter=getattr(sheet, "delimiter", ""),
            sheet=getattr(sheet, "title", ""),
            columns=tuple(_as_before(upload_, sheet.headings) or names),
        )
        upload_.headings, upload_.layout = sheet.headings, found.as_data()


def _as_before(upload_: ContactImport, headings: list[str]) -> list[str] | None:
    """What the columns were when the same person imported a file with the same ones."""
    past = ContactImport.objects.of(upload_.user).in_state(State.IMPORTED, State.REFUSED)
    last = past.with_headings(headings).newest_first().first()
    return last.layout.get("columns") if last else None


@contextmanager
def seen(upload_: ContactImport, layout: Layout | None = None) -> Iterator[Sheet]:
    """Open the file as a sheet, for looking at its first rows. Raises `Refused`."""
    try:
        with Folder(upload_.folder).open() as file:
            yield look(file, import_headings(), layout or Layout.of(upload_.layout))
    except Unreadable as unreadable:
        raise Refused(str(unreadable.refusals[0].reason)) from unreadable
    except FileNotFoundError as error:
        raise Refused(_("The file was removed. Upload it again.")) from error


def sweep() -> None:
    """Remove the files of imports that are older than `IMPORT_KEPT_DAYS`."""
    moment = timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS)
    old = ContactImport.objects.kept().uploaded_before(moment)
    for import_ in old.exclude(state__in=(State.CHECKING, State.IMPORTING))[:100]:
        Folder(import_.folder).discard()
        ContactImport.objects.filter(pk=import_.pk).update(folder="")


def begin(import_: ContactImport, state: State, *, after: tuple[State, ...]) -> int:
    """Let a run begin: `CHECKING` or `IMPORTING`. Returns its number, 0 if somebody else did."""
    waiting = ContactImport.objects.kept().filter(pk=import_.pk).in_state(*after)
    if not waiting.update(
        state=state, run=F("run") + 1, started_at=None, finished_at=None, problem=""
    ):
        return 0
    Folder(import_.folder).forget()
    import_.refresh_from_db()
    return import_.run


def go(key: int, run: int) -> None:
    """Do the run `run` of an import, if nobody took it over. Safe to call again at any time."""
    found = ContactImport.objects.in_run(key, run)
    import_ = found.first()
    if import_ is None:
        return
    found.update(started_at=timezone.now())
    try:
        with translation.override(import_.language):
            _go(import_)
    except Canceled:
        _end(import_, State.CANCELED)
    except Unreadable as unreadable:
        _end(import_, State.REFUSED, problem=str(unreadable.refusals[0]))
    except Exception:
        logger.exception("Import %s of contacts failed", key)
        _end(import_, State.FAILED)
        raise


def _go(import_: ContactImport) -> None:
    folder = Folder(import_.folder)
    folder.beat(0)
    with folder.open() as file:
        sheet = look(file, import_headings(), Layout.of(import_.layout))
        if isinstance(sheet, WorkbookSheet):
            _unfold(sheet, folder)
            with folder.open(ROWS) as rows:
                sheet = look(rows, import_headings(), _as_csv(import_))
                _act(import_, sheet, folder)
        else:
            _act(import_, sheet, folder)


def _as_csv(import_: ContactImport) -> Layout:
    return replace(Layout.of(import_.layout), encoding="utf-8-sig", delimiter=";", sheet="")


def _unfold(sheet: WorkbookSheet, folder: Folder) -> None:
    """Write the workbook as CSV, unless an earlier run did."""
    with folder.create(ROWS) as rows:
        unfold(sheet, rows)


def _act(import_: ContactImport, sheet: Sheet, folder: Folder) -> None:
    refuse_no_rows(sheet)
    options = Options(import_.match, import_.empty, import_.rows)
    if import_.state == State.CHECKING:
        with JournalWriter(folder, PREVIEW) as journal:
            plan = Plan(sheet, options, journal=_watched(journal, sheet, folder))
            result = plan.go()
        _end(import_, State.CHECKED, result, numberless=plan.numberless)
        return
    with JournalWriter(folder, RESULT) as journal:
        result = write(
            sheet,
            options,
            import_.numberless,
            by=import_.user,
            journal=_watched(journal, sheet, folder),
            finish=lambda result: _end(import_, State.IMPORTED, result),
        )
    if not result.is_written:
        said = [refusal.reason for refusal in result.refused if not result.refused_rows]
        problem = said[0] if said else ""
        _end(import_, State.REFUSED, result, problem=problem)


def _watched(journal: Journal, sheet: Sheet, folder: Folder) -> Journal:
    """A journal that tells the progress, and stops when somebody asks for it."""
    size = sheet.file.seek(0, 2)

    def tell(outcomes: list[Outcome]) -> None:
        journal(outcomes)
        folder.beat(min(sheet.file.tell() / size, 0.99))
        if folder.is_to_cancel():
            raise Canceled

    return tell


def _end(
    import_: ContactImport, state: State, result: ImportResult | None = None, **fields: Any
) -> bool:
    """Write what became of the run; False if another one took the import over."""
    counts = result.counts() if result else {}
    mine = ContactImport.objects.in_run(import_.pk, import_.run)
    ended = mine.update(state=state, finished_at=timezone.now(), **counts, **fields)
    return bool(ended)


def reopen(import_: ContactImport) -> None:
    """Go back to the columns of the file. Nothing happens if work on it goes on."""
    waiting = ContactImport.objects.kept().filter(pk=import_.pk).in_state(*AGAIN)
    waiting.update(state=State.UPLOADED, problem="", finished_at=None)


def cancel(import_: ContactImport) -> None:
    """Stop a run: at once if nobody has begun it, else as soon as the worker asks."""
    Folder(import_.folder).ask_to_cancel()
    waiting = ContactImport.objects.in_run(import_.pk, import_.run).filter(started_at=None)
    waiting.update(state=State.CANCELED, finished_at=timezone.now())
