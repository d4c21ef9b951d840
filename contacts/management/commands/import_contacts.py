"""Import contacts from a CSV file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.imports import ImportResult, import_contacts
from contacts.management.base import JSONCommand


class Command(JSONCommand):
    help = (
        "Create and change contacts from a CSV file, all or nothing. "
        "Example: manage.py import_contacts customers.csv --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE.csv",
            help=(
                "The file: UTF-8 or Windows-1252, separated by semicolon, comma or tab, with a "
                "header in English or Danish. Example: customers.csv"
            ),
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=(
                "Look at the whole file and say what would happen, without writing anything. "
                "Example: import_contacts customers.csv --dry-run"
            ),
        )

    def act(self, **options: Any) -> dict[str, Any]:
        try:
            with options["file"].open("rb") as file:
                result = import_contacts(file, dry_run=options["dry_run"])
        except OSError as error:
            reason = _("%(file)s cannot be read: %(reason)s")
            names = {"file": options["file"], "reason": error.strerror or error}
            raise Refused(reason % names) from error
        if result.refused:
            raise Refused(refusal_line(result), result=result.as_data())
        return result.as_data()

    def say(self, result: dict[str, Any]) -> str:
        return _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged.") % result


def refusal_line(result: ImportResult) -> str:
    """Return the first refusal and how many there are, in one line."""
    count = len(result.refused)
    reasons = ngettext("%(count)s refusal", "%(count)s refusals", count) % {"count": count}
    return _("Nothing was imported, %(reasons)s. %(first)s") % {
        "reasons": reasons,
        "first": result.refused[0],
    }
