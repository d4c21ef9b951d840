"""Deliver: have the e-mails of logged segments sent."""

import time
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.management.base import JSONCommand
from interactions.delivery import jobs
from interactions.delivery.progress import Progress
from interactions.delivery.sending import send_some
from interactions.delivery.tasks import revive
from interactions.management.lookup import find_logged_segment
from interactions.models import DeliveryJob, DeliveryState, LoggedSegment


class Command(JSONCommand):
    help = (
        "Queue the e-mails of logged segments that nobody has asked to send yet; the task worker "
        "sends them. Without segments, go on with what a worker left when it died."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "segments", nargs="*", metavar="SEGMENT", help="Numbers of logged segments. SM00012"
        )
        parser.add_argument(
            "--wait",
            action="store_true",
            help="Send them in this process; end when all are sent.",
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
        queued = [(each, jobs.deliver(each, by=None)) for each in segments]
        if options["wait"]:
            for _segment, job in queued:
                send_all(job)
        return {"queued": [_of(segment, job.count) for segment, job in queued]}

    def say(self, result: dict[str, Any]) -> str:
        if "revived" in result:
            return _("Went on with %(revived)s deliveries.") % result
        return "\n".join(map(_said, result["queued"]))


def _said(queued: dict[str, Any]) -> str:
    """How many are to be sent, and in which states those of the logged segment are."""
    labels = {code or "not_sent": label for code, label in DeliveryState.choices}
    states = ", ".join(f"{labels[code]} {count}" for code, count in queued["states"].items())
    said = ngettext(
        "%(segment)s: %(emails)s e-mail to send. Now: %(states)s.",
        "%(segment)s: %(emails)s e-mails to send. Now: %(states)s.",
        queued["emails"],
    )
    return said % {**queued, "states": states}


def send_all(job: DeliveryJob) -> None:
    """Send the e-mails of the job here, until nothing is left or it is paused."""
    while go_on := send_some(job.pk):
        time.sleep(max(0.0, (go_on - timezone.now()).total_seconds()))


def _of(segment: LoggedSegment, count: int) -> dict[str, Any]:
    return {"segment": segment.number, "emails": count, "states": Progress(segment).emails}
