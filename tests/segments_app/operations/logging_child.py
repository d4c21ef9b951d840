"""A process that logs segments and is killed while it does.

Run as a module with the test database in DATABASE_URL. Each line of standard input says which
segment to log and when to kill the process that logs it: `SM1 never`, `SM1 after 0.02` (seconds) or
`SM1 write 3` (right after the third statement that writes). It answers with one line: "killed",
"done" or "refused", and the seconds it took.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

import django

# What became of a process that was not killed, by its exit status.
ENDS = {0: "done", 3: "refused"}
WRITES = ("INSERT", "UPDATE", "DELETE")


def main() -> None:
    django.setup()
    # Imported before the fork, so that it is not imported again in each process.
    import segments_app.operations  # noqa: F401

    for line in sys.stdin:
        number, how, *moment = line.split()
        started = time.monotonic()
        child = os.fork()
        if not child:
            log(number, int(moment[0]) if how == "write" else 0)
        if how == "after":
            time.sleep(float(moment[0]))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        outcome = "killed" if os.WIFSIGNALED(status) else ENDS[os.WEXITSTATUS(status)]
        sys.stdout.write(f"{outcome} {time.monotonic() - started}\n")
        sys.stdout.flush()


def log(number: str, last_write: int) -> NoReturn:
    from django.db import connection

    from contacts.errors import Refused
    from segments_app.models import Segment
    from segments_app.operations import log_segment

    try:
        with connection.execute_wrapper(killer(last_write)):
            log_segment(Segment.objects.get(number=number), by=None)
    except (Refused, Segment.DoesNotExist):
        os._exit(3)
    os._exit(0)


def killer(last_write: int) -> Callable[..., Any]:
    """Wraps statements; kills this process after the given write."""
    written = 0

    def execute(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        result = execute(sql, params, many, context)
        written += sql.startswith(WRITES)
        if last_write and written == last_write:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return execute


if __name__ == "__main__":
    main()
