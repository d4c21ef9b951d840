"""How a contact is greeted: its own salutation or its type's, its own language or the default."""

import pytest
from django.template.loader import render_to_string

from contacts.greetings import greetings, greetings_in_own_language
from contacts.models import Contact, Language, Salutation
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    SalutationFactory,
    SalutationFormulaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone() -> Salutation:
    """The default for persons, in English formal and informal, in Danish informal only."""
    salutation = SalutationFactory.create(default_for="person")
    for language, type_, text in (
        ("en", "formal", "Dear {first_name} {surname},"),
        ("en", "informal", "Hi {first_name},"),
        ("da", "informal", "Hej {first_name}"),
    ):
        SalutationFormulaFactory.create(
            salutation=salutation,
            language=Language.objects.get(code=language),
            type=type_,
            text=text,
        )
    return salutation


def words(contact: Contact) -> list[tuple[str, bool]]:
    found = greetings_in_own_language(contact)
    return [(each.words, each.stands_in) for each in found.greetings] if found else []


def test_in_the_contacts_language_where_there_is_a_formula(everyone):
    anna = ContactFactory.create(first_name="Anna", surname="", language_id="da")
    assert words(anna) == [("Dear Anna,", True), ("Hej Anna", False)]
    bo = ContactFactory.create(first_name="Bo", surname="Lind")
    assert words(bo) == [("Dear Bo Lind,", False), ("Hi Bo,", False)]


def test_the_contacts_own_salutation_comes_before_that_of_its_type(everyone):
    women = SalutationFactory.create()
    SalutationFormulaFactory.create(
        salutation=women, language=Language.objects.get(code="en"), text="Dear Ms {surname},"
    )
    anna = ContactFactory.create(first_name="Anna", surname="Sø", salutation=women)
    assert words(anna) == [("Dear Ms Sø,", False), ("", True)]


def test_where_nothing_is_set_up_nothing_is_said(everyone):
    nordisk = CompanyFactory.create()
    assert words(nordisk) == [("", True), ("", True)]
    text = render_to_string("contacts/_greeting.html", {"contact": nordisk})
    assert text.count("no formula") == 2


def test_every_language_in_constant_queries(everyone, django_assert_num_queries):
    anna = ContactFactory.create()
    with django_assert_num_queries(3):
        found = greetings(anna)
    assert len(found) == Language.objects.count()
