"""Many interactions in the browser: ticked ones, or all that match."""

import csv
import io

import pytest
from django.urls import reverse

from interactions import operations
from interactions.models import InteractionLogEntry
from tests.factories import ContactFactory, EntryFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
LOG = reverse("interactions:list")
CHANGE = reverse("interactions:change_many")


def test_ticked_ones_are_counted_first_and_then_evaluated(catalogue, to_anna, to_jens, mette):
    client = signed_in(mette)
    url = f"{CHANGE}?act=evaluate&entry={to_anna.pk}&template={to_anna.template_id}"
    page = client.get(url)
    assert "Evaluate 1 interaction" in page.text
    done = client.post(url, {"evaluation": "positive", "seen": "1"}, follow=True)
    assert "1 interaction is evaluated." in done.text
    assert done.redirect_chain[-1][0] == f"{LOG}?template={to_anna.template_id}"
    to_jens.refresh_from_db()
    assert to_jens.evaluation == ""


def test_all_that_match_are_meant_and_nothing_else(catalogue, maria):
    bo = EntryFactory.create(contact=ContactFactory.create(first_name="Bo"))
    client = signed_in(maria)
    url = f"{CHANGE}?act=cancel&all=on&logged_segment=SM00001"
    assert "Cancel 2 interactions" in client.get(url).text
    assert "2 interactions are canceled" in client.post(url, {"seen": "2"}, follow=True).text
    assert list(InteractionLogEntry.objects.counting()) == [bo]


def test_conditions_that_cannot_be_read_never_mean_everything(catalogue, maria):
    client = signed_in(maria)
    for url in (
        f"{CHANGE}?act=cancel&all=on&date_from=31-02-2026",
        f"{CHANGE}?act=cancel",
        f"{CHANGE}?act=cancel&entry=x",
    ):
        client.post(url, {})
    assert InteractionLogEntry.objects.counting().count() == 2
    assert client.get(f"{CHANGE}?act=explode&all=on").status_code == 404


def test_each_may_do_what_the_role_allows(catalogue, mette, rasmus):
    assert signed_in(mette).get(f"{CHANGE}?act=cancel&all=on").status_code == 403
    assert signed_in(rasmus).get(f"{CHANGE}?act=comment&all=on").status_code == 403
    assert signed_in(mette).get(reverse("interactions:delete_canceled")).status_code == 403


def test_a_manager_deletes_what_is_canceled_after_being_asked(catalogue, to_anna, maria):
    operations.cancel_entry(to_anna, by=maria)
    client = signed_in(maria)
    url = reverse("interactions:delete_canceled")
    assert "Delete 1 interaction for good" in client.get(url).text
    assert (
        "1 canceled interaction was deleted." in client.post(url, {"seen": "1"}, follow=True).text
    )
    assert "Nothing to delete" in client.get(url).text
    assert InteractionLogEntry.objects.count() == 1


def test_a_comment_is_read_on_the_page(to_anna, mette, rasmus):
    url = reverse("interactions:entry_comment", args=[to_anna.pk])
    assert signed_in(rasmus).post(url, {"text": "No"}).status_code == 403
    page = signed_in(mette).post(url, {"text": "Wants <lamps>"}, follow=True)
    assert "Wants &lt;lamps&gt;" in page.text


def test_the_file_has_what_the_page_shows(catalogue, to_anna, rasmus):
    operations.cancel_entry(to_anna, by=None)
    url = reverse("interactions:export", args=["semicolon"])
    response = signed_in(rasmus).get(url, {"logged_segment": "SM00001"})
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Contact"] for row in rows] == ["Jens Østergaard"]
    assert (rows[0]["Logged segment"], rows[0]["Correspondence type"]) == ("SM00001", "E-mail")
    assert signed_in(rasmus).get(reverse("interactions:export", args=["pdf"])).status_code == 404


def test_the_new_conditions_narrow(catalogue, to_anna, nordisk, rasmus):
    InteractionLogEntry.objects.alone(to_anna).update(
        delivery_state="failed", attempt_failed=True, campaign_response=True
    )
    EntryFactory.create(contact=ContactFactory.create(first_name="Bo"))
    client = signed_in(rasmus)
    for conditions, names in (
        ({"delivery": "failed"}, {"Anna"}),
        ({"delivery": "not_sent"}, {"Jens", "Bo"}),
        ({"attempt_failed": "yes"}, {"Anna"}),
        ({"response": "no"}, {"Jens", "Bo"}),
        ({"company": "nordisk"}, {"Anna", "Jens"}),
    ):
        page = client.get(LOG, conditions).context["page_obj"]
        assert {entry.contact.first_name for entry in page} == names, conditions


def test_only_what_would_change_is_meant(catalogue, to_anna, to_jens, maria):
    """Un-canceling what is not canceled, or canceled with its logged segment, changes nothing."""
    client = signed_in(maria)
    url = reverse("interactions:change_many")
    everyone = f"{url}?all=on&canceled=all&act="
    assert "None of them is canceled by itself." in client.get(f"{everyone}uncancel").text
    operations.cancel_entry(to_anna, by=maria)
    assert "Cancel 1 interaction" in client.get(f"{everyone}cancel").text
    assert "Un-cancel 1 interaction" in client.get(f"{everyone}uncancel").text
    operations.cancel_entry(to_jens, by=maria)
    assert "They are canceled already." in client.get(f"{everyone}cancel").text
