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
    DeliveryState,
    EmailAttachment,
    EntryFields,
    InteractionLogEntry,
    LoggedSegment,
)
from tests.factories import LoggedSegmentFactory
from tests.segments_app.operations.test_logging_whole import database_url

from .conftest import fields_of
from .server import Handler

# How many e-mails of each kind; what the mail server does with them: `Handler`.
KINDS = {
    "anna": 1700,
    "refuse": 60,
    "content": 30,
    "later": 60,
    "drop": 60,
    "slow": 30,
    "lose": 30,
    "keep": 30,
}
KILLS = 12


@pytest.fixture
def large_mailing(spring_mail, jonas) -> LoggedSegment:
    """2,000 contacts, to be written to without attachment."""
    spring_mail.template.email_attachment = EmailAttachment.NONE
    spring_mail.template.save()
    kinds = [kind for kind, count in KINDS.items() for _ in range(count)]
    random.Random(1).shuffle(kinds)
    contacts = Contact.objects.bulk_create(
        Contact(number=f"K{n:05d}", name=f"Anna {n}", type="person", email=f"{kind}-{n}@x.example")
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


def send_and_kill(job, settings, seed: int) -> int:
    """Return how many workers were killed before the last one finished."""
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
        [*command, str(job.pk), str(KILLS), str(seed)],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_twice_and_nothing_is_lost(server: Handler, large_mailing, settings):
    with transaction.atomic():
        job = deliver(large_mailing, by=None)
    seed = random.randrange(10**6)
    killed = send_and_kill(job, settings, seed)

    arrived = Counter(to for _, to, _ in server.received)
    states = {entry.delivery_address: entry.delivery_state for entry in large_mailing.entries.all()}
    assert len(states) == sum(KINDS.values())
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
    assert len(by_the_server) >= KINDS["lose"] + KINDS["keep"] - killed
    job.refresh_from_db()
    assert job.state == "done"
