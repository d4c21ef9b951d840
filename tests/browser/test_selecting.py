"""Mette looks before she adds: why each matches, a preview canceled, a pasted list."""

import time
from typing import Any

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from segments_app import preview
from segments_app.models import Segment
from tests.factories import (
    ContactFactory,
    EntryFactory,
    LoggedSegmentFactory,
    MailingGroupFactory,
    SegmentFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def anna(db) -> Contact:
    anna = ContactFactory.create(number="CT1", first_name="Anna", surname="Berg", city="Aarhus C")
    anna.mailing_groups.add(MailingGroupFactory.create(code="VIP", description="VIP customers"))
    return anna


@pytest.fixture
def bo(db) -> Contact:
    return ContactFactory.create(
        number="CT2", first_name="Bo", surname="Lind", country="SE", excluded=True
    )


@pytest.fixture
def segment(db) -> Segment:
    return SegmentFactory.create(number="SM00777")


def test_a_preview_says_why_and_can_be_canceled(
    sign_in, live_server, mette, anna, bo, segment, monkeypatch, screenshot
):
    page = sign_in(mette)
    page.goto(f"{live_server.url}/segments/SM00777/add/?country=DK&country=SE")
    shown = page.locator("#preview")
    expect(shown.locator(".matched .why")).to_have_text("country is Denmark")
    expect(shown.get_by_role("link", name="excluded from segments")).to_be_visible()
    screenshot("preview")

    real = preview.preview_of

    def slow(*given: Any) -> Any:
        time.sleep(1.5)
        return real(*given)

    monkeypatch.setattr("segments_app.views.selecting.preview_of", slow)
    page.get_by_label("Search", exact=True).fill("anna")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The preview was canceled.")).to_be_visible()
    expect(shown).to_be_hidden()
    page.get_by_role("button", name="Preview").click()
    expect(shown.locator(".matched .why")).to_contain_text("country is Denmark", timeout=10_000)
    page.get_by_role("button", name="Add 1 contact").click()
    expect(page.locator("table.lines td.who").first).to_contain_text("Anna Berg")

    page.get_by_role("link", name="Why?", exact=True).click()
    page.get_by_label("Contact", exact=True).fill("CT2")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Bo Lind cannot be selected: excluded from segments.")).to_be_visible()


def test_on_a_phone_the_number_and_its_button_are_in_sight(
    sign_in, live_server, mette, anna, segment
):
    """However many conditions there are: they stand below."""
    page = sign_in(mette)
    page.set_viewport_size({"width": 390, "height": 800})
    asked = "country=DK&country=SE&mailing_groups=VIP&city=A*&type=person&not_contacted_since=-90d"
    page.goto(f"{live_server.url}/segments/SM00777/add/?{asked}")
    expect(page.locator("#preview .big")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Add 1 contact")).to_be_in_viewport(ratio=1)


def test_the_first_click_after_typing_arrives(sign_in, live_server, mette, anna, bo, segment):
    page = sign_in(mette)
    page.goto(f"{live_server.url}/segments/SM00777/add/")
    page.get_by_label("Search", exact=True).press_sequentially("anna")
    button = page.get_by_role("button", name="Add 1 contact")
    expect(button).to_be_enabled()
    # As a hand does it: what leaving the field sets off happens before the button comes up.
    button.hover()
    page.mouse.down()
    page.wait_for_timeout(150)
    page.mouse.up()
    expect(page.locator("table.lines td.who").first).to_contain_text("Anna Berg")


def test_a_pasted_list_and_logged_segments(sign_in, live_server, mette, anna, bo, segment):
    for number, contacts in (("LS1", [anna, bo]), ("LS2", [bo])):
        logged = LoggedSegmentFactory.create(number=number, description="Letter")
        for contact in contacts:
            EntryFactory.create(contact=contact, logged_segment=logged)
    page = sign_in(mette)
    page.goto(f"{live_server.url}/segments/SM00777/")
    page.get_by_role("button", name="More", exact=True).last.click()
    page.get_by_role("link", name="Paste a list").click()
    page.get_by_label("Contact numbers and e-mail addresses").fill("CT1\nCT2; CT99")
    page.get_by_role("button", name="Look whom it names").click()
    expect(page.locator(".unknown")).to_have_text("CT99")
    page.get_by_role("button", name="Add 1 contact").click()
    expect(page.locator("table.lines td.who")).to_have_count(1)

    page.goto(f"{live_server.url}/segments/SM00777/reuse-logged-segment/")
    page.locator("details[aria-label='In any of'] summary").click()
    page.get_by_label("LS1 Letter").first.check()
    page.get_by_text("Keep only them").click()
    page.locator("details[aria-label='But in none of'] summary").click()
    page.locator("details[aria-label='But in none of']").get_by_label("LS2 Letter").check()
    expect(page.locator("#preview .sentence")).to_contain_text("not in logged segment LS2")
    page.get_by_text("Take them out").click()
    page.get_by_role("button", name="Take out 1 line").click()
    expect(page.get_by_text("No contacts yet")).to_be_visible()
