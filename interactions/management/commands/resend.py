"""Resend: e-mails of a logged segment once more."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions.delivery import jobs
from interactions.delivery.forms import in_shown_state
from interactions.delivery.progress import Progress
from interactions.delivery.resend import resend
from interactions.management.delivery_words import LABELS, with_states
from interactions.management.lookup import find_logged_segment
from interactions.models import InteractionLogEntry, LoggedSegment

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
        meant = _meant(segment, options).deliverable().by_email().not_underway()
        if options["anew"]:
            # Nobody knows what to write to a contact that is gone.
            meant = meant.filter(contact__isnull=False)
        if not meant.exists():
            raise Refused(with_states(_nothing(options), segment.number, Progress(segment).emails))
        if options["dry_run"]:
            return {"segment": segment.number, "emails": meant.count()}
        if options["anew"] or options["entry"] or options["state"] in ("all", "sent"):
            job = resend(segment, meant, anew=options["anew"], by=None)
        else:
            job = jobs.deliver_again(segment, meant, by=None)
        return {"segment": segment.number, "emails": job.count}

    def say(self, result: dict[str, Any]) -> str:
        said = ngettext(
            "%(segment)s: %(emails)s e-mail to send once more.",
            "%(segment)s: %(emails)s e-mails to send once more.",
            result["emails"],
        )
        return said % result


def _meant(segment: LoggedSegment, options: dict[str, Any]) -> Any:
    entries = InteractionLogEntry.objects.of_segment(segment)
    if options["entry"]:
        return entries.with_pks(options["entry"])
    state = options["state"]
    return entries if state == "all" else in_shown_state(entries, state)


def _nothing(options: dict[str, Any]) -> str:
    if options["entry"]:
        return _("None of these interactions is an e-mail that can be sent once more.")
    if options["state"] == "all":
        return _("There is no e-mail to send once more.")
    state = {"state": LABELS[options["state"]]}
    return _("There is no e-mail to send once more in the state “%(state)s”.") % state
