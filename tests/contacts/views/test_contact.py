"""The pages of contacts, as Mette (who may), Rasmus (who may look) and a stranger see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.models import AddressPeriod, AlternativeAddress, Contact, NumberSeries
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    IndustryGroupFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SegmentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


@pytest.fixture
def anna() -> Contact:
    nordisk = CompanyFactory.create(name="Nordisk Lys A/S", number="C1")
    return ContactFactory.create(
        number="P1", first_name="Anna", surname="Sørensen", company=nordisk
    )


URLS = [
    ("list", []),
    ("detail", ["P1"]),
    ("pick", []),
    ("create", []),
    ("update", ["P1"]),
    ("import", []),
    ("delete", ["P1"]),
]


@pytest.mark.parametrize(("name", "args"), URLS)
def test_who_may_see_which_page(client, anna, mette, maria, rasmus, name, args):
    url = reverse(f"contacts:{name}", args=args)
    assert client.get(url).url.startswith("/accounts/login/")
    client.force_login(rasmus)
    assert client.get(url).status_code == (200 if name in ("list", "detail", "pick") else 403)
    client.force_login(mette)
    assert client.get(url).status_code == (403 if name == "delete" else 200)
    client.force_login(maria)
    assert client.get(url).status_code == 200


def test_a_reader_sees_no_buttons_that_would_refuse_him(client, anna, rasmus):
    client.force_login(rasmus)
    text = client.get(reverse("contacts:list")).text + client.get(anna.get_absolute_url()).text
    for name, args in URLS[3:]:
        assert f'href="{reverse(f"contacts:{name}", args=args)}"' not in text


def test_the_list_says_what_it_shows(staff, anna):
    response = staff.get(reverse("contacts:list"), {"q": "sorensen", "type": "person"})
    assert list(response.context["page_obj"]) == [anna]
    assert response.context["filter"].sentence() == "found by “sorensen”, and is a person"
    assert "found by “sorensen”" in response.text
    assert 'href="?q=sorensen"' in response.text


def test_htmx_gets_the_results_alone(staff, anna):
    asked = {"q": "sorensen"}
    page = staff.get(reverse("contacts:list"), asked, headers={"HX-Request": "true"})
    assert "<html" not in page.text
    assert 'role="search"' not in page.text
    assert anna.name in page.text


def test_a_wrong_condition_shows_nobody_and_says_why(staff, anna):
    response = staff.get(reverse("contacts:list"), {"country": "XX", "contry": "DK"})
    assert response.status_code == 200
    assert not response.context["page_obj"].object_list
    assert "Country: “XX” is not known." in response.text
    assert "Did you mean “country”?" in response.text


def test_nobody_matches_and_none_yet_are_different_pages(staff):
    url = reverse("contacts:list")
    assert "There are no contacts yet" in staff.get(url).text
    assert "Nobody meets these conditions" in staff.get(url, {"q": "nobody"}).text


def test_the_list_is_sorted_by_its_headings_both_ways(staff):
    for name, city in [("Bo", "Ribe"), ("Anna", "Tønder"), ("Carl", "Odense")]:
        ContactFactory.create(first_name=name, surname="", city=city)

    def names(sort: str) -> list[str]:
        response = staff.get(reverse("contacts:list"), {"sort": sort})
        return [contact.name for contact in response.context["page_obj"]]

    assert names("name") == names("nonsense") == ["Anna", "Bo", "Carl"]
    assert names("-name") == ["Carl", "Bo", "Anna"]
    assert names("city") == ["Carl", "Bo", "Anna"]
    assert names("number") == ["Bo", "Anna", "Carl"]


@pytest.mark.parametrize("contacts", [10, 60])
def test_the_list_asks_as_often_for_many_as_for_few(staff, contacts, django_assert_max_num_queries):
    group = MailingGroupFactory.create()
    for contact in ContactFactory.create_batch(contacts, salesperson=SalespersonFactory.create()):
        contact.mailing_groups.add(group)
    with django_assert_max_num_queries(20):
        staff.get(reverse("contacts:list"), {"type": "person"})


@pytest.mark.parametrize("asked", [{"q": "first"}, {"q": "qq"}, {"sort": "-city"}, {}])
def test_each_list_asks_as_often_for_many_as_for_few(staff, asked: dict[str, str]) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse("contacts:list"), asked)
        return len(queries)

    ContactFactory.create_batch(3, first_name="First", salesperson=SalespersonFactory.create())
    staff.get(reverse("contacts:list"))
    few = count()
    ContactFactory.create_batch(60, first_name="First", salesperson=SalespersonFactory.create())
    # What a sample has not decided is counted, and the count read: two queries, however many.
    assert count() <= few + 2


@pytest.mark.parametrize("persons", [1, 60])
def test_a_company_asks_as_often_for_many_persons_as_for_few(
    staff, persons, django_assert_max_num_queries
):
    nordisk = CompanyFactory.create()
    ContactFactory.create_batch(persons, company=nordisk)
    with django_assert_max_num_queries(20):
        response = staff.get(nordisk.get_absolute_url())
    assert len(response.context["persons"]) == min(persons, 50)
    assert ("Show all persons" in response.text) == (persons > 50)


PERSON = {"first_name": "Søren", "surname": "Ø", "active": "on"}


def test_a_person_is_created_with_the_next_number(staff, anna):
    group = MailingGroupFactory.create(code="VIP")
    url = f"{reverse('contacts:create')}?company=C1"
    assert "C1 Nordisk Lys A/S" in staff.get(url).text
    form = {**PERSON, "company": "C1 Nordisk Lys A/S", "mailing_groups": [group.pk]}
    response = staff.post(url, form, follow=True)
    soren = Contact.objects.get(name="Søren Ø")
    assert soren.number == "CT000001"
    assert soren.company == anna.company
    assert set(soren.mailing_groups.all()) == {group}
    assert "Søren Ø was created." in response.text


def test_a_company_is_created_and_belongs_to_itself(staff):
    group = IndustryGroupFactory.create()
    url = f"{reverse('contacts:create')}?type=company"
    staff.post(url, {"name": "Weber GmbH", "active": "on", "industry_groups": [group.pk]})
    weber = Contact.objects.get()
    assert (weber.type, weber.company, weber.name) == ("company", weber, "Weber GmbH")
    assert set(weber.industry_groups.all()) == {group}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"first_name": "", "surname": ""}, "A person needs a name."),
        ({"email": "nope"}, "Enter a valid email address."),
        ({"company": "Nowhere"}, "There is no company “Nowhere”."),
        ({"company": "Twin"}, "Several companies are called “Twin”."),
        ({"number": "P1"}, "This number is used already."),
        ({"number": "A/1"}, "letters, digits, hyphens"),
        ({"number": "create"}, "“create” cannot be a number."),
        ({"first_name": "a" * 50, "middle_name": "b" * 50, "surname": "c" * 50}, "longer than 150"),
        ({"first_name": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_form_says_so_beside_what_was_typed(staff, anna, fields, error):
    CompanyFactory.create_batch(2, name="Twin")
    response = staff.post(reverse("contacts:create"), {**PERSON, "city": "Ribe", **fields})
    assert response.status_code == 200
    assert error in response.text
    assert "Ribe" in response.text
    assert Contact.objects.count() == 4
    assert NumberSeries.objects.get(pk="contacts").last == 0


def test_a_number_typed_by_hand_is_taken(staff):
    staff.post(reverse("contacts:create"), {**PERSON, "number": "VIP-7"})
    assert Contact.objects.get().number == "VIP-7"


def test_an_edit_changes_the_contact_and_keeps_its_number(staff, anna):
    url = reverse("contacts:update", args=["P1"])
    assert "C1 Nordisk Lys A/S" in staff.get(url).text
    staff.post(url, {**PERSON, "number": "P9", "company": "C1"})
    anna.refresh_from_db()
    assert (anna.number, anna.name, anna.company_name) == ("P1", "Søren Ø", "Nordisk Lys A/S")


def test_the_type_changes_only_while_nothing_depends_on_it(staff, anna):
    url = f"{reverse('contacts:update', args=['P1'])}?type=company"
    staff.post(url, {"name": "Anna Sørensen Design", "active": "on"})
    anna.refresh_from_db()
    assert (anna.type, anna.company) == ("company", anna)
    SegmentFactory.create().lines.create(contact=anna, added_step=1)
    back = f"{reverse('contacts:update', args=['P1'])}?type=person"
    assert "The type cannot change" in staff.post(back, PERSON, follow=True).text
    anna.refresh_from_db()
    assert anna.is_company


def test_deleting_asks_first_and_is_refused_with_the_reason(client, maria, anna):
    client.force_login(maria)
    url = reverse("contacts:delete", args=["P1"])
    assert "deleted for good" in client.get(url).text
    assert Contact.objects.filter(number="P1").exists()
    line = SegmentFactory.create(number="TS7").lines.create(contact=anna, added_step=1)
    assert "in segment TS7" in client.get(url).text
    assert "in segment TS7" in client.post(url, follow=True).text
    line.delete()
    assert "was deleted" in client.post(url, follow=True).text
    assert not Contact.objects.filter(number="P1").exists()


def test_unknown_numbers_are_not_found(staff):
    for name in ("detail", "update"):
        assert staff.get(reverse(f"contacts:{name}", args=["NONE"])).status_code == 404


def test_pick_offers_at_most_ten_of_the_type_that_is_asked_for(staff, anna):
    ContactFactory.create_batch(12, company=anna.company)
    url = reverse("contacts:pick")
    assert staff.get(url, {"q": "nordisk"}).text.count("<button") == 10
    companies = staff.get(url, {"q": "nordisk", "type": "company"}).text
    assert companies.count("<button") == 1
    assert 'value="C1"' in companies
    assert "Nobody is found by" in staff.get(url, {"q": "zzz"}).text
    assert staff.get(url, {"q": " "}).text.strip() == ""


def test_the_page_says_where_the_contact_is_today_and_leads_on(staff, anna):
    """In the summer house Anna has another phone; numbers dial."""
    Contact.objects.filter(pk=anna.pk).update(phone="+45 33 12 34 56", mobile="+45 20 20 20 20")
    house = AlternativeAddress.objects.create(
        contact=anna,
        code="SUMMER",
        address="Strandvej 1",
        city="Helsingør",
        phone="+45 44 44 44 44",
    )
    AddressPeriod.objects.create(address=house, starts_on=timezone.localdate())
    text = staff.get(anna.get_absolute_url()).text
    assert "Strandvej 1" in text
    assert "SUMMER, in force today" in text
    assert 'href="tel:+45-44-44-44-44"' in text
    assert 'href="tel:+45-20-20-20-20"' in text
    for name in ("interactions:contact_statistics", "interactions:campaigns_for_contact"):
        assert reverse(name, args=["P1"]) in text
    for name in ("addresses", "update_groups", "history"):
        assert reverse(f"contacts:{name}", args=["P1"]) in text
