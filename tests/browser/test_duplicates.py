"""Maria finds a contact that was written down twice, and makes one of the two."""

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from tests.factories import ContactFactory, EntryFactory
from tests.worker import work

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def anna(db) -> Contact:
    return ContactFactory.create(
        first_name="Anna", surname="Berg", email="anna@example.com", city="Aarhus", phone=""
    )


@pytest.fixture
def ana(db) -> Contact:
    """Anna, written down a second time; the letter went to this one."""
    ana = ContactFactory.create(
        first_name="Ana", surname="Berg", email="anna@example.com", phone="+45 86 12 34 56"
    )
    EntryFactory.create(contact=ana)
    return ana


def test_two_contacts_become_one(sign_in, live_server, maria, anna, ana, screenshot):
    page = sign_in(maria)
    page.goto(f"{live_server.url}/contacts/duplicates/")
    page.get_by_role("button", name="Find duplicates").click()
    expect(page.locator("#messages")).to_contain_text("All contacts are looked at now")
    work()
    page.reload()
    expect(page.locator("table.pairs")).to_contain_text("the same e-mail address")
    screenshot("duplicates")
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("+45 86 12 34 56").check()
    screenshot("merge")
    page.get_by_role("button", name="Merge contacts").click()
    expect(page.locator("#messages")).to_contain_text("was merged into Anna Berg")
    merged = Contact.objects.get()
    assert (merged, merged.phone) == (anna, "+45 86 12 34 56")
    assert merged.interactions.count() == 1


def test_somebody_who_types_a_known_contact_is_told(sign_in, live_server, mette, anna):
    page = sign_in(mette)
    page.goto(f"{live_server.url}/contacts/create/")
    page.get_by_label("First name").fill("Ana")
    page.get_by_label("Surname").fill("Berg")
    page.get_by_label("E-mail", exact=True).fill("anna@example.com")
    page.keyboard.press("Tab")
    expect(page.locator(".alert-warning")).to_contain_text("This contact may be here already")
    expect(page.locator(".alert-warning")).to_contain_text(anna.number)
