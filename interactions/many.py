"""What may change about many interactions at once: one statement, whatever their number.

Each function takes the entries, returns how many it changed, and keeps who did it. Doing it twice
is harmless. `seen` is how many a person was told: with another number now it is refused.
"""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, F, IntegerField, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Now
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from contacts.querysets import SetQuerySet

from .models import (
    Document,
    EntryAttachment,
    EntryComment,
    Evaluation,
    InteractionLogEntry,
    LoggedSegment,
)
from .operations import CANCELED, EVALUATED, UNCANCELED

Entries = Any
COMMENT_LENGTH = 2000


@transaction.atomic
def evaluate_many(
    entries: Entries, evaluation: str, *, by: User | None, seen: int | None = None
) -> int:
    """Set how the interactions went: a value of `Evaluation`, or "" for none (R194)."""
    if evaluation and evaluation not in Evaluation.values:
        raise Refused(_("“%(value)s” is not an evaluation.") % {"value": evaluation})
    _refuse_others(entries, seen)
    return _change(entries.exclude(evaluation=evaluation), by, EVALUATED, evaluation=evaluation)


@transaction.atomic
def comment_many(entries: Entries, text: str, *, by: User | None, seen: int | None = None) -> int:
    """Add a comment to each of the interactions (R196)."""
    text = text.strip()
    if not text:
        raise Refused(_("Write a comment first."))
    if len(text) > COMMENT_LENGTH:
        reason = _("The comment is longer than %(limit)s characters.")
        raise Refused(reason % {"limit": number_format(COMMENT_LENGTH, force_grouping=True)})
    _refuse_others(entries, seen)
    return EntryComment.objects.insert_from(
        entries.plain(), entry=F("pk"), text=text, created_at=Now(), created_by=_user(by)
    )


@transaction.atomic
def cancel_many(entries: Entries, *, by: User | None, seen: int | None = None) -> int:
    """Mark the interactions as canceled: they no longer count (R192, D20)."""
    _refuse_others(entries, seen)
    return _change(entries.not_canceled_alone(), by, CANCELED, canceled=True)


@transaction.atomic
def uncancel_many(entries: Entries, *, by: User | None, seen: int | None = None) -> int:
    """Let the interactions count again; those stay canceled whose logged segment or campaign entry
    is (R193)."""
    _refuse_others(entries, seen)
    return _change(entries.canceled_alone().standing(), by, UNCANCELED, canceled=False)


@transaction.atomic
def delete_canceled(entries: Entries, *, by: User | None, seen: int | None = None) -> int:
    """Delete those of `entries` that are canceled, with comments, letters and files of their own
    (R198). It cannot be undone."""
    canceled = entries.canceled()
    count = _refuse_others(canceled, seen)
    keys = canceled.order_by().values("pk")
    documents = _documents_of(keys)
    segments = list(
        LoggedSegment.objects.filter(entries__in=keys).order_by().values_list("pk", flat=True)
    )
    canceled.plain().delete()
    Document.objects.filter(pk__in=documents).delete_unused()
    _count_again(LoggedSegment.objects.filter(pk__in=set(segments)))
    return count


def _documents_of(keys: Any) -> set[int]:
    """Letters of their own and attached files: nothing else may need them."""
    own = InteractionLogEntry.objects.filter(pk__in=keys, own_letter=True)
    attached = EntryAttachment.objects.filter(entry__in=keys)
    return {
        *own.exclude(document=None).values_list("document", flat=True),
        *attached.values_list("document", flat=True),
    }


def _count_again(segments: models.QuerySet[LoggedSegment]) -> None:
    """Store how many interactions the logged segments have now."""
    left = InteractionLogEntry.objects.filter(logged_segment=OuterRef("pk")).order_by()
    count = left.values("logged_segment").annotate(n_entries=Count("pk")).values("n_entries")
    segments.update(entries_count=Coalesce(Subquery(count, IntegerField()), Value(0)))


def _refuse_others(entries: Entries, seen: int | None) -> int:
    """Return how many there are. Raises `Refused` when a person was told another number."""
    count = int(entries.count())
    if seen is not None and seen != count:
        message = _("There are %(count)s of them now. Nothing was changed: look again.")
        raise Refused(message % {"count": number_format(count, force_grouping=True)})
    return count


def _change(entries: Entries, by: User | None, what: str, **values: Any) -> int:
    chosen = entries.plain()
    if by:
        _keep(chosen, by, what)
    return int(chosen.update(**values))


def _keep(entries: Entries, by: User, what: str) -> None:
    """Write the history of all of them with one statement."""
    SetQuerySet(LogEntry).insert_from(
        entries,
        action_time=Now(),
        user=by,
        content_type=ContentType.objects.get_for_model(InteractionLogEntry),
        object_id=Cast(F("pk"), TextField()),
        object_repr=F("description"),
        action_flag=Value(CHANGE, models.PositiveSmallIntegerField()),
        change_message=what,
    )


def _user(by: User | None) -> Value:
    return Value(by.pk if by else None, models.BigIntegerField())
