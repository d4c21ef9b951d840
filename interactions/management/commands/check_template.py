"""Check a Word template before it is uploaded."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions.letters.check import DocumentError, check_template
from interactions.letters.report import report_lines, template_report


class Command(JSONCommand):
    help = (
        "Check a Word template as the upload does: which fields it has, what Word's own merge "
        "fields became, and what is wrong, with its place. Example: manage.py check_template "
        "spring.docx"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file", type=Path, metavar="FILE.docx", help="The template. Example: spring.docx"
        )

    def act(self, **options: Any) -> dict[str, Any]:
        try:
            report = template_report(check_template(options["file"].read_bytes()))
        except OSError as error:
            reason = _("%(file)s cannot be read: %(reason)s")
            names = {"file": options["file"], "reason": error.strerror or error}
            raise Refused(reason % names) from error
        except DocumentError as error:
            raise Refused("\n".join(error.messages), result={"problems": error.messages}) from error
        return {"problems": [], **report}

    def say(self, result: dict[str, Any]) -> str:
        return "\n".join(report_lines(result))
