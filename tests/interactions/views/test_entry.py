"""The interaction log in the browser."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from interactions import operations
from tests.factories import CampaignFactory, ContactFactory, EntryFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
LOG = reverse("interactions:list")


def shown(response) -> set[str]:
    return {entry.contact.first_name for entry in response.context["page_obj"]}


def test_the_reader_looks_through_the_log_newest_first(catalogue, rasmus):
    bo = ContactFactory.create(first_name="Bo")
    EntryFactory.create(contact=bo, date=datetime.date(2026, 5, 1), description="Call")
    response = signed_in(rasmus).get(LOG)
    assert [e.contact.first_name for e in response.context["page_obj"]] == ["Bo", "Jens", "Anna"]
    assert "SM00001" in response.text


def test_canceled_ones_are_hidden_until_asked_for(catalogue, to_anna, rasmus):
    operations.cancel_entry(to_anna, by=None)
    client = signed_in(rasmus)
    assert shown(client.get(LOG)) == {"Jens"}
    assert shown(client.get(LOG, {"canceled": "all"})) == {"Anna", "Jens"}
    assert shown(client.get(LOG, {"canceled": "yes"})) == {"Anna"}
    operations.cancel_logged_segment(catalogue, by=None)
    assert shown(client.get(LOG)) == set()
    assert shown(client.get(LOG, {"canceled": "yes"})) == {"Anna", "Jens"}


def test_every_condition_narrows(catalogue, to_anna, spring, jonas, rasmus):
    campaign = CampaignFactory.create()
    to_anna.campaign, to_anna.evaluation = campaign, "positive"
    to_anna.date = datetime.date(2026, 3, 1)
    to_anna.save()
    EntryFactory.create(contact=ContactFactory.create(first_name="Bo"))
    client = signed_in(rasmus)
    only_anna: list[dict[str, Any]] = [
        {"contact": "sorensen"},
        {"campaign": campaign.pk},
        {"evaluation": "positive"},
        {"correspondence_type": "hard_copy"},
        {"date_from": "2026-03-01", "date_to": "2026-03-01"},
    ]
    for conditions in only_anna:
        assert shown(client.get(LOG, conditions)) == {"Anna"}, conditions
    both: list[dict[str, Any]] = [
        {"template": spring.pk},
        {"group": spring.group_id},
        {"salesperson": jonas.pk},
        {"logged_segment": "sm00001"},
        {"contact": "nordisk"},
    ]
    for conditions in both:
        assert shown(client.get(LOG, conditions)) == {"Anna", "Jens"}, conditions


@pytest.mark.parametrize(
    "conditions",
    [
        {"date_from": "31-02-2026"},
        {"template": "999999"},
        {"canceled": "perhaps"},
        {"salesperson": "x"},
    ],
)
def test_a_condition_that_cannot_be_read_shows_nobody_and_says_so(catalogue, rasmus, conditions):
    response = signed_in(rasmus).get(LOG, conditions)
    assert response.status_code == 200
    assert list(response.context["page_obj"]) == []
    assert response.context["filter"].form.errors


def test_empty_pages_tell_nothing_yet_from_nothing_found(rasmus):
    client = signed_in(rasmus)
    assert "No interactions yet" in client.get(LOG).text
    assert "Nothing matches" in client.get(LOG, {"contact": "nobody"}).text


def test_the_log_asks_the_same_number_of_questions_however_long(
    catalogue, rasmus, spring, django_assert_max_num_queries
):
    client = signed_in(rasmus)
    client.get(LOG)
    for _ in range(30):
        EntryFactory.create(template=spring)
    with django_assert_max_num_queries(10):
        assert len(client.get(LOG).context["page_obj"]) == 32
    for name in ("anna", "nordisk"):
        client.get(LOG, {"contact": name})
        with django_assert_max_num_queries(10):
            assert client.get(LOG, {"contact": name}).status_code == 200


def test_an_entry_shows_everything_it_was(to_anna, rasmus, django_assert_max_num_queries):
    client = signed_in(rasmus)
    client.get(to_anna.get_absolute_url())
    with django_assert_max_num_queries(8):
        response = client.get(to_anna.get_absolute_url())
    for words in ("Anna Sørensen", "Nordisk Lys A/S", "SPRING", "Jonas Olsen", "8.00", "2 min"):
        assert words in response.text
    assert "Evaluate</button>" not in response.text
    assert "entry_cancel" not in response.text


def test_mette_evaluates_and_the_reader_may_not(to_anna, mette, rasmus):
    url = reverse("interactions:entry_evaluate", args=[to_anna.pk])
    assert signed_in(rasmus).post(url, {"evaluation": "positive"}).status_code == 403
    assert signed_in(mette).get(url).status_code == 405
    response = signed_in(mette).post(url, {"evaluation": "positive"}, follow=True)
    assert "The evaluation is saved." in response.text
    response = signed_in(mette).post(url, {"evaluation": "splendid"}, follow=True)
    assert "Nothing was changed" in response.text
    to_anna.refresh_from_db()
    assert to_anna.evaluation == "positive"


def test_maria_cancels_and_mette_may_not(catalogue, to_anna, maria, mette):
    cancel = reverse("interactions:entry_cancel", args=[to_anna.pk])
    uncancel = reverse("interactions:entry_uncancel", args=[to_anna.pk])
    assert signed_in(mette).post(cancel).status_code == 403
    assert "no longer counts" in signed_in(maria).post(cancel, follow=True).text
    operations.cancel_logged_segment(catalogue, by=None)
    response = signed_in(maria).post(uncancel, follow=True)
    assert "SM00001 is canceled. Un-cancel that first." in response.text
    operations.uncancel_logged_segment(catalogue, by=None)
    response = signed_in(maria).post(uncancel, follow=True)
    assert "counts again" in response.text
    assert [c.change_message for c in response.context["changes"]] == ["Un-canceled", "Canceled"]


def test_an_entry_without_a_document_says_that_it_has_no_letter(to_anna, rasmus):
    response = signed_in(rasmus).get(reverse("interactions:entry_letter", args=[to_anna.pk]))
    assert response.status_code == 404
    assert "This interaction has no letter" in response.text


def test_a_company_shows_what_happened_with_its_persons(
    catalogue, nordisk, rasmus, django_assert_max_num_queries
):
    client = signed_in(rasmus)
    url = reverse("interactions:for_contact", args=[nordisk.number])
    client.get(url)
    with django_assert_max_num_queries(9):
        response = client.get(url)
    assert shown(response) == {"Anna", "Jens"}
    assert "Spring catalogue - by Jonas Olsen" in response.text
    assert response.context["tab"] == "interactions"
    missing = client.get(reverse("interactions:for_contact", args=["CT999999"]))
    assert missing.status_code == 404


def test_the_log_offers_what_is_set_up_in_the_order_of_its_lists(catalogue, spring, jonas, mette):
    """With one query for all four; labels are those of everywhere."""
    newer, older = CampaignFactory(number="CP2"), CampaignFactory(number="CP1")
    form = signed_in(mette).get(LOG).context["filter"].form
    offered = {name: list(form.fields[name].choices)[1:] for name in ("template", "campaign")}
    assert offered["template"] == [(str(spring.pk), str(spring))]
    assert offered["campaign"] == [(str(each.pk), str(each)) for each in (newer, older)]
    salespeople = dict(form.fields["salesperson"].choices)
    assert salespeople[str(jonas.pk)] == str(jonas)
    page = signed_in(mette).get(LOG, {"template": spring.pk + 1000})
    assert page.context["filter"].form.errors["template"]
