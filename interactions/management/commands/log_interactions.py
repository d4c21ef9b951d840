"""Log interactions from a CSV file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.exports import KINDS
from contacts.management.base import JSONCommand
from interactions import told
from interactions.imports import LogResult, log_interactions
from interactions.imports.refused import refused_rows


class Command(JSONCommand):
    help = (
        "Post interactions from a CSV file to the interaction log, all or nothing. "
        "Example: manage.py log_interactions calls.csv --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help=(
                "The file: .xlsx, or text in UTF-8, UTF-16 or Windows-1252, separated by "
                "semicolon, comma or tab, with a header in English or Danish: contact, template, "
                "date, and, if wanted, "
                "description, salesperson, cost, duration, evaluation, subject, campaign, "
                "time of interaction, correspondence type, contact via, information flow, "
                "initiated by, e-mail (instead of contact), "
                "campaign target, campaign response, attempt failed. Example: calls.csv"
            ),
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=(
                "Look at the whole file and say what would happen, without writing anything. "
                "Example: log_interactions calls.csv --dry-run"
            ),
        )

        parser.add_argument(
            "--errors",
            type=Path,
            metavar="FILE",
            help=(
                "Write the refused rows and why into this file, .csv or .xlsx, if there are any. "
                "Example: log_interactions calls.csv --errors refused.csv"
            ),
        )

    def act(self, **options: Any) -> dict[str, Any]:
        self.dry_run = options["dry_run"]
        path: Path = options["file"]
        with _told(path, _("%(file)s cannot be read: %(reason)s")), path.open("rb") as file:
            result = log_interactions(file, dry_run=self.dry_run)
            if result.refused and options["errors"]:
                _write_refused(options["errors"], file, result)
        if result.refused:
            raise Refused(refusal_line(result), result=result.as_data())
        return result.as_data()

    def say(self, result: dict[str, Any]) -> str:
        return told.counted((told.WOULD_LOG if self.dry_run else told.LOGGED, result["entries"]))


@contextmanager
def _told(path: Path, reason: str) -> Iterator[None]:
    """What the system says against a file is refused in a sentence that names it."""
    try:
        yield
    except OSError as error:
        names = {"file": path, "reason": error.strerror or error}
        raise Refused(reason % names) from error


def _write_refused(path: Path, file: BinaryIO, result: LogResult) -> None:
    file.seek(0)
    kind = KINDS["xlsx" if path.suffix.lower() == ".xlsx" else "semicolon"]
    with _told(path, _("%(file)s cannot be written: %(reason)s")), path.open("wb") as errors:
        errors.writelines(kind.stream(refused_rows(file, result)))


def refusal_line(result: LogResult) -> str:
    """Return the refusals in one line: how many there are, and the first."""
    count = len(result.refused)
    reasons = ngettext("%(count)s refusal", "%(count)s refusals", count) % {"count": count}
    return _("Nothing was logged, %(reasons)s. %(first)s") % {
        "reasons": reasons,
        "first": result.refused[0],
    }
