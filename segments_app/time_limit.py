"""Questions that are not worth waiting for: they are given up after a time."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from segments_app.errors import TookTooLong

# PostgreSQL's code for a statement that was stopped, and SQLite's.
STOPPED = {"57014", "SQLITE_INTERRUPT"}
# SQLite looks at the clock each time it has done so many steps.
STEPS = 20_000


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ask the database for at most so many seconds; 0 is without end.

    What is written meanwhile is taken back, so it is for questions only. Raises `TookTooLong`.
    """
    if not seconds:
        yield
        return
    try:
        with LIMITS[connection.vendor](seconds):
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
def _postgresql(seconds: float) -> Iterator[None]:
    """Each statement gets what is left of the time."""
    end = time.monotonic() + seconds

    def limited(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left = max(1, int((end - time.monotonic()) * 1000))
        context["cursor"].cursor.execute(f"SET LOCAL statement_timeout = {left}")
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(limited):
            yield
        # The limit goes with what was done under it.
        transaction.set_rollback(True)


@contextmanager
def _sqlite(seconds: float) -> Iterator[None]:
    """No transaction: it would keep everybody else from writing."""
    end = time.monotonic() + seconds
    connection.ensure_connection()
    database: Any = connection.connection
    database.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    finally:
        database.set_progress_handler(None, 0)


LIMITS: dict[str, Callable[[float], AbstractContextManager[None]]] = {
    "postgresql": _postgresql,
    "sqlite": _sqlite,
}
