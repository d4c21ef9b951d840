"""Deliver: have the e-mails of logged segments sent."""

import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions.delivery import jobs
from interactions.delivery.progress import Progress
from interactions.delivery.sending import send_some
from interactions.delivery.tasks import revive
from interactions.management.delivery_words import with_states
from interactions.management.lookup import find_logged_segment
from interactions.models import DeliveryJob, LoggedSegment


class Command(JSONCommand):
    help = (
        "Queue the e-mails of logged segments that nobody has asked to send yet; the task worker "
        "sends them. Without segments, go on with what a worker left when it died."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "segments",
            nargs="*",
            metavar="SEGMENT",
            help="Numbers of logged segments. Example: SM00012 SM00013",
        )
        parser.add_argument(
            "--wait",
            action="store_true",
            help="Send them in this process; end when all are sent. Example: SM00012 --wait",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say how many would be sent; queue nothing."
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        if not options["segments"]:
            return {"revived": revive()}
        segments = [find_logged_segment(number) for number in dict.fromkeys(options["segments"])]
        if options["dry_run"]:
            return {"queued": [_of(each, jobs.to_send(each).count()) for each in segments]}
        queued = _queue(segments)
        if options["wait"]:
            for _segment, job in queued:
                send_all(job)
        sent = {segment: job.count for segment, job in queued}
        return {"queued": [_of(each, sent.get(each, 0)) for each in segments]}

    def say(self, result: dict[str, Any]) -> str:
        if "revived" in result:
            said = ngettext(
                "Went on with %(revived)s delivery.",
                "Went on with %(revived)s deliveries.",
                result["revived"],
            )
            return said % result
        return "\n".join(map(_said, result["queued"]))


@transaction.atomic
def _queue(segments: list[LoggedSegment]) -> list[tuple[LoggedSegment, DeliveryJob]]:
    """Those that have an e-mail to send, each with its job. Raises `Refused` when none has."""
    # In one order, so that two who ask for the same segments do not wait for each other.
    ordered = sorted(segments, key=lambda each: each.pk)
    asked = [(each, jobs.deliver_if_any(each, by=None)) for each in ordered]
    queued = [(each, job) for each, job in asked if job]
    if not queued:
        nothing = _("There is no e-mail left to send.")
        raise Refused(" ".join(with_states(nothing, *_states(each)) for each in segments))
    return queued


def _said(queued: dict[str, Any]) -> str:
    said = ngettext("%(emails)s e-mail to send.", "%(emails)s e-mails to send.", queued["emails"])
    return with_states(said % queued, queued["segment"], queued["states"])


def send_all(job: DeliveryJob) -> None:
    """Send the e-mails of the job here, until nothing is left or it is paused."""
    while go_on := send_some(job.pk):
        time.sleep(max(0.0, (go_on - timezone.now()).total_seconds()))


def _of(segment: LoggedSegment, count: int) -> dict[str, Any]:
    number, states = _states(segment)
    return {"segment": number, "emails": count, "states": states}


def _states(segment: LoggedSegment) -> tuple[str, dict[str, int]]:
    return segment.number, Progress(segment).emails
