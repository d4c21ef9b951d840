"""What happened with Nordisk and its people, added up (D20, R231, R232)."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from interactions.models import LoggedSegment
from interactions.statistics import campaigns_of, statistics_of
from tests.factories import CampaignFactory, CompanyFactory, ContactFactory, EntryFactory

pytestmark = pytest.mark.django_db


def day(n: int) -> datetime.date:
    return datetime.date(2026, 3, n)


@pytest.fixture
def nordisk():
    return CompanyFactory.create(number="C1", name="Nordisk")


@pytest.fixture
def anna(nordisk):
    return ContactFactory.create(number="P1", company=nordisk)


@pytest.fixture
def happened(nordisk, anna):
    """Two letters and a call that failed; and what does not count."""
    bo = ContactFactory.create(company=nordisk)
    EntryFactory.create(contact=anna, date=day(1), cost=8, duration=2, initiated_by="us")
    EntryFactory.create(contact=bo, date=day(2), cost=5, duration=10, initiated_by="them")
    EntryFactory.create(contact=nordisk, date=day(3), initiated_by="us", attempt_failed=True)
    for how in ({"canceled": True}, {"postponed": True}):
        EntryFactory.create(contact=anna, date=day(9), cost=99, duration=99, **how)
    canceled = LoggedSegment.objects.create(number="LS1", description="Off", canceled=True)
    EntryFactory.create(contact=anna, date=day(9), cost=99, duration=99, logged_segment=canceled)


def test_a_companys_figures_are_given_with_its_persons_and_alone(
    nordisk, happened, django_assert_num_queries
):
    with django_assert_num_queries(2):
        everyone, alone = statistics_of(nordisk)
    assert (everyone.interactions, everyone.contacts) == (3, 3)
    assert (everyone.cost, everyone.duration) == (Decimal(13), 12)
    assert (everyone.last_attempt, everyone.last_interaction) == (day(3), day(2))
    assert (alone.interactions, alone.contacts, alone.cost) == (1, 1, Decimal(0))
    assert (alone.last_attempt, alone.last_interaction) == (day(3), None)


def test_a_persons_figures_leave_out_what_does_not_count(anna, happened):
    (figures,) = statistics_of(anna)
    assert (figures.interactions, figures.cost, figures.duration) == (1, Decimal(8), 2)
    assert figures.last_attempt == figures.last_interaction == day(1)
    (nothing,) = statistics_of(ContactFactory.create())
    assert (nothing.interactions, nothing.cost, nothing.last_attempt) == (0, Decimal(0), None)


def test_campaigns_say_what_they_came_to(nordisk, anna):
    fair, spring = CampaignFactory.create(number="CP1"), CampaignFactory.create(number="CP2")
    EntryFactory.create(contact=anna, campaign=fair, date=day(5), cost=8)
    EntryFactory.create(contact=nordisk, campaign=fair, date=day(6), campaign_response=True)
    EntryFactory.create(contact=anna, campaign=spring, date=day(7), canceled=True)
    EntryFactory.create(contact=anna, date=day(8))
    (row,) = campaigns_of(nordisk)
    assert row["campaign__number"] == "CP1"
    assert (row["interactions"], row["responded"], row["sum_cost"]) == (2, 1, Decimal(8))
    (row,) = campaigns_of(anna)
    assert (row["interactions"], row["responded"]) == (1, 0)


@pytest.mark.parametrize("name", ["contact_statistics", "campaigns_for_contact"])
def test_the_pages_are_for_those_who_may_see_the_log(client, anna, happened, rasmus, name):
    url = reverse(f"interactions:{name}", args=["P1"])
    assert client.get(url).url.startswith("/accounts/login/")
    client.force_login(rasmus)
    assert client.get(url).status_code == 200
    rasmus.groups.clear()
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("entries", [2, 40])
def test_the_pages_ask_as_often_for_much_as_for_little(
    client, anna, rasmus, entries, django_assert_max_num_queries
):
    for n in range(entries):
        EntryFactory.create(contact=anna, campaign=CampaignFactory.create(number=f"CP{n}"))
    client.force_login(rasmus)
    with django_assert_max_num_queries(8):
        text = client.get(
            reverse("interactions:contact_statistics", args=["P1"]), headers={"HX-Request": "true"}
        ).text
    assert "<html" not in text
    assert f">{entries}<" in text
    with django_assert_max_num_queries(8):
        response = client.get(reverse("interactions:campaigns_for_contact", args=["P1"]))
    assert len(response.context["campaigns"]) == entries
