"""Questions that are not worth waiting for: given up after a time, or when nobody waits."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import psycopg
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest
from psycopg.pq import TransactionStatus

from segments_app.errors import TookTooLong
from segments_app.waiting import is_waited_for

# PostgreSQL's code for a statement that was stopped, and SQLite's.
STOPPED = {"57014", "SQLITE_INTERRUPT"}
# SQLite looks whether to go on each time it has done so many steps, PostgreSQL is watched.
STEPS = 20_000
LOOK_SECONDS = 0.25
# The longest limit that PostgreSQL is given for a statement.
DAY = 24 * 60 * 60


@dataclass
class Question:
    """What is asked of the database: for how long at most (0: without end), and by whom."""

    seconds: float
    request: HttpRequest | None
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        return self.begun + (self.seconds or math.inf) - time.monotonic()

    def is_waited_for(self) -> bool:
        return self.request is None or is_waited_for(self.request)

    def is_over(self) -> bool:
        return self.seconds_left < 0 or not self.is_waited_for()


@contextmanager
def within(seconds: float, request: HttpRequest | None = None) -> Iterator[None]:
    """Ask the database for at most so many seconds; 0 is without end.

    With the `request` that asks, only as long as somebody waits for its answer. What is written
    meanwhile is taken back, so it is for questions only. Raises `TookTooLong`, in both cases.
    """
    if not seconds and request is None:
        yield
        return
    try:
        with LIMITS[connection.vendor](Question(seconds, request)):
            yield
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        raise TookTooLong(seconds) from error


def _was_stopped(error: OperationalError) -> bool:
    cause: Any = error.__cause__
    codes = {getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)}
    return bool(codes & STOPPED)


@contextmanager
def _postgresql(question: Question) -> Iterator[None]:
    """Each statement gets what is left of the time, and is stopped from beside."""

    def limited(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if connection.connection.info.transaction_status == TransactionStatus.INERROR:
            # A statement was stopped: what comes now takes back what was tried.
            return execute(sql, params, many, context)
        left = max(1, int(min(question.seconds_left, DAY) * 1000))
        context["cursor"].cursor.execute(f"SET LOCAL statement_timeout = {left}")
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(limited), _watched(question):
            yield
        # The limit goes with what was done under it.
        transaction.set_rollback(True)


@contextmanager
def _watched(question: Question) -> Iterator[None]:
    """Look from a thread, again and again, whether somebody waits; stop the statement if not."""
    if question.request is None:
        yield
        return
    database: Any = connection.connection
    answered = Event()

    def watch() -> None:
        while not answered.wait(LOOK_SECONDS):
            if not question.is_waited_for():
                _stop(database)

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        answered.set()
        thread.join()


def _stop(database: Any) -> None:
    """Ask PostgreSQL on a connection of its own; if that fails, the next look asks again."""
    try:
        database.cancel_safe(timeout=LOOK_SECONDS)
    except psycopg.Error:
        return


@contextmanager
def _sqlite(question: Question) -> Iterator[None]:
    """No transaction: it would keep everybody else from writing."""
    connection.ensure_connection()
    database: Any = connection.connection
    database.set_progress_handler(question.is_over, STEPS)
    try:
        yield
    finally:
        database.set_progress_handler(None, 0)


LIMITS: dict[str, Callable[[Question], AbstractContextManager[None]]] = {
    "postgresql": _postgresql,
    "sqlite": _sqlite,
}
