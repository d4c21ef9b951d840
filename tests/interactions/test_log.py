"""What can be asked of the log, and what it adds up to."""

import datetime
from decimal import Decimal

import pytest

from interactions import operations
from interactions.models import InteractionLogEntry
from tests.factories import ContactFactory, EntryFactory

pytestmark = pytest.mark.django_db


def test_totals_count_contacts_once_and_nothing_that_is_canceled_or_postponed(
    catalogue, to_jens, anna, spring, jonas
):
    same = {"contact": anna, "template": spring, "salesperson": jonas}
    EntryFactory.create(**same, cost="12.50", duration=15, date=datetime.date(2026, 4, 1))
    EntryFactory.create(**same, cost=100, postponed=True)
    operations.cancel_entry(to_jens, by=None)

    totals = InteractionLogEntry.objects.of_template(spring).counting().totals()
    assert (totals.interactions, totals.contacts) == (2, 1)
    assert (totals.cost, totals.duration) == (Decimal("20.50"), 17)
    assert totals.last_date == datetime.date(2026, 4, 1)


def test_totals_of_nothing_are_zero():
    totals = InteractionLogEntry.objects.counting().totals()
    assert (totals.interactions, totals.contacts, totals.duration) == (0, 0, 0)
    assert totals.cost == 0


def test_correspondence_types_the_most_used_first(catalogue, jens, spring):
    EntryFactory.create(contact=jens, template=spring, correspondence_type="email")
    EntryFactory.create(contact=jens, template=spring)
    totals, by_type = InteractionLogEntry.objects.totals_by_type()
    assert by_type == [("E-mail", 2), ("Hard copy", 1), ("no correspondence type", 1)]
    assert totals == InteractionLogEntry.objects.totals()


def test_a_company_has_the_entries_of_its_persons(catalogue, nordisk, anna):
    EntryFactory.create(contact=ContactFactory.create())
    assert InteractionLogEntry.objects.for_contact(nordisk).count() == 2
    assert InteractionLogEntry.objects.for_contact(anna).count() == 1


@pytest.mark.parametrize(
    ("flow", "title"),
    [
        ("outbound", "Spring catalogue - by Jonas Olsen"),
        ("inbound", "Spring catalogue - from Anna Sørensen"),
        ("", "Spring catalogue"),
    ],
)
def test_the_title_says_who_turned_to_whom(to_anna, flow, title):
    to_anna.information_flow = flow
    assert to_anna.title == title


def test_an_inbound_entry_outlives_its_contact(to_anna):
    to_anna.information_flow, to_anna.contact = "inbound", None
    assert to_anna.title == "Spring catalogue"


def test_a_day_is_told_by_its_times(jens):
    """R199; what has no time comes last."""
    june = datetime.date(2026, 6, 1)
    for subject, day, time in (
        ("late", 1, datetime.time(16, 5)),
        ("early", 1, datetime.time(8, 15)),
        ("none", 1, None),
        ("after", 2, None),
        ("before", 0, datetime.time(23, 59)),
    ):
        date = june + datetime.timedelta(days=day - 1)
        EntryFactory.create(contact=jens, date=date, time=time, subject=subject)
    timeline = InteractionLogEntry.objects.for_contact(jens).in_timeline()
    told = list(timeline.values_list("subject", flat=True))
    assert told == ["after", "late", "early", "none", "before"]
