"""Processes that send the e-mails of a job and are killed while they do.

Run as a module with the test database in DATABASE_URL and the mail server in EMAIL_...: `pk kills
seed`. Kills so many workers at random moments, then lets one finish; prints how many it killed.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta

import django


def main() -> None:
    django.setup()
    from django.urls import reverse

    from interactions.delivery import sending

    pk, kills, seed = map(int, sys.argv[1:])
    sending.RETRY_MINUTES = (0, 0, 0, 0)
    sending.TROUBLE_SECONDS = (0, 0, 0, 0, 0)
    reverse("start")  # Loads all pages, which every worker would do again.
    moments = random.Random(seed)
    killed = sum(kill(pk, moments.uniform(0.1, 0.7)) for _ in range(kills // 2))
    for worst in (False, True) * (kills // 4):
        killed += kill(pk, 60, die_after=moments.randint(1, 80), handed_over=worst)
    finish(pk)
    print(killed)  # noqa: T201


def kill(pk: int, seconds: float, *, die_after: int = 0, handed_over: bool = False) -> bool:
    """Start a worker, and kill it unless it is done before; the job is free again after.

    After so many seconds; or at the e-mail with that number, right before or after the mail server
    has taken it, which time alone rarely meets.
    """
    worker = os.fork()
    if not worker:
        if die_after:
            die_at(die_after, handed_over)
        finish(pk)
        os._exit(0)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not is_over(worker):
        time.sleep(0.02)
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    let_the_worker_be_silent(pk)
    return os.WIFSIGNALED(status)


def is_over(worker: int) -> bool:
    """Whether it has ended, without taking note of it."""
    return os.waitid(os.P_PID, worker, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def die_at(count: int, handed_over: bool) -> None:
    from interactions.delivery import sending

    hand_over = sending._Sender._hand_over
    left = count

    def dying(self, message):
        nonlocal left
        left -= 1
        if not left and not handed_over:
            os.kill(os.getpid(), signal.SIGKILL)
        outcome = hand_over(self, message)
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return outcome

    sending._Sender._hand_over = dying  # type: ignore[method-assign]


def finish(pk: int) -> None:
    from interactions.delivery.sending import send_some

    while send_some(pk):
        pass


def let_the_worker_be_silent(pk: int) -> None:
    """As if the time had passed after which it is taken for dead."""
    from django.db import connection

    from interactions.models import DeliveryJob

    long_ago = django.utils.timezone.now() - timedelta(hours=1)
    DeliveryJob.objects.filter(pk=pk).update(alive_at=long_ago)
    connection.close()  # No connection may be shared with the next worker.


if __name__ == "__main__":
    main()
