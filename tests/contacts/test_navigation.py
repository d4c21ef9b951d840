"""The rail lights the room that a page belongs to, also where another room draws the page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ContactFactory, LoggedSegmentFactory


def lit(client: Client, url: str) -> list[str]:
    """The words of the rail that stand for the page at `url`."""
    page = client.get(url).content.decode()
    return re.findall(r'aria-current="page"><i class="bi[^>]*></i><span>([^<]+)', page)


@pytest.mark.parametrize("view", ["detail", "history"])
def test_a_contact_lights_contacts(admin_client, view):
    anna = ContactFactory()
    assert lit(admin_client, reverse(f"contacts:{view}", args=[anna.number])) == ["Contacts"]


@pytest.mark.parametrize("view", ["for_contact", "contact_statistics", "campaigns_for_contact"])
def test_what_a_contact_was_sent_lights_contacts(admin_client, view):
    anna = ContactFactory()
    assert lit(admin_client, reverse(f"interactions:{view}", args=[anna.number])) == ["Contacts"]


@pytest.mark.parametrize(
    "view", ["interactions:delivery", "interactions:logged_segment_detail", "segments:reuse_as_new"]
)
def test_a_logged_segment_lights_logged_segments(admin_client, view):
    autumn = LoggedSegmentFactory()
    assert lit(admin_client, reverse(view, args=[autumn.number])) == ["Logged segments"]
