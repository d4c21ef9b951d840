"""The pages of alternative addresses: Anna's summer house."""

import datetime

import pytest
from django.urls import reverse

from contacts.models import AddressPeriod, AlternativeAddress, Contact
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Contact:
    return ContactFactory.create(number="P1", first_name="Anna", surname="Holm")


@pytest.fixture
def summer(anna) -> AlternativeAddress:
    address = AlternativeAddress.objects.create(
        contact=anna, code="SUMMER", address="Strandvej 1", postal_code="3000", city="Helsingør"
    )
    starts, ends = datetime.date(2026, 6, 1), datetime.date(2026, 8, 31)
    AddressPeriod.objects.create(address=address, starts_on=starts, ends_on=ends)
    return address


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


def sent(*periods: tuple[str, str], initial: int = 0, **values: str) -> dict[str, str]:
    form = {"code": "BOAT", "address": "Havnen 7", "city": "Skagen", **values}
    form |= {"periods-TOTAL_FORMS": str(len(periods)), "periods-INITIAL_FORMS": str(initial)}
    for number, (starts, ends) in enumerate(periods):
        form[f"periods-{number}-starts_on"], form[f"periods-{number}-ends_on"] = starts, ends
    return form


CREATE = "/contacts/P1/addresses/create/"


def test_who_may_see_and_change_addresses(client, anna, summer, mette, rasmus):
    pages = {
        "show": reverse("contacts:addresses", args=["P1"]),
        "create": CREATE,
        "update": reverse("contacts:address_update", args=["P1", summer.pk]),
    }
    for url in pages.values():
        assert client.get(url).url.startswith("/accounts/login/")
    client.force_login(rasmus)
    assert client.get(pages["show"]).status_code == 200
    assert CREATE not in client.get(pages["show"]).text
    assert client.get(CREATE).status_code == client.get(pages["update"]).status_code == 403
    client.force_login(mette)
    assert {client.get(url).status_code for url in pages.values()} == {200}
    delete = reverse("contacts:address_delete", args=["P1", summer.pk])
    assert client.get(delete).status_code == 405


def test_the_page_says_which_address_is_in_force_on_a_date(staff, anna, summer):
    url = reverse("contacts:addresses", args=["P1"])
    july = staff.get(url, {"date": "2026-07-01"}).text
    assert "<strong>SUMMER</strong> is in force." in july
    assert "in force on the date" in july
    assert "The usual address is in force." in staff.get(url, {"date": "2026-09-01"}).text
    assert "That is no date." in staff.get(url, {"date": "2026-02-31"}).text
    assert "That is no date." in staff.get(url, {"date": "soon"}).text


def test_an_address_is_created_with_its_periods(staff, anna):
    form = sent(("2026-06-01", "2026-08-31"), ("2027-06-01", ""), ("", ""), phone="33123456")
    response = staff.post(CREATE, form, follow=True)
    assert "The address BOAT was saved." in response.text
    boat = anna.alternative_addresses.get()
    assert (boat.city, boat.phone) == ("Skagen", "+45 33 12 34 56")
    assert [period.starts_on.year for period in boat.periods.all()] == [2026, 2027]
    assert {period.contact for period in boat.periods.all()} == {anna}


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (sent(code="SUMMER"), "The contact has an address with this code already."),
        (sent(code=""), "This field is required."),
        (sent(address="", city=""), "Say at least what is different"),
        (sent(phone="12"), "“12” is no phone number"),
        (sent(("2026-06-01", "")), "From this day SUMMER is in force."),
        (sent(("2026-09-02", "2026-09-01")), "The period ends before it begins."),
        (sent(("2026-09-02", ""), ("2026-09-02", "")), "From this day BOAT is in force."),
        (sent(("", "2026-09-02")), "This field is required."),
        (sent(("soon", "")), "Enter a valid date."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(staff, summer, form, error):
    response = staff.post(CREATE, form)
    assert response.status_code == 200
    assert error in response.text
    assert AlternativeAddress.objects.get() == summer


def test_an_address_is_changed_and_a_period_taken_away(staff, anna, summer):
    period = summer.periods.get()
    form = sent(("2026-06-01", "2026-08-31"), ("2027-06-01", ""), initial=1, code="SUMMER")
    form |= {"periods-0-id": str(period.pk), "periods-0-DELETE": "on"}
    staff.post(reverse("contacts:address_update", args=["P1", summer.pk]), form)
    summer.refresh_from_db()
    assert summer.city == "Skagen"
    assert [period.starts_on.year for period in summer.periods.all()] == [2027]


def test_an_address_is_deleted(staff, anna, summer):
    url = reverse("contacts:address_delete", args=["P1", summer.pk])
    assert "The address SUMMER was deleted." in staff.post(url, follow=True).text
    assert not AlternativeAddress.objects.exists()
    assert not AddressPeriod.objects.exists()


def test_an_address_of_somebody_else_is_not_found(staff, summer):
    ContactFactory.create(number="P2")
    assert staff.get(f"/contacts/P2/addresses/{summer.pk}/").status_code == 404


def test_a_form_of_a_billion_periods_is_refused_at_once(staff, anna):
    form = sent() | {"periods-TOTAL_FORMS": str(10**9), "periods-INITIAL_FORMS": "0"}
    response = staff.post(CREATE, form)
    assert "An address has at most 100 periods." in response.text
    assert response.text.count("-starts_on") < 1000
    assert not anna.alternative_addresses.exists()
