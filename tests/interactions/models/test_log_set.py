"""The log, newest first, also while many interactions are being written."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction

from interactions.models import InteractionLogEntry, LoggedSegment
from tests.factories import ContactFactory, EntryFactory, LoggedSegmentFactory

LOG = InteractionLogEntry.objects


def newest() -> list[str]:
    return [entry.description for entry in LOG.newest_first()]


def written(segment: LoggedSegment | None, *descriptions: str) -> None:
    for description in descriptions:
        EntryFactory.create(description=description, logged_segment=segment)
    if segment:
        segment.take_in(len(descriptions))


@pytest.mark.django_db
def test_what_was_written_last_comes_first_whatever_it_belongs_to():
    spring, autumn = LoggedSegmentFactory.create(), LoggedSegmentFactory.create()
    written(spring, "Catalogue")
    written(None, "Phone call")
    written(autumn, "Fair")
    written(spring, "Catalogue again")
    assert newest() == ["Catalogue again", "Fair", "Phone call", "Catalogue"]
    spring.delete()
    assert newest() == ["Catalogue again", "Fair", "Phone call", "Catalogue"]


@pytest.mark.django_db
def test_a_segment_of_which_nobody_knows_the_highest_hides_nothing():
    written(None, "Phone call")
    EntryFactory.create(description="Catalogue", logged_segment=LoggedSegmentFactory.create())
    assert newest() == ["Catalogue", "Phone call"]


@pytest.fixture
def half_logged() -> Iterator[None]:
    """Somebody else's segment, of which the interactions are written and not committed."""
    there, done = threading.Event(), threading.Event()
    anna = ContactFactory.create(first_name="Anna")

    def log() -> None:
        with transaction.atomic():
            written(LoggedSegmentFactory.create(), *["Fair"] * 3)
            there.set()
            done.wait(60)
            transaction.set_rollback(True)
        connections.close_all()

    written(None, f"Phone call with {anna.first_name}")
    logging = threading.Thread(target=log)
    logging.start()
    assert there.wait(60)
    yield
    done.set()
    logging.join()


@pytest.mark.django_db(transaction=True)
def test_what_is_being_logged_is_passed_by_the_index(half_logged):
    assert newest() == ["Phone call with Anna"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
            assert "Index Cond: (id <= GREATEST" in LOG.newest_first()[:50].explain()
            cursor.execute("RESET enable_seqscan")
