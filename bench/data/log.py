"""Logging a segment of one size in three ways, and a log of any length with its pages."""

import datetime
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Mod
from django.urls import reverse

from bench.data.asking import Pages
from contacts.models import Contact, Salesperson
from interactions.letters.source import CONTACT_FIELDS
from interactions.models import (
    Campaign,
    EntryFields,
    InteractionLogEntry,
    InteractionTemplate,
    LoggedSegment,
)
from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.logging_check import LoggingCheck
from segments_app.models import Segment
from segments_app.operations.logging import ENTRY

ENTRIES, FIELDS = "interactions_interactionlogentry", "interactions_entryfields"
LINES = "segments_segmentline"
NAIVE = 20_000
# So many days have interactions; each day is one logged segment.
DAYS = 200


def timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


class Posting:
    """A segment of about `size` lines that can be logged, all by letter."""

    def __init__(self, size: int) -> None:
        self.criteria = Criteria.from_query_string(f"number=..CT{size:06}&status=yes")
        self.segment = self._segment()
        self.lines = operations.lines_count(self.segment)

    def _segment(self) -> Segment:
        segment = operations.create_segment(
            "Bench",
            by=None,
            template=InteractionTemplate.objects.get(code="SPRING"),
            salesperson=Salesperson.objects.first(),
            correspondence_type="",
        )
        operations.add_contacts(segment, self.criteria, by=None)
        return segment

    def check(self) -> float:
        """The page of logging: everything that it counts."""
        check = LoggingCheck(self.segment)
        return timed(lambda: (check.counts, list(check.totals()), check.sums()))

    def log(self) -> float:
        return timed(self._log)

    def _log(self) -> None:
        self.logged = operations.log_segment(self.segment, by=None, skip_problems=True)
        self.lines = self.logged.entries_count

    def floor(self) -> float:
        """The same rows once more, and as many lines deleted, by hand."""
        spare = self._segment()
        copy = LoggedSegment.objects.create(number=f"FLOOR{self.logged.pk}", description="Floor")
        names = [
            str(field.column)
            for field in InteractionLogEntry._meta.concrete_fields
            if field.name not in ("id", "logged_segment")
        ]
        columns = ", ".join(names)
        entries = (
            f"INSERT INTO {ENTRIES} (logged_segment_id, {columns}) SELECT {copy.pk}, {columns} "
            f"FROM {ENTRIES} WHERE logged_segment_id = {self.logged.pk} ORDER BY id"
        )
        fields = (
            f"INSERT INTO {FIELDS} (entry_id, fields) SELECT new.id, kept.fields "
            f"FROM {ENTRIES} new JOIN {ENTRIES} old ON old.logged_segment_id = {self.logged.pk} "
            f"AND old.line = new.line JOIN {FIELDS} kept ON kept.entry_id = old.id "
            f"WHERE new.logged_segment_id = {copy.pk}"
        )
        lines = f"DELETE FROM {LINES} WHERE segment_id = {spare.pk}"
        return timed(lambda: _execute(entries, fields, lines))

    def naive(self) -> tuple[int, float]:
        """Model instances, at most `NAIVE`: how many, and the seconds."""
        segment = self._segment()
        lines = segment.sheet().resolved().select_related("contact")[:NAIVE]
        logged = LoggedSegment.objects.create(number=f"N{segment.pk}", description="Naive")
        return min(NAIVE, self.lines), timed(lambda: _log_naively(lines, logged))


@transaction.atomic
def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@transaction.atomic
def _log_naively(lines: Any, logged: LoggedSegment) -> None:
    names = [name for name in ENTRY if f"r_{name}" in lines.query.annotations]
    keys = {"template", "group", "campaign", "salesperson", "language", "document"}
    entries = [
        InteractionLogEntry(
            logged_segment=logged,
            line=line.pk,
            contact_id=line.contact_id,
            company_id=line.contact.company_id,
            **{
                f"{name}_id" if name in keys else name: getattr(line, f"r_{name}") for name in names
            },
        )
        for line in lines
    ]
    InteractionLogEntry.objects.bulk_create(entries)
    EntryFields.objects.bulk_create(
        EntryFields(entry=entry, fields=_fields(line.contact))
        for entry, line in zip(entries, lines, strict=True)
    )
    line_keys = [line.pk for line in lines]
    for start in range(0, len(line_keys), 500):
        type(lines[0]).objects.filter(pk__in=line_keys[start : start + 500]).delete()


def _fields(contact: Contact) -> dict[str, Any]:
    values = {name: getattr(contact, name) for name in CONTACT_FIELDS if name != "salutation"}
    return values | {"salutation": contact.salutation_id, "comment": ""}


def fill_log(count: int) -> int:
    """Fill the log to about `count` entries, spread over days, templates and salespeople."""
    contacts, missing = Contact.objects.count(), count - InteractionLogEntry.objects.count()
    salespeople, templates = (
        list(Salesperson.objects.all()),
        list(InteractionTemplate.objects.all()),
    )
    campaigns = list(Campaign.objects.all()) or [
        Campaign.objects.create(number="BENCH", description="Bench")
    ]
    passes = max(0, -(-missing // contacts))
    for turn in range(passes):
        for day in range(DAYS):
            index = turn * DAYS + day
            _post_day(
                index,
                day,
                template=templates[index % len(templates)],
                salesperson=salespeople[index % len(salespeople)],
                campaign=campaigns[0] if index % 10 == 0 else None,
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return InteractionLogEntry.objects.count()


def _post_day(index: int, day: int, **values: Any) -> None:
    logged = LoggedSegment.objects.create(number=f"DAY{index:05}", description="A day")
    campaign = values.pop("campaign")
    contacts = Contact.objects.annotate(turn=Mod(F("pk"), DAYS)).filter(turn=day).order_by()
    fields = {"campaign": campaign, "campaign_target": True} if campaign else {}
    logged.entries_count = InteractionLogEntry.objects.insert_from(
        contacts,
        logged_segment=logged,
        line=F("pk"),
        contact=F("pk"),
        company=F("company_id"),
        group=values["template"].group,
        date=datetime.date(2026, 11, 1) - datetime.timedelta(days=index),
        description="A letter",
        information_flow="outbound",
        initiated_by="us",
        correspondence_type="hard_copy",
        **values,
        **fields,
    )
    logged.save()


def pages(rounds: int) -> Iterator[tuple[str, tuple[float, int]]]:
    """Yield the name of each page, the median of its seconds, and its statements."""
    # As they are without the step of deployment that renames them.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    asking = Pages()
    template = InteractionTemplate.objects.order_by("pk")[0]
    campaign = Campaign.objects.order_by("pk")[0]
    last = LoggedSegment.objects.order_by("-entries_count")[0]
    log = reverse("interactions:list")
    addresses = {
        "log": log,
        "log, page 100": f"{log}?page=100",
        "log, last page that is counted": f"{log}?page=200",
        "template": f"{log}?template={template.pk}",
        "template, 90 days": f"{log}?template={template.pk}&date_from=2026-08-01",
        "campaign": f"{log}?campaign={campaign.pk}",
        "salesperson": f"{log}?salesperson={Salesperson.objects.first().pk}",  # type: ignore[union-attr]
        "group": f"{log}?group={template.group_id}",
        "evaluation that nobody has": f"{log}?evaluation=negative",
        "canceled only": f"{log}?canceled=yes",
        "contact, rare name": f"{log}?contact=zwickau",
        "contact, frequent name": f"{log}?contact=s",
        "company, rare name": f"{log}?company=zwickau",
        "logged segment": f"{log}?logged_segment={last.number}",
        "responses": f"{log}?response=yes",
        "delivery failed": f"{log}?delivery=failed",
        "logged segments": reverse("interactions:logged_segment_list"),
        "one logged segment": last.get_absolute_url(),
        "one logged segment, page 50": f"{last.get_absolute_url()}?page=50",
        "campaign's interactions": campaign.get_absolute_url(),
        "campaign's statistics": reverse(
            "interactions:campaign_statistics", args=[campaign.number]
        ),
        "statistics of 90 days": f"{reverse('interactions:statistics')}?date_from=2026-08-01",
        "statistics of everything": reverse("interactions:statistics"),
    }
    for name, address in addresses.items():
        yield name, _asked(asking, address, rounds)


def _asked(asking: Pages, address: str, rounds: int) -> tuple[float, int]:
    def get() -> None:
        answer = asking.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    statements: list[str] = []

    def count(execute: Any, sql: str, *arguments: Any) -> Any:
        statements.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(count):
        get()
    return statistics.median(timed(get) for _ in range(rounds)), len(statements)
