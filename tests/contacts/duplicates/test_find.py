"""Which contacts look like one, and which do not."""

import pytest
from django.utils import timezone

from contacts.duplicates.alike import likeness, name_key
from contacts.duplicates.find import find_duplicates, similar_to
from contacts.models import Contact, Duplicate
from tests.factories import CompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db


def person(first, last, **values):
    plain = {"email": "", "phone": "", "mobile": "", "postal_code": ""}
    return ContactFactory.create(first_name=first, surname=last, **plain | values)


def found():
    find_duplicates()
    pairs = Duplicate.objects.open().most_alike_first().with_contacts()
    return [(pair.first, pair.second) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "anna@example.com"}, {"email": "ANNA@example.com"}),
        ({"email": "anna@example.com"}, {"email_2": "anna@example.com"}),
        ({"phone": "+45 86 12 34 56"}, {"mobile": "+45 86123456"}),
        ({"postal_code": "8000"}, {"postal_code": "8000"}),
        ({"postal_code": "123 45"}, {"postal_code": "123 45"}),
    ],
)
def test_the_same_person_typed_twice_is_found(one, other):
    anna, ana = person("Anna", "Sørensen", **one), person("Ana", "Soerensen", **other)
    assert found() == [(anna, ana)]
    assert similar_to(anna)[0][0] == ana


def test_different_people_are_left_alone():
    person("Anna", "Berg", postal_code="8000")
    person("Anna", "Berg", postal_code="5000")
    person("Lars", "Hansen", postal_code="8000")
    person("Jens", "Hansen", postal_code="8000")
    assert found() == []


def test_a_couple_with_one_telephone_is_less_alike_than_one_person_with_two_spellings():
    anna = person("Anna", "Berg", phone="+45 86 12 34 56")
    ana = person("Ana", "Berg", phone="+45 86 12 34 56")
    bo = person("Bo", "Dahl", phone="+45 86 12 34 56")
    one_person, two_people = likeness(anna, ana), likeness(anna, bo)
    assert one_person
    assert two_people
    assert one_person.score > two_people.score


def test_companies_are_compared_without_their_legal_form_and_by_vat_number():
    lys = CompanyFactory.create(name="Nordisk Lys A/S", vat_number="DK12345678", postal_code="")
    lux = CompanyFactory.create(name="Nordisk Lys", vat_number="DK 12 34 56 78", postal_code="")
    assert name_key("Nordisk Lys A/S") == name_key("NORDISK LYS ApS")
    assert found() == [(lys, lux)]


def test_a_company_and_a_person_are_never_one():
    CompanyFactory.create(name="Anna Berg", email="anna@example.com")
    person("Anna", "Berg", email="anna@example.com")
    assert found() == []


def test_the_switchboard_of_a_large_company_says_nothing(monkeypatch):
    monkeypatch.setattr("contacts.duplicates.find.MOST_SHARING", 3)
    for name in ("Anna", "Bo", "Carl", "Dea"):
        person(name, name[::-1], phone="+45 86 12 34 56")
    assert found() == []


def test_what_was_dismissed_stays_so_and_what_was_mended_disappears():
    anna, ana = (
        person("Anna", "Berg", email="a@example.com"),
        person("Ana", "Berg", email="A@example.com"),
    )
    bo, boe = (
        person("Bo", "Dahl", email="b@example.com"),
        person("Bo", "Dahl", email="b@example.com"),
    )
    assert len(found()) == 2
    Duplicate.objects.filter(first=anna).update(dismissed_at=timezone.now())
    Contact.objects.filter(pk=boe.pk).update(email="")
    assert found() == []
    assert Duplicate.objects.get().second == ana
    assert bo.pk


def test_finding_asks_as_often_for_many_as_for_few(django_assert_max_num_queries):
    for n in range(40):
        person("Anna", f"Berg{n:03}", email=f"{n // 2}@example.com", postal_code=f"{n}")
    with django_assert_max_num_queries(12):
        find_duplicates()
    assert Duplicate.objects.count() == 20
