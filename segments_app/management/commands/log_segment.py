"""Log segments: write an interaction for every line."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from segments_app.management.lookup import find_segment
from segments_app.models import Segment
from segments_app.operations import log_segment
from segments_app.operations.logging import ready_to_log

Logged = dict[str, Any]


class Command(JSONCommand):
    help = (
        "Log segments: every line becomes an interaction, and the segment a logged segment. Each "
        "segment is logged entirely or not at all; one that is refused does not keep the others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "segments",
            nargs="+",
            metavar="SEGMENT",
            help="Numbers of segments. Example: SM00012 SM00013",
        )
        parser.add_argument(
            "--follow-up",
            action="store_true",
            help="Create a segment with the same contacts for each. Example: SM00012 --follow-up",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Check, and say what would be logged; write nothing. Example: SM00012 --dry-run",
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        self.dry_run = options["dry_run"]
        logged, refusals = [], []
        for number in dict.fromkeys(options["segments"]):
            try:
                logged.append(_log(number, options["follow_up"], options["dry_run"]))
            except Refused as refusal:
                refusals.append(_refused(number, refusal))
        result = {"logged": logged}
        if refusals:
            # What was logged stays logged, so people are told although the command is refused.
            if logged and not options["json"]:
                self.stdout.write(self.say(result))
            raise Refused(" ".join(refusals), result=result)
        return result

    def say(self, result: dict[str, Any]) -> str:
        say = _would_log if self.dry_run else _has_logged
        return "\n".join(map(say, result["logged"]))


def _log(number: str, follow_up: bool, dry_run: bool) -> Logged:
    segment = find_segment(number)
    if dry_run:
        check = ready_to_log(segment)
        return {"segment": number, "entries": check.lines_count, "follow_up": None}
    logged = log_segment(segment, by=None, follow_up=follow_up)
    new = Segment.objects.following(logged).first() if follow_up else None
    return {
        "segment": number,
        "entries": logged.entries_count,
        "follow_up": new.number if new else None,
    }


def _refused(number: str, refusal: Refused) -> str:
    words = {"number": number, "reason": refusal}
    return _("%(reason)s Nothing was written for %(number)s.") % words


def _would_log(logged: Logged) -> str:
    said = ngettext(
        "Would log %(segment)s: %(entries)s interaction.",
        "Would log %(segment)s: %(entries)s interactions.",
        logged["entries"],
    )
    return said % logged


def _has_logged(logged: Logged) -> str:
    said = ngettext(
        "Logged %(segment)s: %(entries)s interaction.",
        "Logged %(segment)s: %(entries)s interactions.",
        logged["entries"],
    )
    follow_up = _("Follow-up segment: %(follow_up)s.") if logged["follow_up"] else ""
    return f"{said} {follow_up}".strip() % logged
