"""Campaigns in the browser."""

import pytest
from django.urls import reverse

from interactions import operations
from interactions.models import Campaign, CampaignEntry
from tests.factories import CampaignFactory, SalespersonFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
CREATE = reverse("interactions:campaign_create")


def test_mette_creates_a_campaign_and_gets_the_next_free_number(mette):
    CampaignFactory.create(number="CP0001")
    response = signed_in(mette).post(CREATE, {"description": "Spring"}, follow=True)
    assert "Campaign CP0002 created." in response.text
    assert Campaign.objects.get(number="CP0002").description == "Spring"


def test_a_number_typed_by_hand_is_taken_if_it_is_free(mette):
    client = signed_in(mette)
    client.post(CREATE, {"description": "Spring", "number": "SPRING-26"})
    assert Campaign.objects.filter(number="SPRING-26").exists()
    again = client.post(CREATE, {"description": "Another", "number": "SPRING-26"})
    assert "already exists" in again.text
    for number in ("A/B", "a b", "x" * 21):
        page = client.post(CREATE, {"description": "Bad", "number": number})
        assert page.context["form"].errors["number"]
    assert Campaign.objects.count() == 1


def test_a_campaign_does_not_end_before_it_starts(mette):
    dates = {"starts": "2026-05-01", "ends": "2026-04-01"}
    page = signed_in(mette).post(CREATE, {"description": "Spring", **dates})
    assert "The campaign ends before it starts." in page.text
    assert not Campaign.objects.exists()


def test_updating_keeps_the_number_and_a_blocked_salesperson(mette):
    lise = SalespersonFactory.create(blocked=True)
    campaign = CampaignFactory.create(number="CP0007", salesperson=lise)
    url = reverse("interactions:campaign_update", args=["CP0007"])
    data = {"description": "Summer", "salesperson": lise.pk, "number": "HACK"}
    response = signed_in(mette).post(url, data, follow=True)
    assert "Campaign CP0007 saved." in response.text
    campaign.refresh_from_db()
    assert (campaign.number, campaign.description) == ("CP0007", "Summer")
    assert campaign.salesperson == lise


def test_a_blocked_salesperson_cannot_be_chosen_anew(mette):
    lise = SalespersonFactory.create(blocked=True)
    page = signed_in(mette).post(CREATE, {"description": "Summer", "salesperson": lise.pk})
    assert page.context["form"].errors["salesperson"]


def test_the_reader_looks_but_does_not_touch(rasmus):
    campaign = CampaignFactory.create()
    client = signed_in(rasmus)
    assert client.get(campaign.get_absolute_url()).status_code == 200
    assert client.get(reverse("interactions:campaign_list")).status_code == 200
    assert client.get(CREATE).status_code == 403
    url = reverse("interactions:campaign_update", args=[campaign.number])
    assert client.post(url, {"description": "x"}).status_code == 403


def test_statistics_of_a_campaign_leave_out_what_is_canceled(
    catalogue, to_jens, rasmus, django_assert_max_num_queries
):
    campaign = CampaignFactory.create()
    catalogue.entries.update(campaign=campaign)
    operations.cancel_entry(to_jens, by=None)
    client = signed_in(rasmus)
    client.get(campaign.get_absolute_url())
    with django_assert_max_num_queries(9):
        page = client.get(campaign.get_absolute_url())
    totals = page.context["totals"]
    assert (totals.interactions, totals.contacts, totals.cost, totals.duration) == (1, 1, 8, 2)


def test_statistics_segments_and_their_canceling(catalogue, mette, maria):
    campaign = CampaignFactory.create(number="CP0009", description="Fair")
    catalogue.entries.update(campaign=campaign, campaign_target=True)
    entry = CampaignEntry.objects.create(campaign=campaign, logged_segment=catalogue)
    client = signed_in(maria)
    page = client.get(reverse("interactions:campaign_statistics", args=["CP0009"]))
    assert "<svg" in page.text
    assert page.context["results"].targeted == 2
    assert "SM00001" in client.get(reverse("interactions:campaign_segments", args=["CP0009"])).text
    cancel = reverse("interactions:campaign_entry_cancel", args=[entry.pk])
    assert signed_in(mette).post(cancel).status_code == 403
    assert "no longer count" in client.post(cancel, follow=True).text
    assert not campaign.interactionlogentry_set.counting().exists()
    client.post(cancel, {"uncancel": "on"})
    assert campaign.interactionlogentry_set.counting().count() == 2
    delete = reverse("interactions:campaign_entry_delete", args=[entry.pk])
    canceled = client.post(cancel, follow=True).text
    assert "0.00 DKK" in canceled, "it costs nothing any more"
    assert "2 interactions stay in the log" in client.post(delete, follow=True).text


def test_without_interactions_there_are_no_figures(to_anna, mette):
    campaign = CampaignFactory.create(number="CP0001")
    url = reverse("interactions:campaign_statistics", args=[campaign.number])
    client = signed_in(mette)
    assert "No interactions yet" in client.get(url).text
    assert "Response rate" not in client.get(url).text
    to_anna.campaign = campaign
    to_anna.save()
    assert "Response rate" in client.get(url).text
    period = {"date_from": "2001-01-01", "date_to": "2001-01-02"}
    nothing = client.get(reverse("interactions:statistics"), period).text
    assert "Nothing that counts was logged in this period." in nothing


def test_a_new_campaign_begins_with_a_segment(mette):
    fair = CampaignFactory.create(number="CP0001", description="Autumn fair")
    client = signed_in(mette)
    page = client.get(fair.get_absolute_url()).text
    assert "/segments/create/?campaign=CP0001" in page
    assert "Follow up who has not responded" not in page
    form = client.get("/segments/create/?campaign=CP0001").context["form"]
    assert form["campaign"].value() == fair.pk


def test_a_campaign_with_interactions_is_followed_up(to_anna, mette):
    to_anna.campaign = CampaignFactory.create(number="CP0001")
    to_anna.save()
    client = signed_in(mette)
    for tab in ("", "statistics/", "segments/"):
        page = client.get(f"{to_anna.campaign.get_absolute_url()}{tab}").text
        assert "Follow up who has not responded" in page
        assert "/segments/create/" not in page
