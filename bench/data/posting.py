"""Logging a segment of one size in three ways, and reading beside it."""

import select
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from bench.data.asking import processor_clock
from contacts.models import Contact, Salesperson
from interactions.letters.source import CONTACT_FIELDS
from interactions.models import (
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
Seconds = float


class Posting:
    """A segment of about `size` lines that can be logged, all by letter."""

    def __init__(self, size: int) -> None:
        self.now = processor_clock()
        self.criteria = Criteria.from_query_string(f"number=..CT{size:06}&status=yes")
        self.segment = self._segment()
        self.lines = operations.lines_count(self.segment)

    def _segment(self) -> Segment:
        segment = operations.create_segment(
            "Bench",
            by=None,
            template=InteractionTemplate.objects.get(code="SPRING"),
            salesperson=Salesperson.objects.first(),
        )
        operations.add_contacts(segment, self.criteria, by=None)
        return segment

    def check(self) -> Seconds:
        """The page of logging: everything that it counts."""
        check = LoggingCheck(self.segment)
        return self._timed(lambda: (check.counts, list(check.totals()), check.sums()))

    def log(self) -> Seconds:
        return self._timed(self._log)

    def _log(self) -> None:
        self.logged = operations.log_segment(self.segment, by=None)

    def log_once_more(self) -> Seconds:
        """Another segment of the same lines."""
        self.segment = self._segment()
        return self.log()

    def floor(self) -> Seconds:
        """The same rows once more, and as many lines deleted, by hand."""
        spare = self._segment()
        copy = LoggedSegment.objects.create(number=f"FLOOR{self.logged.pk}", description="Floor")
        _execute(*_finished(self.logged.pk))
        seconds = self._timed(lambda: _execute(*_floor(copy.pk, spare.pk)))
        _execute("DROP TABLE entries", "DROP TABLE fields")
        spare.delete()
        return seconds

    def naive(self) -> tuple[int, Seconds]:
        """Model instances, at most `NAIVE`: how many, and the seconds."""
        segment = self._segment()
        lines = segment.sheet().resolved().select_related("contact")[:NAIVE]
        logged = LoggedSegment.objects.create(number=f"N{segment.pk}", description="Naive")
        return min(NAIVE, self.lines), self._timed(lambda: _log_naively(lines, logged))

    def _timed(self, act: Callable[[], Any]) -> Seconds:
        """Processor time, of this process and of PostgreSQL for it."""
        start = self.now()
        act()
        return self.now() - start


def _finished(logged: int) -> Iterator[str]:
    """The statements that lay the rows of a logged segment aside, as if somebody had them ready."""
    own = f"FROM {ENTRIES} WHERE logged_segment_id = {logged}"
    yield f"CREATE TEMPORARY TABLE entries AS SELECT * {own} ORDER BY id"
    yield (
        "CREATE TEMPORARY TABLE fields AS SELECT entries.line AS line, kept.fields AS fields "
        f"FROM entries JOIN {FIELDS} kept ON kept.entry_id = entries.id ORDER BY kept.entry_id"
    )
    yield "CREATE UNIQUE INDEX fields_line ON fields (line)"
    yield "ANALYZE fields"


def _floor(copy: int, segment: int) -> Iterator[str]:
    """The statements that write these rows to another logged segment, and delete lines."""
    names = [
        str(field.column)
        for field in InteractionLogEntry._meta.concrete_fields
        if field.name not in ("id", "logged_segment")
    ]
    columns = ", ".join(names)
    yield (
        f"INSERT INTO {ENTRIES} (logged_segment_id, {columns}) "
        f"SELECT {copy}, {columns} FROM entries ORDER BY id"
    )
    yield (
        f"INSERT INTO {FIELDS} (entry_id, fields) SELECT new.id, fields.fields "
        f"FROM {ENTRIES} new JOIN fields ON fields.line = new.line "
        f"WHERE new.logged_segment_id = {copy}"
    )
    yield f"DELETE FROM {LINES} WHERE segment_id = {segment}"


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


class Reader:
    """A process that reads the first page of the log over and over, as other people do."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read while the block runs; then `slowest` says what it took."""
        command = [sys.executable, "-m", "bench.logging", "--read"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            process.stdout.readline()
            yield
            said, _ = process.communicate()
        self.times = [float(line) for line in said.splitlines()]

    @property
    def slowest(self) -> float:
        """The 99th percentile, in milliseconds by the clock: waiting counts."""
        return statistics.quantiles(self.times, n=100)[98]


def read() -> None:
    """Read the first page of the log until the input ends; print the milliseconds of each time."""
    _read_page()
    print("ready", flush=True)
    times: list[float] = []
    while not times or not select.select([sys.stdin], [], [], 0.01)[0]:
        start = time.perf_counter()
        _read_page()
        times.append((time.perf_counter() - start) * 1000)
    print(*times, sep="\n")


def _read_page() -> None:
    """As the page does: the keys first, then their rows."""
    log = InteractionLogEntry.objects.counting().newest_first()
    list(log.with_keys(list(log.values_list("pk", flat=True)[:50])))
