"""Import contacts from a file."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.imports import ImportResult, Layout, Options, import_contacts
from contacts.imports.apply import mapped
from contacts.imports.plan import Journal, no_journal
from contacts.imports.refused import RefusedRows
from contacts.imports.sheet import Unreadable
from contacts.management.base import JSONCommand


class Command(JSONCommand):
    help = (
        "Create and change contacts from a CSV file or an Excel workbook, all or nothing. "
        "Example: manage.py import_contacts customers.csv --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help=(
                "The file: .xlsx, or text in UTF-8, UTF-16, Windows-1252 or ISO-8859-1, separated "
                "by semicolon, comma, tab or vertical line, with a header in English or Danish. "
                "Example: customers.csv"
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
        parser.add_argument(
            "--errors",
            type=Path,
            metavar="FILE",
            help=(
                "Write the refused rows and why into a file of the same layout, .csv or .xlsx, if "
                "there are any. Example: --errors refused.csv"
            ),
        )
        parser.add_argument(
            "--good-rows",
            action="store_true",
            help="Import the other rows if some are refused; the exit status is 1 all the same.",
        )
        parser.add_argument(
            "--match",
            choices=Options.MATCHES,
            default="any",
            help="How a row finds its contact. Default: by number, external id or e-mail address.",
        )
        parser.add_argument(
            "--empty",
            choices=Options.EMPTIES,
            default="leave",
            help="What an empty cell does to the field of a contact that exists. Default: leave.",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADING=COLUMN",
            help=(
                "What an unknown column is; nothing leaves it out. May be repeated. "
                "Example: --map 'Cust. no=external_id' --map 'Turnover='"
            ),
        )
        parser.add_argument(
            "--sheet",
            default="",
            metavar="NAME",
            help="The sheet of a workbook. Default: the first.",
        )

    def act(self, **options: Any) -> dict[str, Any]:
        self.is_dry = options["dry_run"]
        try:
            with options["file"].open("rb") as file:
                result = _import(file, options)
        except OSError as error:
            reason = _("%(file)s cannot be read: %(reason)s")
            names = {"file": error.filename or options["file"], "reason": error.strerror or error}
            raise Refused(reason % names) from error
        if result.refused:
            raise Refused(refusal_line(result), result=result.as_data())
        return result.as_data()

    def say(self, result: dict[str, Any]) -> str:
        if not self.is_dry:
            return _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged.") % result
        rows = sum(result[act] for act in ("created", "updated", "unchanged"))
        said = ngettext(
            "Looked at %(rows)s row, nothing was written:"
            " %(created)s would be created, %(updated)s updated, %(unchanged)s unchanged.",
            "Looked at all %(rows)s rows, nothing was written:"
            " %(created)s would be created, %(updated)s updated, %(unchanged)s unchanged.",
            rows,
        )
        return said % {**result, "rows": rows}


def _import(file: BinaryIO, options: dict[str, Any]) -> ImportResult:
    try:
        layout, headings = mapped(file, Layout(sheet=options["sheet"]), _mapping(options["map"]))
    except Unreadable as unreadable:
        return ImportResult(refused=unreadable.refusals)
    rows = "good" if options["good_rows"] else "all"
    with ExitStack() as stack:
        journal: Journal = no_journal
        if errors := options["errors"]:
            journal = stack.enter_context(RefusedRows(errors, headings, layout.delimiter))
        return import_contacts(
            file,
            dry_run=options["dry_run"],
            options=Options(options["match"], options["empty"], rows),
            layout=layout,
            journal=journal,
        )


def _mapping(texts: list[str]) -> dict[str, str]:
    """Read "Heading=column"; the heading may hold the sign too."""
    if wrong := [text for text in texts if "=" not in text]:
        reason = _("“%(text)s”: write --map 'Heading=column'.")
        raise Refused(reason % {"text": wrong[0]})
    pairs = (text.rpartition("=") for text in texts)
    return {heading.strip(): name.strip() for heading, _sign, name in pairs}


def refusal_line(result: ImportResult) -> str:
    """Return the first refusal and how many there are, in one line."""
    count = max(result.refused_rows, len(result.refused))
    reasons = ngettext("%(count)s refusal", "%(count)s refusals", count) % {"count": count}
    words = {"reasons": reasons, "first": result.refused[0]} | result.counts()
    if result.is_written:
        return _("%(created)s created, %(updated)s updated, %(reasons)s. %(first)s") % words
    return _("Nothing was imported, %(reasons)s. %(first)s") % words
