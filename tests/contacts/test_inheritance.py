"""What persons take over from Nordisk Lys, and what stays their own (R12, R13)."""

import pytest

from contacts.inheritance import heritage, inherit, take_over, taken_over_sentence
from contacts.models import Contact, ContactDefaults, Territory
from tests.factories import CompanyFactory, ContactFactory, SalespersonFactory

pytestmark = pytest.mark.django_db

HOME = {"address": "Skovvej 3", "postal_code": "4000", "city": "Roskilde"}


@pytest.fixture
def nordisk() -> Contact:
    return CompanyFactory.create(name="Nordisk Lys A/S", phone="+45 33 12 34 56")


def person(company: Contact, name: str, **values) -> Contact:
    return ContactFactory.create(first_name=name, surname="", company=company, **values)


def change(company: Contact, **values) -> list[str]:
    before = heritage([company.pk])
    for name, value in values.items():
        setattr(company, name, value)
    company.save()
    return [inherited.sentence for inherited in inherit(before, by=None)]


def test_a_new_address_goes_to_those_who_shared_the_old_one(nordisk):
    anna, bo, carl = (person(nordisk, name) for name in ("Anna", "Bo", "Carl"))
    dora = person(nordisk, "Dora", **HOME)
    said = change(nordisk, address="Havnegade 9", postal_code="5000", city="Odense", region="Fyn")
    assert said == ["Address was changed for 3 of 4 persons. 1 keeps its own."]
    for contact in (anna, bo, carl):
        contact.refresh_from_db()
        assert (contact.address, contact.city, contact.region) == ("Havnegade 9", "Odense", "Fyn")
        assert contact in Contact.objects.search(f"{contact.name} odense")
    dora.refresh_from_db()
    assert (dora.address, dora.city) == ("Skovvej 3", "Roskilde")


def test_each_field_goes_alone(nordisk):
    anna = person(nordisk, "Anna", phone="+45 33 12 34 56", email="anna@nordisk.example")
    bo = person(nordisk, "Bo", phone="+45 20 20 20 20")
    said = change(nordisk, phone="+45 44 44 44 44", email="post@nordisk.example")
    assert said == [
        "Phone was changed for 1 of 2 persons. 1 keeps its own.",
        "E-mail was changed for 1 of 2 persons. 1 keeps its own.",
    ]
    anna.refresh_from_db()
    bo.refresh_from_db()
    assert (anna.phone, anna.email) == ("+45 44 44 44 44", "anna@nordisk.example")
    assert (bo.phone, bo.email) == ("+45 20 20 20 20", "post@nordisk.example")


def test_where_everyone_has_something_else_nothing_is_said_to_have_changed(nordisk):
    person(nordisk, "Anna", phone="+45 20 20 20 20")
    assert change(nordisk, phone="+45 44 44 44 44") == [
        "Phone stays as it is for the 1 person, who has another one."
    ]
    person(nordisk, "Bo", phone="+45 20 20 20 21")
    assert change(nordisk, phone="+45 44 44 44 45") == [
        "Phone stays as it is for all 2 persons, who have other ones."
    ]


def test_people_and_places_we_keep_go_too_from_none_and_to_none(nordisk):
    anna, mk, north = person(nordisk, "Anna"), SalespersonFactory.create(), Territory(code="N")
    north.save()
    change(nordisk, salesperson=mk, territory=north, language_id="da")
    anna.refresh_from_db()
    assert (anna.salesperson, anna.territory, anna.language_id) == (mk, north, "da")
    assert change(nordisk, salesperson=None) == ["Salesperson was changed for the 1 person too."]
    anna.refresh_from_db()
    assert anna.salesperson is None


def test_the_country_stays_with_an_address_of_ones_own(nordisk):
    anna, dora = person(nordisk, "Anna"), person(nordisk, "Dora", **HOME)
    change(nordisk, address="Hamngatan 1", postal_code="211 20", city="Malmö", country="SE")
    anna.refresh_from_db()
    dora.refresh_from_db()
    assert (anna.city, anna.country) == ("Malmö", "SE")
    assert (dora.city, dora.country) == ("Roskilde", "DK")


@pytest.mark.parametrize(
    ("flag", "values"),
    [
        ("salesperson", {"salesperson": SalespersonFactory}),
        ("country", {"country": "SE"}),
        ("language", {"language_id": "da"}),
        ("address", {"address": "Havnegade 9"}),
        ("communication", {"phone": "+45 44 44 44 44", "correspondence_type": "email"}),
    ],
)
def test_nothing_goes_that_our_settings_hold_back(nordisk, flag, values):
    ContactDefaults.objects.create(**{f"inherit_{flag}": False})
    anna = person(nordisk, "Anna", phone="+45 33 12 34 56")
    before = Contact.objects.values().get(pk=anna.pk)
    values = {name: getattr(value, "create", lambda v=value: v)() for name, value in values.items()}
    assert change(nordisk, **values) == []
    assert Contact.objects.values().get(pk=anna.pk) == before


def test_many_companies_are_told_apart(django_assert_max_num_queries):
    companies = CompanyFactory.create_batch(450)
    for number, company in enumerate(companies):
        company.phone = f"+45 33 00 {number:04d}"
    Contact.objects.put(companies, ["phone"])
    Contact.objects.bulk_create(
        ContactFactory.build(company=company, phone=company.phone if number % 2 else "+45 1")
        for number, company in enumerate(companies)
    )
    before = heritage(company.pk for company in companies)
    for company in companies:
        company.phone, company.address = f"{company.phone}9", f"Ny {company.pk}"
    Contact.objects.put(companies, ["phone", "address"])
    with django_assert_max_num_queries(36):
        address, phone = inherit(before, by=None)
    assert (phone.changed, phone.persons) == (225, 450)
    assert (address.changed, address.persons) == (450, 450)
    for contact in Contact.objects.persons().select_related("company"):
        assert contact.company is not None
        assert contact.address == f"Ny {contact.company.pk}"
        assert (contact.phone == contact.company.phone) == (contact.phone != "+45 1")


def test_a_person_with_a_new_company_keeps_what_was_never_the_old_ones(nordisk):
    weber = CompanyFactory.create(
        name="Weber GmbH",
        country="DE",
        city="Hamburg",
        phone="+49 40 1",
        email="post@weber.example",
    )
    anna = person(
        nordisk, "Anna", phone="+45 33 12 34 56", email="anna@example.com", mobile="+45 2"
    )
    anna.company = weber
    taken = take_over(anna, nordisk)
    assert set(taken) == {"country", "phone", "address"}
    assert (anna.city, anna.phone, anna.email, anna.mobile) == (
        "Hamburg",
        "+49 40 1",
        "anna@example.com",
        "+45 2",
    )
    assert taken_over_sentence(anna, ["phone", "address"]) == (
        "Taken over from Weber GmbH: phone, address."
    )


def test_what_was_just_typed_is_kept(nordisk):
    anna = person(nordisk, "Anna")
    anna.company = CompanyFactory.create(name="Weber", phone="+49 40 1", city="Hamburg")
    assert take_over(anna, nordisk, keep={"phone", "city"}) == []
    assert (anna.phone, anna.city) == ("", "Aarhus C")


def test_a_new_person_takes_over_what_is_empty_or_only_a_default(nordisk):
    nordisk.country = "SE"
    anna = Contact(first_name="Anna", company=nordisk, country="DK", email="a@example.com")
    assert set(take_over(anna, None, unset={"country": "DK"})) == {"country", "phone", "address"}
    assert (anna.country, anna.address, anna.email) == ("SE", "Havnegade 1", "a@example.com")
    dora = Contact(first_name="Dora", company=nordisk, country="DK", **HOME)
    assert take_over(dora, None, unset={"country": "DK"}) == ["phone"]
    assert dora.country == "DK"
