"""The table of lines, used by keyboard, and many lines changed at once."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts.models import User
from segments_app import operations
from tests.factories import (
    ContactFactory,
    SalespersonFactory,
    SegmentFactory,
    TemplateFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(mette: User):
    """Anna, Bo and Cecilie; Bo has no address."""
    segment = SegmentFactory(template=TemplateFactory(), salesperson=SalespersonFactory())
    people = [
        ContactFactory(first_name="Anna", surname="Sørensen"),
        ContactFactory(first_name="Bo", surname="Lind", address="", city=""),
        ContactFactory(first_name="Cecilie", surname="Krogh", address="Nygade 2"),
    ]
    for contact in people:
        operations.add_by_hand(segment, [contact], by=mette)
    return segment


def test_mette_edits_lines_by_keyboard_and_many_at_once(
    sheet, mette, sign_in, screenshot, page: Page
):
    heard: list[str] = []
    sign_in(mette)
    page.on("console", lambda it: heard.extend([it.text] if it.type == "error" else []))
    page.on("pageerror", lambda error: heard.append(str(error)))
    home = "/".join(page.url.split("/", 3)[:3])
    page.goto(home + sheet.get_absolute_url())
    costs = page.locator("td.cost")
    focused = page.locator("td:focus")

    # From Anna's name four cells to the right, one down: the cost of Bo.
    page.locator("td.who[tabindex='0']").focus()
    for key in ("ArrowRight",) * 4 + ("ArrowDown",):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator(".editing input[name=cost]")).to_be_focused()
    # It is refused; Esc leaves it, unchanged.
    page.keyboard.type("-1")
    page.keyboard.press("Enter")
    refused = page.locator(".editing [role=alert]:visible")
    expect(refused).to_contain_text("greater than or equal to 0")
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_have_count(0)
    expect(costs.nth(1)).to_have_text("8.00")
    expect(focused).to_have_attribute("data-cell", "cost")
    page.keyboard.press("Enter")
    expect(page.locator(".editing input[name=cost]")).to_be_focused()
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    expect(costs.nth(1)).to_have_text("12.50")
    expect(costs.nth(1)).to_have_attribute("title", "The header says: 8.00")
    expect(page.locator(".facts")).to_contain_text("Cost 28.50")
    expect(focused).to_have_attribute("data-cell", "cost")
    screenshot("lines")

    # Another cell of the line is opened after what was typed in this one is saved.
    page.keyboard.press("Enter")
    expect(page.locator(".editing input[name=cost]")).to_be_focused()
    page.keyboard.type("13.5")
    page.locator("td.description").nth(1).click()
    expect(page.locator(".editing input[name=description]")).to_be_focused()
    expect(costs.nth(1)).to_have_text("13.50")
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_have_count(0)
    expect(focused).to_have_attribute("data-cell", "description")
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("data-cell", "cost")

    # One key puts it back.
    page.keyboard.press("Delete")
    expect(costs.nth(1)).to_have_text("8.00")
    expect(page.locator("[data-said]")).to_have_text("Put back to what the header says.")
    expect(focused).to_have_attribute("data-cell", "cost")

    # "?" shows the keys; Esc closes them.
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    # Space ticks Bo, and up two keys Anna; both get a comment.
    focused.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.locator("[data-tick-count]")).to_have_text("2")
    page.get_by_role("button", name="Change…").click()
    page.fill("[name=comment]", "See you at the fair")
    page.get_by_role("button", name="Change 2 lines").click()
    expect(page.locator("#messages")).to_contain_text("Changed 2 lines: comment See you")
    expect(page.locator(".flag", has_text="comment")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".flag", has_text="comment")).to_have_count(0)

    # Only Bo has the problem that is chosen.
    page.select_option("[name=problem]", "no_address")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("td.who")).to_contain_text("Bo Lind")
    expect(page).to_have_url(re.compile("problem=no_address"))

    # The panel of problems leads to the same line.
    page.goto(home + reverse("segments:problems", args=[sheet.number]))
    page.locator(".check", has_text="no postal address").get_by_role("link").click()
    expect(page.locator("td.who")).to_contain_text("Bo Lind")
    assert heard == []


def test_columns_are_shown_once_when_their_list_closes(sheet, mette, sign_in, page: Page):
    sign_in(mette)
    home = "/".join(page.url.split("/", 3)[:3])
    page.goto(f"{home}{sheet.get_absolute_url()}?sort=-contact")
    headings, names = page.locator("th"), page.locator("td.who")
    chosen = page.locator("[data-columns]")
    find = page.get_by_label("Find on the sheet")
    find.fill("bo")
    expect(names).to_have_count(1)
    expect(page).to_have_url(re.compile("q=bo&.*sort=-contact"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-columns] summary").press("Enter")
    for name in ("Subject", "E-mail"):
        chosen.get_by_label(name, exact=True).press("Space")
    assert asked == []
    page.keyboard.press("Escape")
    expect(headings.filter(has_text="E-mail")).to_have_count(1)
    expect(headings.filter(has_text="Subject")).to_have_count(1)
    # The lines stay those that were found, and the name stays in sight.
    expect(names).to_have_text([re.compile("Bo Lind")])
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".scroll").evaluate("table => (table.scrollLeft = 300)")
    expect(names.first).to_be_in_viewport(ratio=1)
    expect(headings.filter(has_text="E-mail")).to_be_visible()
    page.locator("[data-columns] summary").click()
    page.get_by_role("button", name="The usual ones").click()
    expect(headings.filter(has_text="E-mail")).to_have_count(0)
    assert len(asked) == 4


def test_the_usual_columns_fit_on_a_small_laptop(sheet, mette, sign_in, page: Page):
    """Cost and remarks stand beside a long description, and the description in full is a title."""
    sheet.description = "Spring catalogue for our very best customers"
    sheet.save()
    sheet.sheet().update(comment="Thanks for the visit")
    sign_in(mette)
    home = "/".join(page.url.split("/", 3)[:3])
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{home}{sheet.get_absolute_url()}")
    for last in ("td.flags", "td.cost"):
        expect(page.locator(last).first).to_be_in_viewport(ratio=1)
    beyond = page.locator(".scroll").evaluate("table => table.scrollWidth - table.clientWidth")
    assert beyond == 0
    expect(page.locator("td.description").first).to_have_attribute("title", sheet.description)


def test_without_script_the_worksheet_works_too(sheet, mette, sign_in, browser, live_server):
    state = sign_in(mette).context.storage_state()
    page = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    url = live_server.url + sheet.get_absolute_url()
    page.goto(url)
    page.get_by_role("button", name="More", exact=True).last.click()
    page.get_by_role("link", name="Paste a list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paste a list")
    page.goto(url)
    page.get_by_label("Bo Lind").check()
    page.get_by_role("button", name="Change…").click()
    page.fill("[name=comment]", "See you at the fair")
    page.get_by_role("button", name="Show what would happen").click()
    page.get_by_role("button", name="Change 1 line").click()
    expect(page.locator("tr", has_text="Bo Lind")).to_contain_text("comment")
    page.goto(f"{url}problems/")
    page.get_by_role("link", name="Show the problems").click()
    page.locator(".check", has_text="no postal address").get_by_role("link").click()
    expect(page.locator("td.who")).to_have_text([re.compile("Bo Lind")])
