"""The import in the background, and what makes it survive its worker."""

from datetime import timedelta

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from contacts.models import ContactImport

from .folder import Folder
from .job import begin, go

# A run that gave no sign of life for so long is dead, and another one begins.
PATIENCE = timedelta(minutes=5)
State = ContactImport.State


def start(import_: ContactImport, state: State, *, after: tuple[State, ...]) -> bool:
    """Look at the file or import it, in the background; False if that was begun already."""
    with transaction.atomic():
        run = begin(import_, state, after=after)
        if run:
            run_import.enqueue(import_.pk, run)
            _watch(import_.pk, run)
    return bool(run)


def _watch(key: int, run: int) -> None:
    if watch_import.get_backend().supports_defer:
        later = watch_import.using(run_after=timezone.now() + PATIENCE)
        later.enqueue(key, run)


@task()
def run_import(key: int, run: int) -> None:
    """Do one run of an import."""
    go(key, run)


@task()
def watch_import(key: int, run: int) -> None:
    """Begin again what a worker did not finish because it was killed."""
    import_ = ContactImport.objects.in_run(key, run).first()
    if import_ is None:
        return
    beaten = Folder(import_.folder).beaten_at()
    if import_.started_at and (beaten is None or beaten < timezone.now() - PATIENCE):
        state = State(import_.state)
        start(import_, state, after=(state,))
    else:
        _watch(key, run)
