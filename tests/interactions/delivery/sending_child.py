"""Processes that send the e-mails of jobs at the same time and are killed while they do.

Run as a module with the test database in DATABASE_URL and the mail server in EMAIL_...: `kills seed
pk...`. Kills so many workers of each job at random moments, then lets one finish; prints how many
it killed.
"""

import os
import random
import signal
import sys
import time
import traceback
from datetime import timedelta

import django

FAILED = 255


def main() -> None:
    django.setup()
    from django.urls import reverse

    from interactions.delivery import sending

    kills, seed, *pks = map(int, sys.argv[1:])
    sending.RETRY_MINUTES = (0, 0, 0, 0)
    sending.TROUBLE_SECONDS = (0, 0, 0, 0, 0)
    reverse("start")  # Loads all pages, which every worker would do again.
    senders = [start(pk, kills, seed + pk) for pk in pks]
    ends = [os.waitstatus_to_exitcode(os.waitpid(sender, 0)[1]) for sender in senders]
    if min(ends) < 0 or FAILED in ends:
        sys.exit(f"the senders ended with {ends}")
    print(sum(ends))  # noqa: T201


def start(pk: int, kills: int, seed: int) -> int:
    """Start a process that has the job sent; its exit status is how many workers it killed."""
    sender = os.fork()
    if sender:
        return sender
    try:
        os._exit(send_and_kill(pk, kills, random.Random(seed)))
    except BaseException:
        traceback.print_exc()
        os._exit(FAILED)


def send_and_kill(pk: int, kills: int, moments: random.Random) -> int:
    killed = sum(kill(pk, moments.uniform(0.1, 0.7)) for _ in range(kills // 2))
    for worst in (False, True) * (kills // 4):
        killed += kill(pk, 60, die_after=moments.randint(1, 80), handed_over=worst)
    finish(pk)
    return killed


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
