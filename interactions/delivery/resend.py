"""Sending once more (D22): the same letter, or one merged anew, which is an entry of its own."""

from django.db import transaction
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, JSONObject, Left, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from contacts.models.in_force import address_in_force, any_periods
from interactions.letters.source import CONTACT_FIELDS
from interactions.models import DeliveryJob, EntryFields, InteractionLogEntry, LoggedSegment
from interactions.models.log_set import InteractionLogEntryQuerySet

from .jobs import start

# What a resent entry has of the first; the rest is new, or the same for all of them.
COPIED = (
    "logged_segment",
    "company",
    "contact",
    "template",
    "group",
    "campaign",
    "salesperson",
    "language",
    "document",
    "own_letter",
    "subject",
    "correspondence_type",
    "information_flow",
    "initiated_by",
    "cost",
    "duration",
    "campaign_target",
    "campaign_response",
)
LONGEST_DESCRIPTION = 150


@transaction.atomic
def resend(
    segment: LoggedSegment,
    entries: InteractionLogEntryQuerySet,
    *,
    anew: bool = False,
    by: User | None,
) -> DeliveryJob:
    """Send those of `entries` once more that are e-mails of the segment and not canceled.

    The same letter, also when it has arrived already; with `anew` a letter with what the contacts
    are today, as a new entry of today that refers to the first (R208). Letters of one's own stay
    as they are. What is underway is left alone. Raises `Refused` when nothing is left to send.
    """
    LoggedSegment.objects.select_for_update().only("pk").get(pk=segment.pk)
    chosen = entries.of_segment(segment).deliverable().by_email().not_underway()
    if not anew:
        return start(chosen, segment, by=by)
    chosen = chosen.filter(contact__isnull=False)
    keys = list(chosen.order_by().values_list("pk", flat=True))
    if not keys:
        raise Refused(_("There is no e-mail to send."))
    return start(_made_anew(segment, keys, by), segment, by=by)


def _made_anew(
    segment: LoggedSegment, keys: list[int], by: User | None
) -> InteractionLogEntryQuerySet:
    """Write the new entries; they have no line, for they stood on no segment."""
    last = InteractionLogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    source = InteractionLogEntry.objects.with_pks(keys).with_own_via().order_by("pk")
    own = NullIf("own_via", Value(""))
    again = _("Again: ")
    count = InteractionLogEntry.objects.insert_from(
        source,
        **{name: F(_column(name)) for name in COPIED},
        description=Left(Concat(Value(again), F("description")), LONGEST_DESCRIPTION),
        date=timezone.localdate(),
        contact_via=Coalesce(own, "contact__email", output_field=CharField()),
        user=by,
        resend_of=F("pk"),
    )
    segment.take_in(count)
    new = InteractionLogEntry.objects.of_segment(segment).filter(pk__gt=last, resend_of__in=keys)
    _write_fields(new)
    return new


def _column(name: str) -> str:
    field = InteractionLogEntry._meta.get_field(name)
    return str(field.attname)  # type: ignore[union-attr]


def _write_fields(entries: InteractionLogEntryQuerySet) -> None:
    """What the contacts are today; comment and chosen paragraphs are those of the first letter."""
    values: dict[str, object] = {name: F(f"contact__{name}") for name in CONTACT_FIELDS}
    if any_periods():
        values["alternative"] = address_in_force("date", "contact__")
    first = EntryFields.objects.filter(entry=OuterRef("resend_of"))
    comment = Coalesce(Subquery(first.values(said=KT("fields__comment"))[:1]), Value(""))
    choices = Subquery(first.values(said=KT("fields__choices"))[:1])
    EntryFields.objects.insert_from(
        entries.order_by("pk"),
        entry=F("pk"),
        fields=JSONObject(comment=comment, choices=choices, **values),
    )
