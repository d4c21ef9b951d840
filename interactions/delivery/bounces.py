"""What comes back: entries that failed after all, and addresses that are used no more."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import User
from interactions.models import Bounce, DeliveryState, InteractionLogEntry
from interactions.models.bounce import folded_address

from .reports import Report, read_report

# A bounce says that it was sent, and did not arrive.
SENT = (DeliveryState.SENT, DeliveryState.UNKNOWN)


@dataclass
class Found:
    """How many messages were read, and what they were."""

    messages: int = 0
    hard: int = 0
    soft: int = 0
    known: int = 0
    others: int = 0


def process(sources: Iterable[bytes], *, dry_run: bool = False) -> tuple[Found, list[int]]:
    """Mark the entries and addresses that the messages report.

    Returns the counts, and the places of the messages that were reports of ours, from 0. A message
    that was processed before changes nothing.
    """
    found, ours = Found(), []
    for place, source in enumerate(sources):
        found.messages += 1
        report = read_report(source)
        if report is None:
            found.others += 1
            continue
        ours.append(place)
        _count(found, report, new=_is_new(report) if dry_run else record(report) is not None)
    return found, ours


def _count(found: Found, report: Report, *, new: bool) -> None:
    if not new:
        found.known += 1
    elif report.hard:
        found.hard += 1
    else:
        found.soft += 1


def _is_new(report: Report) -> bool:
    return not Bounce.objects.filter(message_id=report.message_id).exists()


@transaction.atomic
def record(report: Report) -> Bounce | None:
    """Write down a report; None when it is known already, or its entry is gone.

    The address is the one that the e-mail was sent to, whatever the report says.
    """
    locked = InteractionLogEntry.objects.select_for_update(of=("self",))
    entry = locked.filter(pk=report.entry).exclude(delivery_address="").first()
    if entry is None or not _is_new(report):
        return None
    if report.failed and entry.delivery_state in SENT:
        entry.delivery_state = DeliveryState.FAILED
        entry.delivery_reason = _("It came back: %(reason)s") % {"reason": report.reason}
        entry.save(update_fields=["delivery_state", "delivery_reason"])
    return Bounce.objects.create(
        address=folded_address(entry.delivery_address),
        contact_id=entry.contact_id,
        entry=entry,
        hard=report.hard,
        status=report.status,
        reason=report.reason,
        message_id=report.message_id,
    )


def use_again(address: str, *, by: User | None) -> int:
    """A person says that the address is right after all; return how many bounces that settles."""
    out_of_use = Bounce.objects.out_of_use().filter(address=folded_address(address))
    return out_of_use.update(used_again_at=timezone.now(), used_again_by=by)
