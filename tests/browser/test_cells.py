"""A cell of the table of lines: nothing that is typed in it is lost, whatever is done meanwhile."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from contacts.models import User
from segments_app import operations
from segments_app.models import Segment
from segments_app.views.line import save_line
from tests.factories import ContactFactory, SalespersonFactory, SegmentFactory, TemplateFactory

pytestmark = [pytest.mark.django_db(transaction=True)]

# No answer is held longer than this, so that a failure is told and does not hang.
LONGEST = 20


@pytest.fixture
def segment(mette: User) -> Segment:
    """Anna and Bo."""
    segment: Segment = SegmentFactory(template=TemplateFactory(), salesperson=SalespersonFactory())
    anna = ContactFactory(first_name="Anna", surname="Sørensen")
    bo = ContactFactory(first_name="Bo", surname="Lind")
    operations.add_by_hand(segment, [anna, bo], by=mette)
    return segment


@pytest.fixture
def sheet(segment: Segment, mette: User, sign_in, live_server) -> Page:
    """The worksheet, as Mette sees it."""
    shown: Page = sign_in(mette)
    shown.goto(live_server.url + segment.get_absolute_url())
    expect(shown.locator(".facts")).to_contain_text("ready")
    expect(shown.locator(".steps .would")).not_to_have_count(0)
    return shown


@pytest.fixture
def saving(monkeypatch) -> Iterator[threading.Event]:
    """Saving a cell waits while this is not set."""
    may_go_on = threading.Event()
    may_go_on.set()

    def save_later(*given, **named):
        may_go_on.wait(LONGEST)
        return save_line(*given, **named)

    monkeypatch.setattr("segments_app.views.lines.save_line", save_later)
    yield may_go_on
    may_go_on.set()


@contextmanager
def held(saving: threading.Event) -> Iterator[None]:
    """The answer to what is saved comes after what is done meanwhile."""
    saving.clear()
    yield
    saving.set()


def type_cost(sheet: Page, text: str) -> Locator:
    """Into the cost of Anna."""
    sheet.locator("td.cost").first.click()
    field = sheet.locator(".editing input[name=cost]")
    expect(field).to_be_focused()
    field.press_sequentially(text)
    return field


def alert(sheet: Page) -> Locator:
    """What is said in the cell that is edited."""
    return sheet.locator(".editing [role=alert]:visible")


def costs(segment: Segment) -> list[Decimal | None]:
    return list(segment.sheet().order_by("pk").values_list("cost", flat=True))


def test_finding_on_the_sheet_saves_it_first(sheet, segment, saving):
    find, names = sheet.get_by_label("Find on the sheet"), sheet.locator("td.who")
    type_cost(sheet, "12.5")
    with held(saving):
        find.press_sequentially("bo")
    expect(names).to_have_text([re.compile("Bo Lind")])
    expect(find).to_be_focused()
    expect(find).to_have_value("bo")
    assert costs(segment) == [Decimal("12.5"), None]

    # What is refused stays, and is mended before it is looked for anybody.
    find.fill("")
    expect(names).to_have_count(2)
    field = type_cost(sheet, "-1")
    find.press_sequentially("bo")
    expect(alert(sheet)).to_contain_text("greater than or equal to 0")
    expect(find).to_be_focused()
    expect(names).to_have_count(2)
    field.fill("7")
    field.press("Enter")
    expect(names).to_have_text([re.compile("Bo Lind")])
    assert costs(segment) == [Decimal(7), None]


def test_links_and_buttons_save_it_first(sheet, segment, saving):
    for link, cost in (("Interaction", "12.5"), ("Anna Sørensen", "7")):
        before = sheet.url
        type_cost(sheet, cost)
        with held(saving):
            sheet.get_by_role("link", name=link, exact=True).click()
        expect(sheet).not_to_have_url(before)
        assert costs(segment) == [Decimal(cost), None]
        sheet.go_back()
    type_cost(sheet, "9")
    with held(saving):
        sheet.get_by_role("button", name="Go back").first.click()
    expect(sheet.locator("#messages")).to_contain_text("Undone")
    assert list(segment.lines.filter(cost=9)) == list(segment.lines.all()[:1])


def test_what_is_refused_stays_until_it_is_mended_or_left(sheet, segment, saving):
    # What is being saved cannot be left: Esc waits for the answer.
    field = type_cost(sheet, "-1")
    with held(saving):
        sheet.keyboard.press("Enter")
        sheet.keyboard.press("Escape")
    expect(alert(sheet)).to_contain_text("greater than or equal to 0")
    sheet.keyboard.press("Escape")
    expect(sheet.locator(".editing")).to_have_count(0)
    assert costs(segment) == [None, None]

    # Another cell opens when what was typed in the first is right.
    type_cost(sheet, "-1")
    sheet.locator("td.description").first.click()
    expect(alert(sheet)).to_contain_text("greater than or equal to 0")
    sheet.locator("td.description").first.click()
    expect(field).to_be_focused()
    field.fill("7")
    field.press("Enter")
    expect(sheet.locator(".editing input[name=description]")).to_be_focused()
    expect(sheet.locator(".editing")).to_have_count(1)
    assert costs(segment) == [Decimal(7), None]


def test_one_cell_is_open_and_keeps_what_is_typed(sheet, segment):
    for name in ("language", "description", "cost"):
        sheet.locator(f"td.{name}").first.click()
    expect(sheet.locator(".editing")).to_have_count(1)
    field = sheet.locator(".editing input[name=cost]")
    expect(field).to_be_focused()
    # What comes to the page meanwhile selects nothing under the next key.
    sheet.keyboard.type("12")
    with sheet.expect_response("**/facts/"):
        sheet.evaluate("htmx.trigger(document.body, 'counted-anew')")
    sheet.wait_for_timeout(100)
    sheet.keyboard.type(".5")
    # Nor is it lost when the server is away.
    sheet.context.set_offline(True)
    sheet.keyboard.press("Enter")
    expect(alert(sheet)).to_contain_text("Not saved")
    sheet.context.set_offline(False)
    sheet.keyboard.press("Enter")
    expect(sheet.locator("td.cost").first).to_have_text("12.50")
    assert costs(segment) == [Decimal("12.5"), None]
