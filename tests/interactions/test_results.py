"""What sets of interactions came to (R231-R233 as D20 corrects them), and their pictures."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from contacts.errors import Refused
from interactions import operations
from interactions.charts import charts_of, period_label
from interactions.models import CampaignEntry, InteractionLogEntry, LoggedSegment
from interactions.results import Course, Period, Results, course_of, results_by, results_of
from tests.factories import CampaignFactory, EntryFactory

LOG = InteractionLogEntry.objects


@pytest.fixture
def fair(catalogue, anna, spring, jonas):
    """The catalogue went to Anna and Jens as targets of a campaign; Anna answered, twice."""
    campaign = CampaignFactory.create(number="CP0001", description="Fair")
    LOG.all().update(campaign=campaign, campaign_target=True, delivery_state="sent")
    CampaignEntry.objects.create(campaign=campaign, logged_segment=catalogue)
    for day in (20, 21):
        EntryFactory.create(
            contact=anna,
            campaign=campaign,
            template=spring,
            salesperson=jonas,
            campaign_response=True,
            date=datetime.date(2026, 4, day),
            cost=1,
            duration=3,
        )
    return campaign


def test_contacts_count_once_in_the_response_rate(fair):
    results = results_of(LOG.of_campaign(fair))
    assert (results.interactions, results.contacts) == (4, 2)
    assert (results.targeted, results.responded, results.response_rate) == (2, 1, Decimal("50.0"))
    assert (results.cost, results.cost_per_response) == (Decimal(18), Decimal("18.00"))
    assert (results.duration, results.duration_per_response) == (10, 10)
    assert (results.sent, results.failed) == (2, 0)


def test_a_logged_segment_knows_who_answered_its_campaign(fair, catalogue):
    results = results_of(LOG.of_segment(catalogue))
    assert (results.interactions, results.targeted, results.responded) == (2, 2, 1)


def test_canceled_ones_never_count(fair, catalogue, to_jens):
    operations.cancel_entry(to_jens, by=None)
    assert results_of(LOG.of_campaign(fair)).targeted == 1
    operations.cancel_campaign_entry(CampaignEntry.objects.get(), by=None)
    assert results_of(LOG.of_campaign(fair)).targeted == 0
    operations.uncancel_campaign_entry(CampaignEntry.objects.get(), by=None)
    assert results_of(LOG.of_campaign(fair)).targeted == 1, "Jens stays canceled"


def test_nothing_divides_by_nothing():
    empty = Results(0, 0, Decimal(0), 0, 0, 0, 0, 0)
    assert (empty.response_rate, empty.cost_per_response) == (None, None)
    assert empty.duration_per_response is None
    assert charts_of(course_of(LOG.none(), empty)) == []


@pytest.mark.parametrize("by", ["template", "group", "salesperson", "campaign"])
def test_every_table_adds_up_to_the_whole(fair, by):
    rows = results_by(LOG.all(), by)
    assert sum(row.results.interactions for row in rows) == 4
    assert [row.results.responded for row in rows] == [1]


def test_the_course_has_no_gaps(fair, anna):
    EntryFactory.create(contact=anna, date=datetime.date(2026, 9, 1))
    entries = LOG.all()
    course = course_of(entries, results_of(entries))
    assert (course.unit, len(course.periods)) == ("month", 7)
    assert [period.interactions for period in course.periods] == [2, 2, 0, 0, 0, 0, 1]
    assert [period.responses for period in course.periods] == [0, 2, 0, 0, 0, 0, 0]


def test_a_chart_says_in_words_what_it_shows(fair):
    entries = LOG.all()
    interactions, cost, responses = charts_of(course_of(entries, results_of(entries)))
    assert interactions.sentence.startswith("Interactions from ")
    assert cost.title == "Cost"
    assert max(column.height for column in responses.columns) <= responses.height
    assert all(column.height >= 0 for column in interactions.columns)


def test_large_numbers_have_room_beside_the_columns():
    day = datetime.date(2026, 3, 1)
    for count, most in ((900, 44), (1_500_000, 80)):
        chart = charts_of(Course("month", [Period(day, count, Decimal(0), 0)]))[0]
        longest = max(len(shown) for _y, shown in chart.lines)
        assert 6 * longest < chart.left <= most
        assert chart.columns[0].x > chart.left


def test_one_query_each(fair, django_assert_num_queries):
    with django_assert_num_queries(3):
        results = results_of(LOG.all())
        course_of(LOG.all(), results)
        results_by(LOG.all(), "template")


def test_deleting_a_canceled_segment_leaves_its_interactions_canceled(catalogue, fair):
    """D19."""
    with pytest.raises(Refused):
        operations.delete_canceled_segments(LoggedSegment.objects.all(), by=None, seen=1)
    operations.cancel_logged_segment(catalogue, by=None)
    gone = operations.delete_canceled_segments(LoggedSegment.objects.all(), by=None, seen=1)
    assert gone == (1, 2)
    assert not LoggedSegment.objects.exists()
    assert LOG.canceled_alone().count() == 2
    assert LOG.filter(logged_segment=None).count() == 4


def test_deleting_a_campaign_entry_leaves_its_interactions_canceled(fair, catalogue):
    entry = CampaignEntry.objects.get()
    with pytest.raises(Refused, match="Only what is canceled"):
        operations.delete_campaign_entry(entry, by=None)
    operations.cancel_campaign_entry(entry, by=None)
    assert operations.delete_campaign_entry(entry, by=None) == 2
    assert LOG.canceled_alone().count() == 2


def test_periods_are_named_as_people_of_the_language_write_them():
    august = Period(datetime.date(2026, 8, 17), 1, Decimal(0), 0)
    assert period_label(august, "week") == "17 Aug"
    with translation.override("da"):
        assert period_label(august, "week") == "17. aug"
        assert period_label(august, "month") == "aug 2026"
