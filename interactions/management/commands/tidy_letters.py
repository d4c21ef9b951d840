"""Remove letters that were kept long enough, and go on with those whose worker died."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.management.base import JSONCommand
from interactions.letter_jobs import resume_letters
from interactions.letter_keeping import tidy_letters


class Command(JSONCommand):
    help = (
        "Remove files of letters that are older than LETTERS_KEPT_DAYS, and have the task worker "
        "go on with letters whose making was interrupted. May run at any time."
    )

    def act(self, **options: Any) -> dict[str, Any]:
        return {"removed": tidy_letters(), "resumed": resume_letters()}

    def say(self, result: dict[str, Any]) -> str:
        return _("Removed %(removed)s, resumed %(resumed)s.") % result
