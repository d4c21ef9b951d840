"""The index of search words is kept by the database, whoever writes."""

import pytest
from django.core.management import call_command
from django.db import connection

from contacts.deletion import delete_contact
from contacts.models import Contact
from contacts.search_index import drop_index, index_is_whole, make_index
from tests.factories import CompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db


def numbers(text: str) -> list[str]:
    return sorted(Contact.objects.search(text).values_list("number", flat=True))


def test_the_migrations_leave_it_whole() -> None:
    """If this fails after a new migration of contacts: end the migration with SearchIndex()."""
    assert index_is_whole()


def test_a_dropped_index_is_made_again_from_what_is_stored() -> None:
    anna = ContactFactory(first_name="Anna")
    drop_index()
    assert not index_is_whole()
    make_index()
    assert index_is_whole()
    assert numbers("anna") == [anna.number]


def test_saving_changing_and_deleting_one() -> None:
    anna = ContactFactory(number="C1", first_name="Anna", surname="Lund")
    anna.surname, anna.phone = "Krogh", "+45 20 30 40 50"
    anna.save()
    assert (numbers("lund"), numbers("krogh"), numbers("2030")) == ([], ["C1"], ["C1"])
    anna.delete()
    ContactFactory(number="C2", first_name="Bo")
    assert numbers("krogh") == []


def test_a_company_that_is_renamed_renames_its_persons() -> None:
    havn = CompanyFactory(number="C1", name="Havn")
    ContactFactory(number="C2", company=havn)
    havn.name = "Fjord"
    havn.save()
    assert (numbers("havn"), numbers("fjord")) == ([], ["C1", "C2"])


def test_sets() -> None:
    people = [ContactFactory.build(number=f"C{i}", first_name="Ida") for i in range(3)]
    for person in people:
        person.derive_names()
    Contact.objects.bulk_create(people)
    assert numbers("ida") == ["C0", "C1", "C2"]
    for person in people:
        person.first_name = person.name = "Eva"
        person.surname = ""
        person.derive_names()
    Contact.objects.put(people[1:], ["first_name", "search_name"])
    assert (numbers("ida"), numbers("eva")) == (["C0"], ["C1", "C2"])
    Contact.objects.filter(number="C2").delete()
    assert numbers("eva") == ["C1"]


def test_rebuilding_after_somebody_wrote_past_the_application() -> None:
    ContactFactory(number="C1", first_name="Anna")
    Contact.objects.update(name="Berta Lund", first_name="Berta", surname="Lund")
    assert numbers("berta") == []
    call_command("rebuild_search")
    assert (numbers("berta"), numbers("anna")) == (["C1"], [])


def test_nothing_of_old_words_stays_in_the_index() -> None:
    contact = ContactFactory(first_name="Anna")
    contact.first_name = "Berta"
    contact.save()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO contacts_search (contacts_search) VALUES ('integrity-check')"
            )
    assert numbers("anna") == []


def test_deleting_as_the_pages_do(admin_user) -> None:
    anna = ContactFactory(number="C1", first_name="Anna")
    delete_contact(anna, by=admin_user)
    assert numbers("anna") == []
