"""Steps in the browser: undone with what was changed, edited, and done by two people at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.models import Segment
from tests.factories import CompanyFactory, ContactFactory, SegmentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def segment(mette) -> Segment:
    """Danes and Swedes; Anna's line says something of its own."""
    CompanyFactory(name="Nordisk Lys A/S")
    anna = ContactFactory(first_name="Anna", surname="Sørensen")
    ContactFactory(first_name="Bo", surname="Lind", country="SE")
    ContactFactory(first_name="Klaus", surname="Weber", country="DE")
    segment: Segment = SegmentFactory(number="SM00901", description="Spring 2026")
    for country in ("DK", "SE"):
        criteria = Criteria.from_query_string(f"country={country}")
        operations.add_contacts(segment, criteria, by=mette)
    line = segment.sheet().get(contact=anna)
    operations.change_line(line, by=mette, comment="Thanks for the visit")
    return segment


def names(page: Page) -> list[str]:
    return [name.split("\n")[0] for name in page.locator("td.who").all_inner_texts()]


def shows(page: Page, *expected: str) -> None:
    expect(page.locator("td.who")).to_have_count(len(expected))
    assert names(page) == list(expected)


def test_steps(sign_in, mette, maria, segment, live_server, screenshot):
    page = sign_in(mette)
    page.goto(live_server.url + segment.get_absolute_url())
    _undoes_and_redoes_with_what_was_changed(page, screenshot)
    _edits_a_step(page, screenshot)
    _is_told_what_somebody_else_did(page, maria, segment, screenshot)


def test_on_a_phone_steps_and_what_they_would_change_are_in_sight(
    sign_in, mette, segment, live_server
):
    page = sign_in(mette)
    page.set_viewport_size({"width": 390, "height": 640})
    for city in "ABCDEFG":
        criteria = Criteria.from_query_string(f"city={city}*&country=DK")
        operations.add_contacts(segment, criteria, by=mette)
    page.goto(live_server.url + segment.get_absolute_url())
    page.get_by_role("link", name="Steps", exact=True).click()
    expect(page.get_by_role("heading", name="Steps")).to_be_in_viewport(ratio=1)
    page.goto(f"{live_server.url}{segment.get_absolute_url()}change-steps/")
    page.get_by_role("link", name="Delete the step").nth(1).click()
    expect(page.locator("#preview .big").first).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Change the steps")).to_be_in_viewport(ratio=1)


def test_a_click_on_the_panel_is_not_lost_when_its_counts_arrive(
    sign_in, mette, segment, live_server
):
    page = sign_in(mette)
    counts = []
    page.route("**/steps/", lambda route: counts.append(route))
    page.goto(live_server.url + segment.get_absolute_url())
    page.get_by_role("link", name="Change the steps").hover()
    page.mouse.down()
    with page.expect_response("**/steps/"):
        counts.pop().continue_()
    page.wait_for_function("!document.querySelector('[data-steps].htmx-request')")
    page.mouse.up()
    expect(page.get_by_role("link", name="Change the conditions").first).to_be_visible()


def _undoes_and_redoes_with_what_was_changed(page: Page, screenshot) -> None:
    empty = page.get_by_role("button", name="The empty sheet")
    empty.focus()
    expect(page.locator("#would-0")).to_have_text(
        re.compile(r"removes 3 lines \(1 changed by hand\)")
    )
    screenshot("steps-would")
    page.keyboard.press("Enter")
    expect(page.locator("td.who")).to_have_count(0)
    page.get_by_role("button", name="Added contacts: country is Sweden").click()
    shows(page, "Anna Sørensen", "Nordisk Lys A/S", "Bo Lind")
    expect(page.locator("tr", has_text="Anna Sørensen")).to_contain_text("comment")
    page.keyboard.press("Control+z")
    shows(page, "Anna Sørensen", "Nordisk Lys A/S")
    page.keyboard.press("Control+Shift+z")
    shows(page, "Anna Sørensen", "Nordisk Lys A/S", "Bo Lind")


def _edits_a_step(page: Page, screenshot) -> None:
    page.get_by_role("link", name="Change the steps").click()
    page.get_by_role(
        "link", name="Change the conditions: Added contacts: country is Sweden"
    ).click()
    field = page.locator(".asks .fields > div", has=page.get_by_text("Country", exact=True))
    field.locator("summary").click()
    field.get_by_label("Germany", exact=True).check()
    expect(page.locator("#preview")).to_contain_text("2 contacts meet these conditions today")
    page.get_by_role("link", name="Use these conditions").click()
    expect(page.locator("#preview")).to_contain_text("then 4 lines")
    expect(page.locator("#preview")).to_contain_text("Klaus Weber")
    screenshot("steps-difference")
    page.locator("#preview").get_by_role("button", name="Change the steps").click()
    expect(page.locator("#messages")).to_contain_text("1 came, 0 went; there are 4 lines now.")
    shows(page, "Anna Sørensen", "Nordisk Lys A/S", "Bo Lind", "Klaus Weber")
    expect(page.locator(".steps .plan")).to_contain_text("country is Germany or Sweden")
    expect(page.locator("tr", has_text="Anna Sørensen")).to_contain_text("comment")
    screenshot("steps-changed")


def _is_told_what_somebody_else_did(page: Page, maria, segment: Segment, screenshot) -> None:
    segment.refresh_from_db()
    swedes = Criteria.from_query_string("country=SE")
    operations.reduce_contacts(segment, swedes, by=maria)
    page.get_by_role("button", name=re.compile("^Go back: ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The segment has changed since you looked"
    )
    expect(page.locator("main")).to_contain_text("Took out contacts: country is Sweden")
    expect(page.locator("main")).to_contain_text("maria")
    screenshot("steps-conflict")
    page.get_by_role("button", name="Do it anyway").click()
    shows(page, "Anna Sørensen", "Nordisk Lys A/S", "Bo Lind", "Klaus Weber")
