import json

import pytest
from django.conf import settings

from interactions.letters.fields import MERGE_FIELDS, example_fields, merge_fields
from interactions.letters.grammar import FILTERS
from interactions.letters.word_fields.names import field_named

from .cast import ANNA, TO_ANNA, TO_HAVN, shared


def test_every_value_of_annas_letter():
    assert merge_fields(TO_ANNA, shared()) == {
        "contact": {
            "number": "CT000042",
            "name": "Anna Marie Sørensen",
            "name_2": "",
            "first_name": "Anna",
            "middle_name": "Marie",
            "surname": "Sørensen",
            "initials": "AMS",
            "job_title": "Indkøbschef",
            "company_name": "Havn & Co A/S",
            "address": "Havnegade 12",
            "address_2": "",
            "postal_code": "8000",
            "city": "Aarhus C",
            "region": "",
            "country": "Danmark",
            "phone": "86123456",
            "mobile": "",
            "email": "anna@havn.example",
            "home_page": "",
            "vat_number": "",
            "is_company": "",
            "address_block": "Havn & Co A/S\nAnna Marie Sørensen\nHavnegade 12\n8000 Aarhus C",
            "formal_salutation": "Kære Anna Marie Sørensen",
            "informal_salutation": "Hi Anna,",
        },
        "salesperson": {
            "code": "MK",
            "name": "Mette Kjær",
            "job_title": "Sælger",
            "phone": "30123456",
            "email": "mk@fjord.example",
            "signature": "",
        },
        "company": {
            "name": "Fjord A/S",
            "address": "Kystvejen 5",
            "address_2": "",
            "postal_code": "8000",
            "city": "Aarhus C",
            "country": "Danmark",
            "phone": "70123456",
            "email": "post@fjord.example",
            "home_page": "https://fjord.example",
            "vat_number": "DK87654321",
            "bank_name": "Havnebanken",
            "bank_account": "1234 0001234567",
            "iban": "DK5012340001234567",
            "swift": "HAVNDK22",
            "address_block": "Fjord A/S\nKystvejen 5\n8000 Aarhus C",
            "logo": "",
        },
        "campaign": {
            "number": "CP0003",
            "description": "Autumn fair",
            "starts": "1. oktober 2026",
            "ends": "",
        },
        "segment": {"number": "SM00012", "description": "Customers in Aarhus"},
        "interaction": {
            "date": "22. november 2026",
            "date_short": "22.11.2026",
            "weekday": "søndag",
            "description": "Invitation",
            "subject": "You are invited",
            "comment": "We have kept a table for you.\nSee you!",
        },
        "_letter": {"language": "da", "date": "2026-11-22"},
    }


def test_a_company_is_one():
    contact = merge_fields(TO_HAVN, shared())["contact"]

    assert contact["is_company"] == "yes"
    assert contact["address_block"] == "Havn & Co A/S\nHavnegade 12\n8000 Aarhus C"


def test_the_list_of_fields_is_the_fields_there_are():
    fields = merge_fields(TO_ANNA, shared())
    names = {f"{group}.{name}" for group, values in fields.items() for name in values}
    names -= {"_letter.language", "_letter.date"}

    assert sorted(field.name for field in MERGE_FIELDS) == sorted(names)
    assert {group: set(values) for group, values in example_fields().items()} == {
        group: set(values) for group, values in fields.items()
    }


def test_what_is_not_known_is_empty():
    source = TO_ANNA._replace(date=None, salesperson=None, campaign=99, language=None)
    bare = shared(formulas={}, default_salutations={})

    fields = merge_fields(source, bare)

    assert fields["interaction"]["date"] == ""
    assert set(fields["salesperson"].values()) == {""}
    assert set(fields["campaign"].values()) == {""}
    assert fields["contact"]["formal_salutation"] == ""


def test_no_values_are_shared_between_letters_but_the_shared_ones():
    everything = shared()
    merge_fields(TO_ANNA, everything)

    assert everything == shared()


@pytest.mark.parametrize(
    ("language", "date", "country"),
    [
        ("da", "22. november 2026", "Danmark"),
        ("sv", "22 november 2026", "Danmark"),
        ("de", "22. November 2026", "Dänemark"),
        ("en", "22 November 2026", "Denmark"),
        (None, "22 November 2026", "Denmark"),
        ("xx-unknown", "22 November 2026", "Denmark"),
    ],
)
def test_dates_and_countries_follow_the_language(language, date, country):
    fields = merge_fields(TO_ANNA._replace(language=language), shared())

    assert fields["interaction"]["date"] == date
    assert fields["contact"]["country"] == country


class TestSalutations:
    """D11: the letter's language, else the default; the contact's salutation, else its type's."""

    def greeting(self, kind="formal", contact=ANNA, **changes):
        source = TO_ANNA._replace(contact=contact, **changes)
        return merge_fields(source, shared())["contact"][f"{kind}_salutation"]

    def test_in_the_letters_language(self):
        assert self.greeting() == "Kære Anna Marie Sørensen"

    def test_in_the_default_language_when_there_is_none_in_the_letters(self):
        assert self.greeting("informal") == "Hi Anna,"
        assert self.greeting(language="sv") == "Dear Anna Sørensen,"

    def test_the_contacts_own_comes_first(self):
        assert self.greeting(contact={**ANNA, "salutation": 5}) == "Højtærede Sørensen"

    def test_a_company_gets_that_of_companies(self):
        greeting = self.greeting(contact=TO_HAVN.contact, language="en")
        assert greeting == "To whom it may concern at Havn & Co A/S,"

    def test_none_is_nothing(self):
        assert self.greeting("informal", contact={**ANNA, "salutation": 99}) == ""


def test_fields_and_shared_values_survive_json():
    kept = json.loads(json.dumps(shared()))

    assert merge_fields(TO_ANNA, kept) == merge_fields(TO_ANNA, shared())


def test_every_field_is_in_the_guide():
    guide = (settings.BASE_DIR / "docs/guide/templates.md").read_text()

    assert [f.name for f in MERGE_FIELDS if f"| `{f.name}` | {f.description} |" not in guide] == []


def test_every_filter_is_in_the_guide():
    guide = (settings.BASE_DIR / "docs/guide/templates.md").read_text()

    assert [name for name in FILTERS if name != "d" and f"`{name}" not in guide] == []


def test_the_company_of_an_alternative_address_is_on_the_envelope():
    anna = {**ANNA, "address_company": "Strand A/S"}
    contact = merge_fields(TO_ANNA._replace(contact=anna), shared())["contact"]
    assert contact["address_block"].startswith("Strand A/S\nAnna")
    assert contact["company_name"] == ANNA["company_name"]


def test_campaigns_kept_before_they_had_dates():
    kept = shared(campaigns={"3": {"number": "CP0003", "description": "Autumn fair"}})
    assert merge_fields(TO_ANNA, kept)["campaign"]["starts"] == ""


@pytest.mark.parametrize("field", MERGE_FIELDS, ids=lambda field: field.name)
def test_the_usual_names_are_known(field):
    assert [field_named(name) for name in field.usual_names] == [field.name] * 2
