"""A new contact gets our defaults where the file says nothing (R4)."""

import io

import pytest

from contacts.imports import Options, import_contacts
from contacts.models import Contact, ContactDefaults
from tests.factories import CompanyFactory, ContactFactory, LanguageFactory, SalespersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_defaults():
    LanguageFactory.create(code="da", name="Danish")
    ContactDefaults.objects.create(
        country="DK",
        language_id="da",
        salesperson=SalespersonFactory.create(code="HQ"),
        correspondence_type="hard_copy",
    )


def load(text: str, by=None, **options) -> None:
    result = import_contacts(io.BytesIO(text.encode()), by=by, options=Options(**options))
    assert result.is_written, result.refused


def given(contact) -> tuple[str, str, str, str]:
    code = contact.salesperson.code if contact.salesperson else ""
    return contact.country, contact.language_id or "", code, contact.correspondence_type


def test_a_row_that_says_nothing_gets_all_of_them_and_one_that_says_something_keeps_it():
    load("name;postnr;land;sprog\nLys;800;;\nWeber;1067;DE;en\n")
    lys, weber = Contact.objects.order_by("name")
    assert given(lys) == ("DK", "da", "HQ", "hard_copy")
    assert lys.postal_code == "0800"
    assert given(weber) == ("DE", "en", "HQ", "hard_copy")


def test_an_empty_cell_that_empties_is_something_said():
    load("name;country;language\nLys;;\n", empty="clear")
    assert given(Contact.objects.get()) == ("", "", "HQ", "hard_copy")


def test_a_contact_that_exists_gets_nothing():
    ContactFactory.create(number="CT1", country="", language=None)
    load("number;city\nCT1;Ribe\n")
    assert given(Contact.objects.get()) == ("", "", "", "")


def test_the_company_goes_before_our_defaults_as_far_as_it_has_anything():
    CompanyFactory.create(number="C1", country="SE", city="Lund", language_id="en")
    load("first name;company\nAnna;C1\n")
    anna = Contact.objects.persons().get()
    assert given(anna) == ("SE", "en", "HQ", "hard_copy")
    assert anna.city == "Lund"


def test_a_salesperson_who_imports_is_put_on_the_contacts(mette):
    SalespersonFactory.create(code="MH", user=mette)
    load("name\nLys\n", by=mette)
    assert given(Contact.objects.get())[2] == "MH"
