"""Anna's summer house, and the new office of Nordisk (R14-R17)."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import JSONObject
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contacts.models import AddressPeriod, AlternativeAddress, Contact, ContactDefaults
from contacts.models.in_force import address_in_force, has_address_in_force
from contacts.postal import address_on
from tests.factories import CompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db

JULY = datetime.date(2026, 7, 15)


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def address(contact: Contact, code: str, *periods: tuple[str, str], **values: Any):
    values = {"address": f"{code} 1", "postal_code": "3000", "city": "Helsingør", **values}
    found = AlternativeAddress.objects.create(contact=contact, code=code, **values)
    for starts, ends in periods:
        AddressPeriod.objects.create(
            address=found, starts_on=day(starts) or JULY, ends_on=day(ends)
        )
    return found


@pytest.fixture
def nordisk() -> Contact:
    return CompanyFactory.create(name="Nordisk")


@pytest.fixture
def anna(nordisk) -> Contact:
    return ContactFactory.create(first_name="Anna", surname="", company=nordisk)


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2026-05-31", ""),
        ("2026-06-01", "SUMMER"),
        ("2026-07-09", "SUMMER"),
        ("2026-07-10", "BOAT"),
        ("2026-07-20", "BOAT"),
        ("2026-07-21", "SUMMER"),
        ("2026-08-31", "SUMMER"),
        ("2026-09-01", ""),
        ("2030-01-01", "SPAIN"),
    ],
)
def test_the_period_that_began_last_wins(anna, date, code):
    address(anna, "SUMMER", ("2026-06-01", "2026-08-31"))
    address(anna, "BOAT", ("2026-07-10", "2026-07-20"))
    address(anna, "SPAIN", ("2029-01-01", ""))
    date = datetime.date.fromisoformat(date)
    assert address_on(anna, date).code == code
    found = AlternativeAddress.objects.in_force(date)
    assert [each.code for each in found] == ([code] if code else [])


def test_the_place_is_taken_whole_and_the_company_only_if_it_is_named(anna):
    Contact.objects.filter(pk=anna.pk).update(address_2="2. th.", phone="+45 33 12 34 56")
    anna.refresh_from_db()
    assert address_on(anna, JULY).block == "Nordisk\nAnna\nHavnegade 1\n2. th.\n8000 Aarhus C"
    summer = address(anna, "SUMMER", ("2026-06-01", ""), mobile="+45 20 20 20 20")
    found = address_on(anna, JULY)
    assert found.block == "Anna\nSUMMER 1\n3000 Helsingør"
    assert found.contact["phone"] == "+45 33 12 34 56"
    assert found.contact["mobile"] == "+45 20 20 20 20"
    summer.company_name, summer.country = "c/o Holm", "SE"
    summer.save()
    assert address_on(anna, JULY).block == "c/o Holm\nAnna\nSUMMER 1\n3000 Helsingør\nSWEDEN"


def test_who_shares_the_companys_address_follows_it(anna, nordisk):
    dora = ContactFactory.create(first_name="Dora", company=nordisk, address="Skovvej 3")
    address(nordisk, "NEW", ("2026-07-01", ""))
    assert address_on(anna, JULY).block == "Nordisk\nAnna\nNEW 1\n3000 Helsingør"
    assert address_on(anna, JULY).is_companys
    assert address_on(nordisk, JULY).block == "Nordisk\nNEW 1\n3000 Helsingør"
    assert address_on(dora, JULY).code == ""
    address(anna, "SUMMER", ("2026-06-01", ""))
    assert address_on(anna, JULY).code == "SUMMER"


def test_nobody_follows_when_our_settings_say_so(anna, nordisk):
    ContactDefaults.objects.create(inherit_address=False)
    address(nordisk, "NEW", ("2026-07-01", ""))
    assert address_on(anna, JULY).code == ""
    assert address_on(nordisk, JULY).code == "NEW"


def test_who_has_no_address_may_have_one_in_force(anna, nordisk):
    Contact.objects.update(address="", city="", postal_code="")
    assert not Contact.objects.filter(has_address_in_force(JULY)).exists()
    address(nordisk, "NEW", ("2026-07-01", ""))
    assert set(Contact.objects.filter(has_address_in_force(JULY))) == {anna, nordisk}
    AlternativeAddress.objects.update(city="")
    assert not Contact.objects.filter(has_address_in_force(JULY)).exists()


@pytest.mark.parametrize("contacts", [1, 30])
def test_any_number_of_contacts_takes_as_many_queries(contacts, django_assert_num_queries):
    for person in ContactFactory.create_batch(contacts):
        address(person, "SUMMER", ("2026-06-01", ""))
    with django_assert_num_queries(2):
        found = list(Contact.objects.annotate(r=address_in_force(JULY)).values_list("r", flat=True))
    assert [each["code"] for each in found] == ["SUMMER"] * contacts


DAYS = st.integers(0, 12).map(lambda n: datetime.date(2026, 7, 1) + datetime.timedelta(n))
PERIODS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 6)), max_size=5, unique_by=lambda p: p[0]
)


class TestAgainstTheRule(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(periods=PERIODS, on=DAYS)
    def test_one_contact_and_many_agree_with_the_rule(self, periods, on):
        anna = ContactFactory.create()
        ends = {s: s + datetime.timedelta(n) if n is not None else None for s, n in periods}
        for number, (start, end) in enumerate(ends.items()):
            house = AlternativeAddress.objects.create(contact=anna, code=f"A{number}", city="X")
            AddressPeriod.objects.create(address=house, starts_on=start, ends_on=end)
        covering = [start for start, end in ends.items() if start <= on and (not end or end >= on)]
        expected = f"A{list(ends).index(max(covering))}" if covering else ""
        assert address_on(anna, on).code == expected
        assert [a.code for a in AlternativeAddress.objects.in_force(on)] == [expected] * bool(
            expected
        )


def test_json_stays_json_inside_of_json(anna):
    """SQLite quotes it otherwise, and letters of the log would have no address."""

    address(anna, "SUMMER", ("2026-06-01", ""))
    nested = Contact.objects.values_list(JSONObject(alternative=address_in_force(JULY)))
    assert nested.get(pk=anna.pk)[0]["alternative"]["code"] == "SUMMER", connection.vendor
