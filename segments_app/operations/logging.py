"""Logging: every interaction is written to the log in one act, all or nothing (D13)."""

from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from contacts.models import User
from contacts.models.in_force import address_in_force, any_periods
from interactions.delivery.jobs import deliver_if_any
from interactions.letters.source import CONTACT_FIELDS
from interactions.models import CampaignEntry, EntryFields, InteractionLogEntry, LoggedSegment
from segments_app.checks import LOGGED_BY_EMAIL, LOGGED_TYPE
from segments_app.errors import AlreadyLogged, BlockedByProblems, ContactGone, SegmentEmpty
from segments_app.logging_check import LoggingCheck, QuickCheck
from segments_app.models import Segment, SegmentLine
from segments_app.snapshot import take_snapshot

from .follow_up import follow_up as create_follow_up
from .keeping_back import keep_back
from .locking import EVERYTHING, locked

# Entry field <- value of the resolved line (R145).
ENTRY = {
    "line": F("pk"),
    "contact": F("contact_id"),
    "company": F("contact__company_id"),
    "template": F("r_template"),
    "group": F("r_group"),
    "campaign": F("r_campaign"),
    "salesperson": F("r_salesperson"),
    "language": F("r_language"),
    "document": F("r_document"),
    "own_letter": Case(When(document__isnull=False, then=Value(True)), default=Value(False)),
    "date": F("r_date"),
    "description": F("r_description"),
    "subject": F("r_subject"),
    "correspondence_type": LOGGED_TYPE,
    "information_flow": F("r_information_flow"),
    "initiated_by": F("r_initiated_by"),
    "cost": F("r_cost"),
    "duration": F("r_duration"),
    "evaluation": F("evaluation"),
    "attempt_failed": F("attempt_failed"),
    "time": F("time"),
    # What the line says; of an e-mail the address (R145).
    "contact_via": Case(
        When(~Q(contact_via=""), then=F("contact_via")),
        When(LOGGED_BY_EMAIL, then=F("r_email")),
        default=Value(""),
    ),
    "campaign_target": F("r_campaign_target"),
    "campaign_response": F("r_campaign_response"),
}


def log_segment(
    segment: Segment,
    *,
    by: User | None,
    deliver: bool = False,
    follow_up: bool = False,
    skip_problems: bool = False,
) -> LoggedSegment:
    """Write an interaction for every line and turn the segment into a logged segment.

    With `deliver` its e-mails are queued; the task worker sends them after the commit. With
    `follow_up` a segment with the same contacts is created (`Segment.objects.following`). With
    `skip_problems` the lines that cannot be logged move to a new segment
    (`LoggedSegment.kept_back`); without it they keep everything from being logged. Raises
    `SegmentEmpty`, `BlockedByProblems` (D12), `AlreadyLogged` when it was logged meanwhile,
    `ContactGone` when a contact was deleted or merged meanwhile, or `Outdated` when the segment was
    changed since the person looked; then nothing is written.
    """
    follow_up_number = Segment.next_number() if follow_up else ""
    kept_number = Segment.next_number() if skip_problems else ""
    with locked(segment, watching=EVERYTHING):
        check = ready_to_log(segment, deliver=deliver, skip_problems=skip_problems)
        kept = _keep_back(segment, check, kept_number, by)
        logged = _write(segment, check, by, kept)
        if deliver:
            deliver_if_any(logged, by=by)
        _delete(segment)
        if follow_up:
            create_follow_up(logged, by=by, number=follow_up_number)
        return logged


def ready_to_log(
    segment: Segment, *, deliver: bool = False, skip_problems: bool = False
) -> LoggingCheck:
    """Return the check of a segment that can be logged. Raises what `log_segment` raises."""
    if LoggedSegment.objects.numbered(segment.number).exists():
        raise AlreadyLogged(segment.number)
    check = QuickCheck(segment, deliver=deliver)
    if not check.lines_count:
        raise SegmentEmpty(segment.number)
    if check.blocked_count and not (skip_problems and check.ready_count):
        raise BlockedByProblems(segment.number, check.words)
    return check


def _keep_back(
    segment: Segment, check: LoggingCheck, number: str, by: User | None
) -> dict[str, Any] | None:
    """Move the lines with problems away; return what the snapshot says of it."""
    if not check.blocked_count:
        return None
    keep_back(segment, check.blocked_lines(), number=number, by=by)
    return {"number": number, "lines": check.blocked_count}


def _write(
    segment: Segment, check: LoggingCheck, by: User | None, kept: dict[str, Any] | None
) -> LoggedSegment:
    logged = LoggedSegment.objects.create(
        number=segment.number,
        description=segment.description,
        created_by=by,
        snapshot=take_snapshot(segment) | ({"kept_back": kept} if kept else {}),
    )
    logged.take_in(_write_entries(logged, check, by))
    _hold_what_they_name(logged)
    _write_fields(logged, segment)
    _write_campaign_entries(logged)
    return logged


def _write_entries(logged: LoggedSegment, check: LoggingCheck, by: User | None) -> int:
    """Write those that nothing stands in the way of now. Raises `BlockedByProblems` when these are
    not all that were checked: a contact was changed between the two."""
    lines = check.standing()
    count = InteractionLogEntry.objects.insert_from(lines, logged_segment=logged, user=by, **ENTRY)
    if count != check.ready_count:
        now = LoggingCheck(check.segment, deliver=check.deliver)
        raise BlockedByProblems(logged.number, now.words or _("a contact was changed meanwhile"))
    return count


def _hold_what_they_name(logged: LoggedSegment) -> None:
    """Have the database look now, not at the end, whether every contact is there still: from here
    on whoever deletes or merges one waits. Where all writers wait there is no need. Raises
    `ContactGone`."""
    if not connection.features.has_select_for_update:
        return
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise ContactGone(logged.number) from error


def _write_campaign_entries(logged: LoggedSegment) -> None:
    """One for each campaign that a line names (R150)."""
    campaigns = logged.entries.in_campaigns().order_by().values_list("campaign", flat=True)
    CampaignEntry.objects.bulk_create(
        CampaignEntry(campaign_id=key, logged_segment=logged) for key in campaigns.distinct()
    )


def _write_fields(logged: LoggedSegment, segment: Segment) -> None:
    """Of the contacts as they are; what only a line says is looked up where any line says it."""
    entries: Any = logged.entries.order_by("line")
    values: dict[str, Any] = {name: F(f"contact__{name}") for name in CONTACT_FIELDS}
    values["comment"] = Value("")
    if any_periods():
        entries = entries.annotate(r_alternative=address_in_force("date", "contact__"))
        values["alternative"] = F("r_alternative")
    lines = segment.sheet().order_by()
    if lines.owning("comment").exists():
        values["comment"] = _of_line("comment")
    if lines.filter(letter_choices__isnull=False).exists():
        values["choices"] = _of_line("letter_choices")
    EntryFields.objects.insert_from(entries, entry=F("pk"), fields=JSONObject(**values))


def _of_line(field: str) -> Subquery:
    return Subquery(SegmentLine.objects.filter(pk=OuterRef("line")).values(field))


def _delete(segment: Segment) -> None:
    """The lines first: with the segment SQLite would look for each of them."""
    segment.lines.all().delete()
    segment.delete()
