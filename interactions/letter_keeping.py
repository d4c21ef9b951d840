"""How long letters that were made are kept."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from .models import LetterJob

# A folder without a job is younger than this while its letters are being gathered.
UNOWNED_SECONDS = 3600


def tidy_letters() -> int:
    """Remove what need not be kept any longer; return how many jobs that were.

    Also folders that no job speaks of, such as one whose making was interrupted.
    """
    outdated = list(LetterJob.objects.outdated())
    for job in outdated:
        shutil.rmtree(job.folder, ignore_errors=True)
    LetterJob.objects.filter(pk__in=[job.pk for job in outdated]).delete()
    _remove_unowned_folders()
    return len(outdated)


def _remove_unowned_folders() -> None:
    root = Path(settings.LETTER_ROOT)
    known = {str(key) for key in LetterJob.objects.values_list("key", flat=True)}
    for folder in root.iterdir() if root.exists() else ():
        old = folder.stat().st_mtime < time.time() - UNOWNED_SECONDS
        if old and folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)
