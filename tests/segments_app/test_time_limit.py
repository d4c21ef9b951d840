"""A question that takes too long is given up, and nobody waits for it (D2)."""

import socket
import time
from threading import Timer

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest

from contacts.models import Contact
from segments_app.errors import TookTooLong
from segments_app.time_limit import within
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db

# Counts for longer than anybody waits, on either database.
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
    "SELECT COUNT(*) FROM n"
)


def test_a_long_question_is_given_up_and_the_next_one_is_answered():
    ContactFactory()
    with pytest.raises(TookTooLong, match="given up after 0 seconds"), within(0.2):
        connection.cursor().execute(ENDLESS)
    assert Contact.objects.count() == 1


def test_what_was_tried_in_a_transaction_of_its_own_is_given_up_too():
    """As refreshing is: it is done, and taken back."""
    ContactFactory()
    with pytest.raises(TookTooLong), within(0.2), transaction.atomic():
        connection.cursor().execute(ENDLESS)
    assert Contact.objects.count() == 1


def test_the_limit_ends_with_the_question():
    with within(0.2):
        assert Contact.objects.count() == 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)
    ContactFactory()
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("seconds", [60, 0])
def test_a_question_nobody_waits_for_is_stopped_and_the_next_one_is_answered(seconds):
    ContactFactory()
    ours, theirs = socket.socketpair()
    request = HttpRequest()
    request.META["gunicorn.socket"] = ours
    with ours, theirs:
        Timer(0.3, theirs.close).start()
        start = time.monotonic()
        with pytest.raises(TookTooLong), within(seconds, request):
            connection.cursor().execute(ENDLESS)
        assert time.monotonic() - start < 20
    assert Contact.objects.count() == 1


def test_a_question_somebody_waits_for_is_answered():
    ours, theirs = socket.socketpair()
    request = HttpRequest()
    request.META["gunicorn.socket"] = ours
    with ours, theirs, within(60, request):
        time.sleep(0.6)
        assert Contact.objects.count() == 0


def test_other_errors_are_what_they_are():
    with pytest.raises(OperationalError), within(5):
        raise OperationalError("disk full")


def test_without_a_limit_nothing_is_watched():
    with within(0):
        ContactFactory()
    assert Contact.objects.count() == 1
