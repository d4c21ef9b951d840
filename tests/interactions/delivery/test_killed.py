"""2,000 e-mails, a mail server that misbehaves, and workers that are killed at random moments."""

import datetime
import os
import random
import subprocess
import sys
from collections import Counter

import pytest
from django.db import transaction

from contacts.models import Contact
from interactions.delivery.jobs import deliver
from interactions.models import (
    DeliveryJob,
    DeliveryState,
    EmailAttachment,
    EntryFields,
    InteractionLogEntry,
    LoggedSegment,
)
from tests.factories import LoggedSegmentFactory
from tests.rounds import MOMENTS
from tests.segments_app.operations.test_logging_whole import database_url

from .conftest import fields_of
from .server import Handler

# How many e-mails of each kind in a mailing; what the mail server does with them: `Handler`.
KINDS = {
    "anna": 425,
    "refuse": 15,
    "content": 8,
    "later": 15,
    "drop": 15,
    "slow": 7,
    "lose": 8,
    "keep": 7,
}
# So many mailings are sent at the same time, 2,000 e-mails; of each so many workers are killed.
MAILINGS = 4
KILLS = MOMENTS


@pytest.fixture
def mailings(spring_mail, jonas) -> list[LoggedSegment]:
    """To 500 contacts each, without attachment."""
    spring_mail.template.email_attachment = EmailAttachment.NONE
    spring_mail.template.save()
    return [mailing(number, spring_mail, jonas) for number in range(MAILINGS)]


def mailing(number: int, spring_mail, jonas) -> LoggedSegment:
    kinds = [kind for kind, count in KINDS.items() for _ in range(count)]
    random.Random(number).shuffle(kinds)
    contacts = Contact.objects.bulk_create(
        Contact(
            number=f"K{number}{n:05d}",
            name=f"Anna {n}",
            type="person",
            email=f"{kind}-{number}-{n}@x.example",
        )
        for n, kind in enumerate(kinds)
    )
    segment: LoggedSegment = LoggedSegmentFactory.create(entries_count=len(contacts))
    entries = InteractionLogEntry.objects.bulk_create(
        InteractionLogEntry(
            logged_segment=segment,
            line=line,
            contact=contact,
            template=spring_mail.template,
            group=spring_mail.template.group,
            salesperson=jonas,
            language=spring_mail.language,
            date=datetime.date(2026, 3, 12),
            description="Spring",
            correspondence_type="email",
        )
        for line, contact in enumerate(contacts)
    )
    EntryFields.objects.bulk_create(
        EntryFields(entry=entry, fields=fields_of(entry.contact))  # type: ignore[arg-type]
        for entry in entries
    )
    return segment


def send_and_kill(jobs: list[DeliveryJob], settings, seed: int) -> int:
    """Send all at the same time; return how many workers were killed before the last finished."""
    options = settings.MAILERS["default"]["OPTIONS"]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "EMAIL_HOST": options["host"],
        "EMAIL_PORT": str(options["port"]),
        "EMAIL_SECURITY": "none",
        "EMAILS_PER_MINUTE": "0",
        "LOG_LEVEL": "ERROR",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "tests.interactions.delivery.sending_child"]
    done = subprocess.run(
        [*command, str(KILLS), str(seed), *(str(job.pk) for job in jobs)],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_twice_and_nothing_is_lost(server: Handler, mailings, settings):
    with transaction.atomic():
        jobs = [deliver(mailing, by=None) for mailing in mailings]
    seed = random.randrange(10**6)
    killed = send_and_kill(jobs, settings, seed)

    arrived = Counter(to for _, to, _ in server.received)
    entries = InteractionLogEntry.objects.of_segments(LoggedSegment.objects.all())
    states = {entry.delivery_address: entry.delivery_state for entry in entries}
    assert len(states) == MAILINGS * sum(KINDS.values()) == 2000
    assert set(states.values()) <= {"sent", "failed", "unknown"}, "none is forgotten"
    assert {to for to, times in arrived.items() if times > 1} == set(), "none arrives twice"
    for to, state in states.items():
        if state == DeliveryState.SENT:
            assert arrived[to] == 1, f"{to} is said to be sent"
        if state == DeliveryState.FAILED:
            assert arrived[to] == 0, f"{to} is said to have failed"
            assert to.startswith(("refuse", "content"))
    in_doubt = [to for to, state in states.items() if state == DeliveryState.UNKNOWN]
    by_the_server = [to for to in in_doubt if to.startswith(("lose", "keep"))]
    assert len(in_doubt) - len(by_the_server) <= killed, "at most one for each killed worker"
    assert len(by_the_server) >= MAILINGS * (KINDS["lose"] + KINDS["keep"]) - killed
    assert killed >= MAILINGS, "of each at least one"
    assert set(DeliveryJob.objects.values_list("state", flat=True)) == {"done"}
