"""What is done to a segment of one size: by our operations, by the least SQL, and naively."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.data.asking import Pages, processor_clock
from bench.data.naive import Naive
from interactions.models import InteractionTemplate
from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.models import Segment
from segments_app.operations.many_lines import Changes, change_lines, undo_change
from segments_app.preview import preview_of
from segments_app.selection import AddOptions
from segments_app.shown import Shown

LINES, SEGMENTS = "segments_segmentline", "segments_segment"
# The naive way is measured on so many lines at most; more take minutes.
NAIVE = 20_000
# As the page asks for its table.
HTMX = {"HX-Request": "true", "HX-Target": "lines"}
Seconds = float


class Sheet:
    """One segment among all contacts, filled by a condition that about `size` contacts meet."""

    def __init__(self, size: int) -> None:
        self.now = processor_clock()
        template = InteractionTemplate.objects.get(code="SPRING")
        self.segment = operations.create_segment("Bench", by=None, template=template)
        self.all = Criteria.from_query_string(f"number=..CT{size:06}")
        self.danish = Criteria.from_query_string("country=DK")
        self.towns = Criteria.from_query_string("city=A*|B*|K*")
        self.pages = Pages()

    def operations(self) -> Iterator[tuple[str, Seconds, Seconds | None]]:
        """Yield what is done, the seconds it takes, and those of the floor, one after another."""
        segment = self.segment
        yield "count of the same criteria", self.timed(lambda: self.all.contacts().count()), None
        yield "preview of adding", self.timed(self._preview), None
        yield "preview with companies", self.timed(lambda: self._preview(related=True)), None
        added = self.timed(lambda: operations.add_contacts(segment, self.all, by=None))
        yield "add", added, self._floor_add()
        yield from self._taking_out("reduce", operations.reduce_contacts, self.towns)
        yield from self._taking_out("refine", operations.refine_contacts, self.danish)
        yield from self._back_and_forward()
        for _ in range(2):
            operations.go_back(segment, by=None)
        cost = Decimal("9.50")
        change = self.timed(lambda: operations.change_header(segment, by=None, unit_cost=cost))
        yield "header change", change, self._floor_header()
        yield from self._many_lines()
        if hasattr(operations, "refresh"):
            with self._changed_contacts():
                seconds = self.timed(lambda: operations.refresh(segment, by=None))
            yield "refresh", seconds, self._floor_take_out(segment.current_step)

    def _preview(self, related: bool = False) -> None:
        options = AddOptions(related_companies=related)
        preview_of("add", self.all.contacts(), self.segment, options, self.all)

    def _back_and_forward(self) -> Iterator[tuple[str, Seconds, Seconds]]:
        """The best of three: each takes milliseconds, and the first loads what it needs."""
        rounds = [
            (
                self.timed(lambda: operations.go_back(self.segment, by=None)),
                self.timed(lambda: operations.go_forward(self.segment, by=None)),
            )
            for _ in range(3)
        ]
        for name, seconds in zip(("undo", "redo"), zip(*rounds, strict=True), strict=True):
            yield name, min(seconds), self._floor_header()

    def _taking_out(
        self, name: str, act: Callable[..., Any], criteria: Criteria
    ) -> Iterator[tuple[str, Seconds, Seconds]]:
        taken = self.timed(lambda: act(self.segment, criteria, by=None))
        yield name, taken, self._floor_take_out(self.segment.current_step)

    def _many_lines(self) -> Iterator[tuple[str, Seconds, Seconds | None]]:
        changes = Changes({"cost": Decimal("7.25")})
        done: list[Any] = []
        change = self.timed(
            lambda: done.append(change_lines(self.segment, Shown(), changes, by=None))
        )
        yield "change all lines", change, self._floor_change()
        yield (
            "undo that",
            self.timed(lambda: undo_change(self.segment, done[0].pk, by=None)),
            None,
        )

    def pages_of(self) -> Iterator[tuple[str, Seconds, int]]:
        """Yield the pages of the segment: seconds, and statements."""
        url = self.segment.get_absolute_url()
        last = min(10_000, max(1, operations.lines_count(self.segment) // 50))
        self._page("the first request loads the program", url)
        sizes = {
            "page 1": "",
            "page 10,000, or the last": f"?page={last}",
            "sorted by contact": "?sort=contact",
            "sorted by cost": "?sort=cost",
            "search": "?q=anna",
        }
        for name, query in sizes.items():
            yield self._page(name, url + query)
        fragments = {
            "facts": "facts",
            "problems": "found_problems",
            "lines that say otherwise": "own_values",
        }
        for name, view in fragments.items():
            yield self._page(name, reverse(f"segments:{view}", args=[self.segment.number]))

    def _page(self, name: str, url: str) -> tuple[str, Seconds, int]:
        with CaptureQueriesContext(connection) as queries:
            seconds = self.timed(lambda: self.pages._get(url, {}, HTMX))
        return name, seconds, len(queries)

    def floors_of_pages(self) -> dict[str, Seconds]:
        """The least that pages can ask: the rows shown; every line once with its contact."""
        joined = f"FROM {LINES} l JOIN contacts_contact c ON c.id = l.contact_id"
        where = f"WHERE l.segment_id = {self.segment.pk}"
        count = f"SELECT COUNT(*), COUNT(CASE WHEN c.email = '' THEN 1 END) {joined} {where}"
        return {
            "page 1": self.timed(lambda: _sql(f"SELECT * {joined} {where} ORDER BY l.id LIMIT 50")),
            "problems": self.timed(lambda: _sql(count)),
        }

    def naive(self) -> Iterator[tuple[str, Seconds, int]]:
        """Yield what model instances take, and of how many lines."""
        naive = Naive(self.segment.template, list(self.all.contacts().selectable()[:NAIVE]))
        for name, act in naive.actions().items():
            yield name, self.timed(act), len(naive.contacts)
        naive.segment.delete()

    def _floor_add(self) -> Seconds:
        """The same rows once more, into another segment."""
        other = operations.create_segment("Floor", by=None)
        columns = "contact_id, added_step"
        seconds = self.timed(
            lambda: _sql(
                f"INSERT INTO {LINES} (segment_id, {columns}) SELECT {other.pk}, {columns} "
                f"FROM {LINES} WHERE segment_id = {self.segment.pk} ORDER BY id"
            )
        )
        other.delete()
        return seconds

    def _floor_take_out(self, step: int) -> Seconds:
        """The same lines, whose keys are known already."""
        where = f"segment_id = {self.segment.pk} AND removed_step = {step}"
        _sql(f"CREATE TEMPORARY TABLE gone AS SELECT id FROM {LINES} WHERE {where}")
        update = f"UPDATE {LINES} SET removed_step = {{}} WHERE id IN (SELECT id FROM gone)"
        _sql(update.format("NULL"))
        seconds = self.timed(lambda: _sql(update.format(step)))
        _sql("DROP TABLE gone")
        return seconds

    def _floor_change(self) -> Seconds:
        where = f"WHERE segment_id = {self.segment.pk}"
        return self.timed(lambda: _sql(f"UPDATE {LINES} SET cost = 7.25 {where}"))

    def _floor_header(self) -> Seconds:
        step = self.segment.current_step
        where = f"WHERE id = {self.segment.pk}"
        return self.timed(lambda: _sql(f"UPDATE {SEGMENTS} SET current_step = {step} {where}"))

    @contextmanager
    def _changed_contacts(self) -> Iterator[None]:
        """One in a hundred contacts of the segment is inactive meanwhile."""
        some = "id IN (SELECT id FROM contacts_contact WHERE active AND id % 100 = 7)"
        keys = f"CREATE TEMPORARY TABLE idle AS SELECT id FROM contacts_contact WHERE {some}"
        _sql(keys)
        update = "UPDATE contacts_contact SET active = {} WHERE id IN (SELECT id FROM idle)"
        _sql(update.format("FALSE"))
        yield
        _sql(update.format("TRUE"))
        _sql("DROP TABLE idle")

    def timed(self, act: Callable[[], Any]) -> Seconds:
        """Processor time, of this process and of PostgreSQL for it."""
        start = self.now()
        act()
        return self.now() - start

    def close(self) -> None:
        Segment.objects.filter(pk=self.segment.pk).delete()


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        if statement.startswith("SELECT"):
            cursor.fetchall()
