"""Resend: e-mails of a logged segment once more."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from contacts.management.base import JSONCommand
from interactions.delivery import jobs
from interactions.delivery.forms import in_shown_state
from interactions.delivery.resend import resend
from interactions.management.lookup import find_logged_segment
from interactions.models import InteractionLogEntry

STATES = ("failed", "unknown", "not_sent", "sent", "all")


class Command(JSONCommand):
    help = (
        "Send e-mails of a logged segment once more: the same letter, or with --anew one with what "
        "the contacts are today, as a new interaction. Canceled interactions are left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("segment", metavar="SEGMENT", help="Number of a logged segment.")
        parser.add_argument(
            "--state",
            choices=STATES,
            default="failed",
            help="Those in this state (failed if it is not given). Example: --state unknown",
        )
        parser.add_argument(
            "--entry",
            type=int,
            action="append",
            default=[],
            help="Only the interaction with this number; may be repeated. Example: --entry 4711",
        )
        parser.add_argument("--anew", action="store_true", help="Merge the letters anew.")
        parser.add_argument("--dry-run", action="store_true", help="Say how many; queue nothing.")
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        segment = find_logged_segment(options["segment"])
        entries = InteractionLogEntry.objects.of_segment(segment)
        state = options["state"]
        chosen = entries if state == "all" else in_shown_state(entries, state)
        if options["entry"]:
            chosen = entries.with_pks(options["entry"])
        if options["dry_run"]:
            return {"segment": segment.number, "emails": chosen.deliverable().by_email().count()}
        if options["anew"] or options["entry"] or state in ("all", "sent"):
            job = resend(segment, chosen, anew=options["anew"], by=None)
        else:
            job = jobs.deliver_again(segment, chosen, by=None)
        return {"segment": segment.number, "emails": job.count}

    def say(self, result: dict[str, Any]) -> str:
        said = ngettext(
            "%(segment)s: %(emails)s e-mail to send once more.",
            "%(segment)s: %(emails)s e-mails to send once more.",
            result["emails"],
        )
        return said % result
