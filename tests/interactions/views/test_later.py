"""Figures of long logs come after the page; of short ones with it."""

import pytest
from django.urls import reverse

from interactions.models import Campaign, CampaignEntry
from tests.factories import CampaignFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(catalogue, spring) -> list[str]:
    campaign = CampaignFactory.create(number="CP0009")
    catalogue.entries.update(campaign=campaign)
    catalogue.entries_count = 2
    catalogue.save()
    return [
        catalogue.get_absolute_url(),
        reverse("interactions:logged_segment_header", args=[catalogue.number]),
        reverse("interactions:logged_segment_statistics", args=[catalogue.number]),
        campaign.get_absolute_url(),
        reverse("interactions:campaign_statistics", args=["CP0009"]),
        spring.get_absolute_url(),
        f"{reverse('interactions:statistics')}?by=group",
    ]


def figures_of(page):
    return page.context.get("results") or page.context.get("totals")


def test_a_short_log_is_added_up_with_the_page(pages, rasmus):
    client = signed_in(rasmus)
    for url in pages:
        page = client.get(url)
        assert figures_of(page).interactions == 2, url
        assert "figures=on" not in page.text


def test_a_long_log_is_added_up_after_it(pages, rasmus, monkeypatch):
    monkeypatch.setattr("interactions.views.later.MOST", 1)
    client = signed_in(rasmus)
    for url in pages:
        page = client.get(url)
        assert not figures_of(page), url
        place = page.text.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
        assert place.endswith("figures=on"), url
        fetched = client.get(url.partition("?")[0] + place, headers={"HX-Request": "true"})
        assert figures_of(fetched).interactions == 2, url
        for target in page.text.split('hx-select="#')[1:]:
            assert f'id="{target.partition(chr(34))[0]}"' in fetched.text


def test_the_segments_of_a_long_campaign_are_listed_at_once(pages, catalogue, rasmus, monkeypatch):
    CampaignEntry.objects.create(campaign=Campaign.objects.get(), logged_segment=catalogue)
    url = reverse("interactions:campaign_segments", args=["CP0009"])
    client = signed_in(rasmus)
    assert client.get(url).context["rows"][0][1].interactions == 2
    monkeypatch.setattr("interactions.views.later.MOST", 1)
    page = client.get(url)
    assert page.context["rows"][0][1] is None
    assert "figures=on" in page.text
    assert client.get(url, {"figures": "on"}).context["rows"][0][1].interactions == 2


def test_what_is_asked_of_the_statistics_is_asked_of_the_figures(pages, rasmus, monkeypatch):
    monkeypatch.setattr("interactions.views.later.MOST", 1)
    page = signed_in(rasmus).get(pages[-1])
    assert "?by=group&amp;figures=on" in page.text
