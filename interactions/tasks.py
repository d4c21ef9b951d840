"""What the task worker does for letters."""

from django.tasks import task
from django.utils import timezone

from .letter_keeping import tidy_letters
from .letter_making import make_letters
from .models import LetterJob
from .models.letter_job import DEAD_AFTER


@task
def make(pk: int) -> None:
    """Make the letters of a job."""
    make_letters(pk)
    tidy_letters()


@task
def look_after(pk: int) -> None:
    """Go on with a job whose worker died; look again later while it is in work."""
    make_letters(pk)
    if LetterJob.objects.unfinished().filter(pk=pk).exists():
        watch(pk)


def watch(pk: int) -> None:
    """Have a worker look after the job when its own could be dead."""
    look_after.using(run_after=timezone.now() + DEAD_AFTER).enqueue(pk)
