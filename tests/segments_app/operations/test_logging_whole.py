"""Logged whole or not at all, once: by two at the same time, and when the process is killed."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from contacts.duplicates.merge import merge_contacts
from contacts.errors import Refused
from contacts.models import Contact
from interactions.models import EntryFields, InteractionLogEntry, LoggedSegment
from segments_app.criteria import Criteria
from segments_app.errors import AlreadyLogged, BlockedByProblems, ContactGone
from segments_app.models import Segment, SegmentLine, SegmentStep
from segments_app.operations import add_contacts, change_line, create_segment, log_segment
from tests.rounds import MOMENTS, ROUNDS

pytestmark = pytest.mark.django_db(transaction=True)
LINES = 1000
ENTRIES = '"interactions_interactionlogentry"'


@pytest.fixture
def crowd() -> None:
    Contact.objects.bulk_create(
        Contact(number=f"T{n}", name=f"Contact {n}", country="DK") for n in range(LINES)
    )


def filled(number: str, spring, holm) -> Segment:
    segment = create_segment(number, by=None, number=number, template=spring, salesperson=holm)
    add_contacts(segment, Criteria.from_query_string("country=DK"), by=None)
    return segment


class Child:
    """The process of `logging_child`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def log(self, segment: Segment, when: str = "never") -> tuple[bool, float]:
        """Log the segment; return whether the process was killed, and the seconds it took."""
        self.begin(segment, when)
        outcome, seconds = self.outcome()
        return outcome == "killed", seconds

    def begin(self, segment: Segment, when: str = "never") -> None:
        assert self.process.stdin
        print(segment.number, when, file=self.process.stdin, flush=True)

    def outcome(self) -> tuple[str, float]:
        """What became of what was begun, and the seconds it took."""
        assert self.process.stdout
        outcome, seconds = self.process.stdout.readline().split()
        return outcome, float(seconds)


@pytest.fixture
def child() -> Iterator[Child]:
    with child_process() as child:
        yield child


@contextmanager
def child_process() -> Iterator[Child]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DOCUMENT_ROOT": str(settings.MEDIA_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "tests.segments_app.operations.logging_child"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=settings.BASE_DIR,
    ) as process:
        yield Child(process)
        assert process.stdin
        process.stdin.close()


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = quote(f"{database['USER']}:{database['PASSWORD']}", safe=":")
    place = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    return f"postgres://{user}@{place}/{database['NAME']}"


def is_logged_whole(segment: Segment, steps: int = 1) -> bool:
    """Whether it was logged; fails if that is true of a part of it only."""
    with transaction.atomic():  # Waits for a server that still works for the dead process.
        kept = list(Segment.objects.select_for_update().filter(pk=segment.pk))
    lines = SegmentLine.objects.filter(segment=segment.pk).count()
    entries = InteractionLogEntry.objects.filter(logged_segment__number=segment.number).count()
    fields = EntryFields.objects.filter(
        entry__logged_segment__number=segment.number, fields__number__startswith="T"
    ).count()
    logged = LoggedSegment.objects.filter(number=segment.number)
    counted = list(logged.values_list("entries_count", flat=True))
    if kept:
        assert SegmentStep.objects.filter(segment=segment.pk).count() == steps
        assert (lines, entries, fields, counted) == (LINES, 0, 0, [])
    else:
        assert (lines, entries, fields, counted) == (0, LINES, LINES, [LINES])
    return not kept


def test_a_process_that_dies_leaves_nothing_half_done(crowd, spring, holm, child):
    """Killed right after each statement that writes: nothing is logged."""
    segment = filled("SM-A", spring, holm)
    write = 0
    while child.log(segment, f"write {write + 1}")[0]:
        write += 1
        assert not is_logged_whole(segment)
    assert is_logged_whole(segment), "with nobody to kill it, it is logged"
    assert write >= 4, "the logged segment, the entries, their fields, the end of the segment"


def test_a_process_killed_at_any_moment_leaves_nothing_half_done(crowd, spring, holm, child):
    """Killed while a statement runs, or while it commits."""
    _killed, seconds = child.log(filled("SM-B", spring, holm))
    chance = random.Random(20261122)
    logged = []
    for n in range(MOMENTS):
        segment = filled(f"SM-{n}", spring, holm)
        moment = seconds * (n + chance.random()) / MOMENTS
        killed, _seconds = child.log(segment, f"after {moment}")
        logged.append(is_logged_whole(segment))
        if not logged[-1]:
            assert killed
            assert log_segment(segment, by=None).entries_count == LINES, "it can be logged again"
            assert is_logged_whole(Segment(pk=-1, number=segment.number))
    assert not all(logged), "nobody was killed in time"


def test_d13_two_at_the_same_time_make_one_logged_segment_and_one_refusal(crowd, spring, holm):
    for round_ in range(ROUNDS):
        number = filled(f"SM-{round_}", spring, holm).number
        outcomes = [*_at_once(number, number)]
        assert sorted(map(str, outcomes)) == sorted(
            [number + " logged", str(AlreadyLogged(number))]
        )
        assert is_logged_whole(Segment(pk=-1, number=number))


def _at_once(*numbers: str) -> list[object]:
    """Log the segments, each in a thread of its own, and return what became of each."""
    return _in_threads(*([log, number] for number in numbers))


def log(segment: Segment) -> str:
    return f"{log_segment(segment, by=None).number} logged"


def _in_threads(*acts: list[Any]) -> list[object]:
    """Do something with segments, each in a thread of its own, and return what became of it."""
    start = threading.Barrier(len(acts))
    outcomes: list[object] = []

    def run(act: Callable[[Segment], object], number: str) -> None:
        segment = Segment.objects.get(number=number)
        start.wait(30)
        try:
            outcomes.append(act(segment))
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_d13_two_processes_make_one_logged_segment_and_one_refusal(crowd, spring, holm, child):
    with child_process() as other:
        for round_ in range(ROUNDS):
            segment = filled(f"SM-{round_}", spring, holm)
            for process in (child, other):
                process.begin(segment)
            outcomes = [process.outcome()[0] for process in (child, other)]
            assert sorted(outcomes) == ["done", "refused"]
            assert is_logged_whole(Segment(pk=-1, number=segment.number))


def edit_line(segment: Segment) -> str:
    """As a person who looks at a line, before it is logged or after."""
    line = segment.sheet().order_by("?").first()
    if not line:
        return "too late"
    change_line(line, by=None, description="Edited")
    return "edited"


def test_who_edits_while_it_is_logged_is_either_logged_or_told(crowd, spring, holm):
    """No edit is lost: what was saved is in the log, what came too late was refused."""
    for round_ in range(ROUNDS):
        segment = filled(f"SM-{round_}", spring, holm)
        outcomes = _in_threads([log, segment.number], [edit_line, segment.number])
        assert f"{segment.number} logged" in outcomes
        assert is_logged_whole(Segment(pk=-1, number=segment.number))
        edited = InteractionLogEntry.objects.filter(
            logged_segment__number=segment.number, description="Edited"
        )
        refused = any(isinstance(outcome, Refused) for outcome in outcomes)
        assert edited.count() == outcomes.count("edited"), outcomes
        assert len(outcomes) == 2
        assert "edited" in outcomes or "too late" in outcomes or refused, outcomes


def test_two_different_segments_are_logged_at_the_same_time(crowd, spring, holm):
    segments = [filled(number, spring, holm) for number in ("SM-A", "SM-B")]
    outcomes = _at_once("SM-A", "SM-B")
    assert sorted(map(str, outcomes)) == ["SM-A logged", "SM-B logged"]
    assert all(is_logged_whole(segment) for segment in segments)


@contextmanager
def between_check_and_insert(act: Callable[[], None]) -> Iterator[None]:
    """Do something when the interactions are about to be written, after everything is checked."""

    def watch(execute, sql, *arguments):
        if sql.startswith(f"INSERT INTO {ENTRIES}"):
            act()
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        yield


def block_one() -> None:
    Contact.objects.filter(number="T7").update(privacy_blocked=True)


def in_a_connection_of_its_own(act: Callable[[], None]) -> None:
    def run() -> None:
        act()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)


def test_d12_a_contact_blocked_after_the_check_is_not_logged(crowd, spring, holm):
    """PostgreSQL lets others change contacts meanwhile; SQLite does not, the test does."""
    segment = filled("SM-A", spring, holm)
    before = (lambda: in_a_connection_of_its_own(block_one)) if is_postgresql() else block_one
    with between_check_and_insert(before), pytest.raises(BlockedByProblems, match=r"1 contact"):
        log_segment(segment, by=None)
    assert not is_logged_whole(segment)
    if is_postgresql():
        assert log_segment(segment, by=None, skip_problems=True).entries_count == LINES - 1


def test_what_changes_after_the_check_and_blocks_nothing_is_no_hindrance(crowd, spring, holm):
    def rename() -> None:
        Contact.objects.filter(number="T7").update(name="Another name")

    segment = filled("SM-A", spring, holm)
    before = (lambda: in_a_connection_of_its_own(rename)) if is_postgresql() else rename
    with between_check_and_insert(before):
        log_segment(segment, by=None)
    assert is_logged_whole(segment)


def test_a_contact_blocked_while_its_segment_is_logged_is_blocked_before_or_after(
    crowd, spring, holm
):
    """Never in between: what is logged was right when it was written."""
    segment = filled("SM-A", spring, holm)
    blocking = threading.Thread(target=in_a_connection_of_its_own, args=[block_one])
    with between_check_and_insert(blocking.start):
        try:
            log_segment(segment, by=None)
            logged = True
        except BlockedByProblems:
            logged = False
    blocking.join(30)
    assert is_logged_whole(segment) == logged
    assert Contact.objects.get(number="T7").privacy_blocked
    entries = InteractionLogEntry.objects.filter(contact__number="T7")
    assert entries.exists() == logged


def merge_one() -> None:
    """T7 turns out to be T8."""
    winner, loser = (Contact.objects.get(number=number) for number in ("T8", "T7"))
    merge_contacts(winner, loser, take={}, by=None)


@contextmanager
def after(statement: str, act: Callable[[], None]) -> Iterator[None]:
    """Do something once, right after a statement that begins so."""
    acts = [act]

    def watch(execute, sql, *arguments):
        result = execute(sql, *arguments)
        if acts and sql.startswith(statement):
            acts.pop()()
        return result

    with connection.execute_wrapper(watch):
        yield


def test_a_contact_merged_while_the_interactions_are_written(crowd, spring, holm):
    """On PostgreSQL they have read whom they are with already; on SQLite the other one waits."""
    if not is_postgresql():
        return
    segment = filled("SM-A", spring, holm)
    merging = after(f"INSERT INTO {ENTRIES}", lambda: in_a_connection_of_its_own(merge_one))
    with merging, pytest.raises(ContactGone, match="deleted or merged while segment SM-A"):
        log_segment(segment, by=None)
    assert Segment.objects.filter(number="SM-A").exists()
    assert not InteractionLogEntry.objects.exists()
    assert log_segment(segment, by=None).entries_count == LINES - 1


def test_a_contact_merged_after_they_are_written_takes_its_interactions_along(crowd, spring, holm):
    """Whoever merges waits until the segment is logged."""
    segment = filled("SM-A", spring, holm)
    merging = threading.Thread(target=in_a_connection_of_its_own, args=[merge_one])
    with after('INSERT INTO "interactions_entryfields"', merging.start):
        log_segment(segment, by=None)
    merging.join(30)
    assert is_logged_whole(segment)
    theirs = InteractionLogEntry.objects.filter(contact__number="T8")
    assert (theirs.count(), Contact.objects.filter(number="T7").exists()) == (2, False)


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"
