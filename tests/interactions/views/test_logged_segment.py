"""Logged segments in the browser."""

import pytest
from django.urls import reverse

from interactions import operations
from tests.factories import EntryFactory, LoggedSegmentFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("interactions:logged_segment_list")

SNAPSHOT = {
    "header": {
        "description": "Spring catalogue, VIP",
        "unit_cost": "8,00",
        "campaign_target": "True",
        "subject": "",
        "colour": "green",
    },
    "steps": [
        {
            "action": "add",
            "sentences": {"en": "Added contacts: country is Denmark", "da": "Tilføjede"},
            "added": 1391,
            "removed": 0,
            "skipped": 12,
            "who": "Maria",
            "when": "2026-03-12T09:41+00:00",
        },
        {"action": "reduce"},
    ],
}


def test_the_list_shows_canceled_ones_struck_out_and_finds_by_words(catalogue, rasmus):
    LoggedSegmentFactory.create(number="SM00002", description="Price list", canceled=True)
    client = signed_in(rasmus)
    page = client.get(LIST)
    assert [s.number for s in page.context["page_obj"]] == ["SM00002", "SM00001"]
    assert '<tr class="canceled">' in page.text
    found = client.get(LIST, {"q": "vip"}).context["page_obj"]
    assert [s.number for s in found] == ["SM00001"]
    assert "Nothing matches" in client.get(LIST, {"q": "winter"}).text


def test_none_canceled_is_no_empty_archive(catalogue, rasmus):
    page = signed_in(rasmus).get(f"{LIST}?canceled=on").text
    assert "None is canceled" in page
    assert "No logged segments yet" not in page


def test_the_page_adds_up_what_counts(catalogue, to_jens, rasmus, django_assert_max_num_queries):
    client = signed_in(rasmus)
    client.get(catalogue.get_absolute_url())
    with django_assert_max_num_queries(10):
        page = client.get(catalogue.get_absolute_url())
    assert page.context["totals"].interactions == 2
    assert page.context["correspondence_types"] == [("E-mail", 1), ("Hard copy", 1)]
    assert page.context["paginator"].count == 2
    operations.cancel_entry(to_jens, by=None)
    assert client.get(catalogue.get_absolute_url()).context["totals"].interactions == 1


@pytest.mark.parametrize("name", ["logged_segment_statistics", "delivery"])
def test_its_other_pages_ask_as_little(
    name, catalogue, to_jens, rasmus, django_assert_max_num_queries
):
    client, url = signed_in(rasmus), reverse(f"interactions:{name}", args=[catalogue.number])
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_a_canceled_segment_still_tells_what_it_held(catalogue, rasmus):
    operations.cancel_logged_segment(catalogue, by=None)
    page = signed_in(rasmus).get(catalogue.get_absolute_url())
    assert page.context["totals"].interactions == 2
    assert "count nowhere" in page.text


def test_header_and_steps_are_read_as_they_were(catalogue, rasmus):
    catalogue.snapshot = SNAPSHOT
    catalogue.save()
    url = reverse("interactions:logged_segment_header", args=["SM00001"])
    page = signed_in(rasmus).get(url)
    assert page.context["header"] == [
        ("Description", "Spring catalogue, VIP"),
        ("Unit cost", "8,00"),
        ("Campaign target", "yes"),
        ("Colour", "green"),
    ]
    assert "Added contacts: country is Denmark" in page.text
    assert "+1,391" in page.text
    assert "12 skipped" in page.text


@pytest.mark.parametrize("snapshot", [{}, {"header": None, "steps": None}, {"steps": [{}]}])
def test_a_snapshot_that_lacks_things_is_still_a_page(catalogue, rasmus, snapshot):
    catalogue.snapshot = snapshot
    catalogue.save()
    url = reverse("interactions:logged_segment_header", args=["SM00001"])
    assert signed_in(rasmus).get(url).status_code == 200


def test_maria_cancels_and_uncancels_and_mette_may_not(catalogue, maria, mette):
    cancel = reverse("interactions:logged_segment_cancel", args=["SM00001"])
    uncancel = reverse("interactions:logged_segment_uncancel", args=["SM00001"])
    assert signed_in(mette).post(cancel).status_code == 403
    assert signed_in(mette).post(uncancel).status_code == 403
    assert signed_in(maria).get(cancel).status_code == 405
    client = signed_in(maria)
    assert "no longer count" in client.post(cancel, follow=True).text
    catalogue.refresh_from_db()
    assert catalogue.canceled
    assert "counts again" in client.post(uncancel, follow=True).text
    header = client.get(reverse("interactions:logged_segment_header", args=["SM00001"]))
    assert [c.change_message for c in header.context["changes"]] == ["Un-canceled", "Canceled"]


def test_only_who_may_create_segments_is_offered_a_follow_up(catalogue, mette, rasmus):
    url = catalogue.get_absolute_url()
    assert "Follow-up segment" in signed_in(mette).get(url).text
    assert "Follow-up segment" not in signed_in(rasmus).get(url).text


def test_without_letters_there_is_no_zip_but_a_sentence(catalogue, rasmus):
    client = signed_in(rasmus)
    assert "All letters" not in client.get(catalogue.get_absolute_url()).text
    url = reverse("interactions:logged_segment_letters", args=["SM00001"])
    assert "Nothing in this logged segment has a letter." in client.get(url, follow=True).text


def test_a_number_that_nobody_has_is_not_found(rasmus):
    client = signed_in(rasmus)
    for name in ("detail", "header", "letters"):
        url = reverse(f"interactions:logged_segment_{name}", args=["SM/99"])
        assert client.get(url).status_code == 404


def test_entries_without_segment_stay_out(catalogue, rasmus):
    EntryFactory.create()
    page = signed_in(rasmus).get(catalogue.get_absolute_url())
    assert len(page.context["page_obj"]) == 2


def test_results_and_deleting_of_canceled_ones(catalogue, maria, mette):
    client = signed_in(maria)
    page = client.get(reverse("interactions:logged_segment_statistics", args=["SM00001"]))
    assert page.context["results"].interactions == 2
    delete = reverse("interactions:logged_segment_delete_canceled")
    assert signed_in(mette).get(delete).status_code == 403
    assert "Nothing to delete" in client.get(delete).text
    operations.cancel_logged_segment(catalogue, by=maria)
    assert "Delete 1 logged segment" in client.get(delete).text
    page = client.post(delete, {"seen": "1"}, follow=True)
    assert "Its 2 interactions stay in the log, canceled." in page.text
