"""Export contacts to a file."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.exports import KINDS, export_rows, ordered
from contacts.filters import ContactFilter
from contacts.imports.columns import nearest
from contacts.imports.resource import all_columns
from contacts.management.base import JSONCommand
from contacts.models import Contact


class Command(JSONCommand):
    help = (
        "Write contacts into a CSV file (UTF-8 with BOM) or an Excel workbook. "
        "Example: manage.py export_contacts --filter 'country=DK' --output danes.csv"
    )

    # What can be asked of the contacts.
    filter_class: type[ContactFilter] = ContactFilter

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--filter",
            default="",
            metavar="CRITERIA",
            help=(
                "Who: what stands behind the question mark in the address of the list of contacts. "
                "Without it, everyone. Example: --filter 'country=DK&mailing_groups=VIP'"
            ),
        )
        parser.add_argument(
            "--output",
            type=Path,
            required=True,
            metavar="FILE",
            help="The file, .csv or .xlsx; an older one is replaced. Example: --output danes.xlsx",
        )
        parser.add_argument(
            "--columns",
            default="",
            metavar="NAMES",
            help="Separated by commas; without it, all. Example: --columns name,email,city",
        )
        parser.add_argument(
            "--delimiter", choices=[";", ","], default=";", help="Of a CSV file. Default: ;"
        )

    def act(self, **options: Any) -> dict[str, Any]:
        contacts = self.filter_class.from_query_string(
            options["filter"], queryset=Contact.objects.all()
        )
        if not contacts.is_valid():
            raise Refused(" ".join(contacts.problems()))
        names = _names(options["columns"])
        path = options["output"]
        kind = _kind(path, options["delimiter"])
        rows = export_rows(contacts.qs.order_by("name", "id"), names, get_language() or "en")
        return {"contacts": _write(path, kind, rows), "output": str(path)}

    def say(self, result: dict[str, Any]) -> str:
        count = result["contacts"]
        return ngettext("%(count)s contact.", "%(count)s contacts.", count) % {"count": count}


def _names(text: str) -> list[str]:
    known = all_columns()
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            reason = _("There is no column “%(name)s” of contacts. Did you mean “%(near)s”?")
            near = nearest(name, {column: column for column in known})
            raise Refused(reason % {"name": name, "near": near})
    return ordered(names or known)


def _kind(path: Path, delimiter: str) -> str:
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise Refused(_("The name of the file must end with .csv or .xlsx."))
    if path.suffix.lower() == ".xlsx":
        return "xlsx"
    return "semicolon" if delimiter == ";" else "comma"


def _write(path: Path, kind: str, rows: Any) -> int:
    """Write to another name beside `path`, which appears whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    counted = _Counted(rows)
    try:
        with part.open("xb") as file:
            for data in KINDS[kind].stream(counted):
                file.write(data)
        part.replace(path)
    except OSError as error:
        names = {"path": path, "reason": error.strerror or error}
        raise Refused(_("%(path)s cannot be written: %(reason)s.") % names) from error
    finally:
        part.unlink(missing_ok=True)
    return counted.rows - 1


class _Counted:
    """Rows that are counted while they go by."""

    def __init__(self, rows: Any) -> None:
        self.source, self.rows = rows, 0

    def __iter__(self) -> Any:
        for row in self.source:
            self.rows += 1
            yield row
