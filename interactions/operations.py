"""What may still change about what happened: evaluation, canceled. Facts never do.

One function per action, one transaction each. A `Refused` changes nothing. Doing an action twice
is harmless. Who did it and when is kept in the history (`changes_of`).
"""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contacts.errors import Refused
from contacts.models import User

from .models import CampaignEntry, Evaluation, InteractionLogEntry, LoggedSegment

CANCELED = gettext_noop("Canceled")
UNCANCELED = gettext_noop("Un-canceled")
EVALUATED = gettext_noop("Evaluated")


@transaction.atomic
def evaluate(
    entry: InteractionLogEntry, evaluation: str, *, by: User | None
) -> InteractionLogEntry:
    """Set how the interaction went: a value of `Evaluation`, or "" for none (R194)."""
    if evaluation and evaluation not in Evaluation.values:
        raise Refused(_("“%(value)s” is not an evaluation.") % {"value": evaluation})
    return _set(entry, by, EVALUATED, evaluation=evaluation)


@transaction.atomic
def cancel_entry(entry: InteractionLogEntry, *, by: User | None) -> InteractionLogEntry:
    """Mark one interaction as canceled: it no longer counts (R192, D20)."""
    return _set(entry, by, CANCELED, canceled=True)


@transaction.atomic
def uncancel_entry(entry: InteractionLogEntry, *, by: User | None) -> InteractionLogEntry:
    """Let the interaction count again. Refused while its logged segment is canceled (R193)."""
    segment = LoggedSegment.objects.holding(entry)
    if segment and segment.canceled:
        message = _("Logged segment %(number)s is canceled. Un-cancel that first.")
        raise Refused(message % {"number": segment.number})
    return _set(entry, by, UNCANCELED, canceled=False)


@transaction.atomic
def cancel_logged_segment(segment: LoggedSegment, *, by: User | None) -> LoggedSegment:
    """Mark the logged segment as canceled, and with it all its interactions (D18).

    The interactions keep their own mark, so that un-canceling restores exactly what was.
    """
    return _set(segment, by, CANCELED, canceled=True)


@transaction.atomic
def uncancel_logged_segment(segment: LoggedSegment, *, by: User | None) -> LoggedSegment:
    """Let the logged segment count again; interactions canceled by themselves stay so (D18)."""
    return _set(segment, by, UNCANCELED, canceled=False)


@transaction.atomic
def cancel_campaign_entry(entry: CampaignEntry, *, by: User | None) -> CampaignEntry:
    """Mark the campaign entry as canceled, and with it its interactions (D18)."""
    return _set(entry, by, CANCELED, canceled=True)


@transaction.atomic
def uncancel_campaign_entry(entry: CampaignEntry, *, by: User | None) -> CampaignEntry:
    """Let the campaign entry count again; interactions canceled by themselves stay so (D18)."""
    return _set(entry, by, UNCANCELED, canceled=False)


@transaction.atomic
def delete_campaign_entry(entry: CampaignEntry, *, by: User | None) -> int:
    """Delete a canceled campaign entry. Its interactions stay in the log, canceled (D19).

    Returns how many they are. Raises `Refused` when it is not canceled.
    """
    locked = CampaignEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not locked.canceled:
        raise Refused(_("Only what is canceled can be deleted."))
    entries = InteractionLogEntry.objects.of_campaign_entry(locked)
    count = int(entries.update(canceled=True))
    locked.delete()
    return count


@transaction.atomic
def delete_canceled_segments(
    segments: models.QuerySet[LoggedSegment], *, by: User | None, seen: int | None = None
) -> tuple[int, int]:
    """Delete those of the logged segments that are canceled; their interactions stay, canceled
    (R188, D19). Their numbers may be used again.

    Returns how many segments went and how many interactions stay. Raises `Refused` when a person
    was told another number of segments than there are.
    """
    keys = list(segments.filter(canceled=True).order_by().values_list("pk", flat=True))
    if seen is not None and seen != len(keys):
        message = _("There are %(count)s of them now. Nothing was changed: look again.")
        raise Refused(message % {"count": len(keys)})
    stay = InteractionLogEntry.objects.filter(logged_segment__in=keys)
    count = int(stay.count())
    stay.filter(canceled=False).update(canceled=True)
    LoggedSegment.objects.filter(pk__in=keys).delete()
    return len(keys), count


def changes_of(record: InteractionLogEntry | LoggedSegment) -> models.QuerySet[LogEntry]:
    """Return what was changed since the record was logged, newest first, with who and when."""
    of_this = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk)
    )
    return of_this.select_related("user").order_by("-action_time", "-pk")


def _set[R: models.Model](record: R, by: User | None, what: str, **values: Any) -> R:
    """Change the record, locked, and keep who did it; nothing when it is so already."""
    locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    for name, value in changed.items():
        setattr(locked, name, value)
    if changed:
        locked.save(update_fields=list(changed))
        _keep(locked, by, what)
    return locked


def _keep(record: models.Model, by: User | None, what: str) -> None:
    if by:
        LogEntry.objects.log_actions(by.pk, [record], CHANGE, what, single_object=True)
