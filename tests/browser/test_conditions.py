"""Mette chooses conditions: she finds them by name, sees what they do, and takes them away."""

import re

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Consent
from tests.factories import ContactFactory, MailingGroupFactory, SegmentFactory

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def contacts(db) -> None:
    vip = MailingGroupFactory.create(code="VIP", description="VIP customers")
    anna = ContactFactory.create(first_name="Anna", surname="Berg", postal_code="1050")
    anna.mailing_groups.add(vip)
    Consent.objects.create(contact=anna, channel="email", given=True)
    ContactFactory.create(first_name="Bo", surname="Lind", postal_code="8000")


def names(page: Page) -> list[str]:
    return page.locator("table.people td.who a").all_inner_texts()


def test_the_list_follows_the_conditions(sign_in, live_server, mette, contacts, screenshot):
    page = sign_in(mette)
    page.goto(f"{live_server.url}/contacts/")
    assert names(page) == ["Anna Berg", "Bo Lind"]

    page.get_by_label("Postal code", exact=True).fill("8000..8999")
    expect(page.locator(".chip")).to_have_text(re.compile("postal code is between"))
    assert names(page) == ["Bo Lind"]
    expect(page).to_have_url(re.compile(r"\?postal_code=8000..8999$"))

    page.get_by_label("Postal code", exact=True).fill("8000..(")
    wrong = page.locator("[data-field=postal_code] .errors")
    expect(wrong).to_contain_text("At character 7")
    assert page.get_by_label("Postal code", exact=True).input_value() == "8000..("

    page.get_by_label("Postal code", exact=True).fill("1000..1999")
    expect(wrong).to_be_empty()
    expect(page.locator(".chip")).to_contain_text("1000")
    page.get_by_label("Anna Berg").check()
    page.get_by_role("button", name="Export the ticked").click()
    expect(page.locator(".sentence")).to_have_text("1 contact that was ticked")
    page.go_back()

    page.locator(".chip a").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert names(page) == ["Anna Berg", "Bo Lind"]


def test_a_condition_is_found_by_its_name(sign_in, live_server, mette, contacts, screenshot):
    page = sign_in(mette)
    page.goto(f"{live_server.url}/contacts/")
    finder = page.get_by_label("Add a condition: type its name")
    finder.fill("consent given")
    expect(page.locator("[data-group]:visible")).to_have_count(1)
    finder.press("Enter")
    page.keyboard.press("g")
    # What is asked of a consent asks that there is one.
    expect(page.locator("input[name=consents][value=has]")).to_be_checked()
    expect(page.locator(".chip")).to_have_text(re.compile("has a consent given"))
    assert names(page) == ["Anna Berg"]
    page.get_by_text("Has not", exact=True).locator("visible=true").click()
    expect(page.locator(".chip")).to_have_text(re.compile("has no consent given"))
    assert names(page) == ["Bo Lind"]
    screenshot("conditions")


def test_a_list_of_boxes_is_ticked_by_keyboard(sign_in, live_server, mette, contacts):
    SegmentFactory(number="SM00777")
    page = sign_in(mette)
    page.goto(f"{live_server.url}/segments/SM00777/add/?q=anna")
    button = page.get_by_role("button", name="Add 1 contact")
    country = page.locator("details[aria-label=Country]")
    country.locator("summary").press("ArrowDown")
    narrow = country.get_by_label("Type to narrow")
    expect(narrow).to_be_focused()
    # What only narrows the list is no condition, so what is shown stays.
    page.keyboard.type("xyz")
    expect(country.get_by_text("Nothing found")).to_be_visible()
    expect(button).to_be_enabled()
    # Sweden before Botswana, which has the letters too.
    narrow.fill("sw")
    page.keyboard.press("Enter")
    expect(narrow).to_be_focused()
    page.keyboard.type("denm")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(narrow).to_be_focused()
    page.keyboard.press("Escape")
    summary = country.locator("summary")
    expect(summary).to_be_focused()
    expect(summary).to_have_text("Denmark, Sweden")
    expect(page.locator("#preview .chip").last).to_contain_text("Denmark or Sweden")
    # Opened again it shows all, and closes when it is left.
    page.keyboard.press("Enter")
    expect(country.get_by_label("Botswana")).to_be_visible()
    page.get_by_label("Search", exact=True).focus()
    expect(country).not_to_have_attribute("open", "")


def test_the_same_conditions_add_contacts(sign_in, live_server, mette, contacts):
    segment = SegmentFactory(number="SM00777")
    page = sign_in(mette)
    page.goto(f"{live_server.url}/contacts/?consents=has_not&consent_given=yes")
    query = page.url.split("?")[1]
    page.goto(f"{live_server.url}/segments/SM00777/add/?{query}")
    expect(page.locator("#preview .chip")).to_have_text(re.compile("has no consent given"))
    page.get_by_role("button", name="Add 1 contact").click()
    expect(page.locator("table.lines td.who").first).to_contain_text("Bo Lind")
    assert segment.steps.get().criteria == {"consents": ["has_not"], "consent_given": ["yes"]}


def test_without_script_the_form_works_too(sign_in, live_server, mette, contacts, browser):
    state = sign_in(mette).context.storage_state()
    page = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    page.goto(f"{live_server.url}/contacts/")
    page.get_by_text("Consents", exact=True).click()
    page.get_by_label("Given or withdrawn").select_option("Given")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".chip")).to_have_text(re.compile("has a consent given"))
    assert names(page) == ["Anna Berg"]
