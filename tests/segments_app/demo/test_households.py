"""Households are believable, and the same on every machine."""

import pytest
from django.core.validators import validate_email

from contacts.models import Contact
from segments_app.demo.households import MAILING_SHARES, draw_household
from segments_app.demo.places import LANGUAGES


def facts(position: int) -> list[tuple[object, ...]]:
    return [
        (m.contact.name, m.contact.first_name, m.contact.email, m.contact.city, m.mailing_groups)
        for m in draw_household(position, most=10)
    ]


@pytest.fixture(scope="module")
def contacts() -> list[Contact]:
    return [m.contact for start in range(1, 4000, 10) for m in draw_household(start, most=10)]


def test_the_same_position_is_the_same_household():
    assert [facts(n) for n in range(1, 60)] == [facts(n) for n in range(1, 60)]
    assert facts(1) != facts(2)


def test_no_household_is_larger_than_what_is_left():
    assert all(len(draw_household(n, most=1)) == 1 for n in range(1, 200))
    assert all(len(draw_household(n, most=2)) <= 2 for n in range(1, 200))
    assert {len(draw_household(n, most=10)) for n in range(1, 200)} == {1, 2, 3, 4, 5, 6, 7}


def test_persons_sit_where_their_company_is(contacts):
    employed = [contact for contact in contacts if contact.company]
    assert len(employed) > 200
    for person in employed:
        assert person.city in (person.company.city, "")
        assert person.address in (person.company.address, "")
        assert person.language_id in (person.company.language_id, None)
    assert len([person for person in employed if person.city]) > 0.9 * len(employed)


def test_addresses_of_mail_are_valid_and_belong_to_nobody(contacts):
    addresses = [contact.email for contact in contacts if contact.email]
    assert len(addresses) > 500
    for address in addresses:
        validate_email(address)
        assert address.endswith(".example")


def test_names_are_whole(contacts):
    names = [contact.name for contact in contacts if contact.is_company]
    names += [f"{contact.first_name} {contact.surname}" for contact in contacts if contact.surname]
    assert not [name for name in names if "{" in name or "  " in name or not name.strip()]
    companies = [contact.name for contact in contacts if contact.is_company]
    assert len(set(companies)) > 0.9 * len(companies)


def test_every_country_speaks_its_language_and_some_contacts_have_gaps(contacts):
    assert {contact.country for contact in contacts} == set(LANGUAGES)
    for contact in contacts:
        assert contact.language_id in (LANGUAGES[contact.country], None)
    for gap in ("email", "address", "correspondence_type"):
        empty = [contact for contact in contacts if not getattr(contact, gap)]
        assert 0 < len(empty) < len(contacts)
    for flag in ("excluded", "privacy_blocked"):
        flagged = [contact for contact in contacts if getattr(contact, flag)]
        assert 0 < len(flagged) < 0.05 * len(contacts)


def test_every_mailing_group_gets_contacts():
    groups = {
        g for n in range(1, 900) for m in draw_household(n, most=10) for g in m.mailing_groups
    }
    assert groups == set(MAILING_SHARES)
