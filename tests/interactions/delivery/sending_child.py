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
    killed = sum(kill(pk, moments.uniform(0.1, 0.7)) for _ in range(kills))
    finish(pk)
    print(killed)  # noqa: T201


def kill(pk: int, seconds: float) -> bool:
    """Start a worker, and kill it unless it is done before; the job is free again after."""
    worker = os.fork()
    if not worker:
        finish(pk)
        os._exit(0)
    time.sleep(seconds)
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    let_the_worker_be_silent(pk)
    return os.WIFSIGNALED(status)


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
