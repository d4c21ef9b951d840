"""A pasted list of numbers and e-mail addresses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.errors import Refused
from segments_app import pasted
from segments_app.pasted import read_list
from tests.factories import ContactFactory

from .conftest import add


def names(read: pasted.Pasted) -> set[str]:
    return {contact.name.split()[0].lower() for contact in read.contacts}


@pytest.mark.parametrize(
    "text",
    [
        "CT000006\nanna@nordisk.example",
        "ct000006, ANNA@nordisk.example;",
        "CT000006\tAnna <anna@nordisk.example>  CT000006\r\n",
        "'CT000006';\"anna@nordisk.example\"",
    ],
)
def test_numbers_and_addresses_however_they_are_separated(cast, text):
    read = read_list(text)
    assert names(read) == {"bo", "anna"}
    assert [word for word in read.unknown if word != "Anna"] == []


def test_what_is_not_known_is_listed_in_its_order(cast):
    read = read_list("CT000006 CT9 x@nowhere.example CT000006")
    assert (names(read), read.unknown) == ({"bo"}, ["CT9", "x@nowhere.example"])


def test_an_address_of_two_contacts_is_ambiguous(cast):
    twin = ContactFactory(email="shared@example.com")
    other = ContactFactory(email="x@example.com", email_2="Shared@example.com")
    read = read_list("shared@example.com")
    assert read.keys == []
    assert [(each.text, set(each.contacts)) for each in read.ambiguous] == [
        ("shared@example.com", {twin, other})
    ]


def test_the_lines_of_those_found(segment, cast):
    add(segment, "country=DK")
    assert [line.contact for line in read_list("CT000002 CT000006").lines(segment)] == [cast.anna]


def test_an_endless_list_is_refused(db, monkeypatch):
    monkeypatch.setattr(pasted, "MOST", 3)
    with pytest.raises(Refused, match="The list has 4 entries; at most 3"):
        read_list("a b c d")
    assert read_list("").keys == []


def test_a_long_list_takes_few_queries(db):
    with CaptureQueriesContext(connection) as captured:
        read = read_list(" ".join(f"CT{n} a{n}@example.com" for n in range(2000)))
    assert len(read.unknown) == 4000
    assert len(captured) <= 4 * 3
