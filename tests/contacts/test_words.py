"""The words that contacts are found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.words import email_words, phone_words, plain_words, search_words, typed_words
from tests.factories import ContactFactory


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Anna Sørensen", ["anna", "sorensen"]),
        ("Åse Kjær", ["ase", "kjaer"]),
        ("Aase", ["ase"]),
        ("Havn & Co. A/S", ["havn", "co", "as"]),
        ("H.C. Ørsted", ["hc", "orsted"]),
        ("Sean O'Brien", ["sean", "obrien"]),
        ("Müller-Lüdenscheidt", ["muller", "ludenscheidt"]),
        ("113 49", ["11349"]),
        ("SW1A 2BB", ["sw1a", "2bb"]),
        ("\0 -- %", []),
    ],
)
def test_words_of_a_name(name: str, words: list[str]) -> None:
    assert list(plain_words(name)) == words


def test_an_address_is_found_by_itself_its_domain_and_its_parts() -> None:
    words = ["anna.s@havn.dk", "@havn.dk", "anna", "s", "havn", "dk"]
    assert list(email_words("Anna.S@Havn.dk")) == words


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        ("+45 33 12 34 56", ["4533123456", "33123456"]),
        ("+4533123456", ["4533123456", "33123456"]),
        ("+358 9 1234", ["35891234", "91234"]),
        ("040-628 04 21", ["0406280421", "406280421"]),
        ("ask", []),
    ],
)
def test_a_phone_number_is_found_with_its_country_and_without(phone: str, words: list[str]) -> None:
    assert list(phone_words(phone)) == words


def test_the_name_comes_first_and_each_word_once() -> None:
    anna = ContactFactory.build(
        name="Anna Havn", company_name="Havn A/S", city="Aarhus C", number="CT000007", email=""
    )
    assert search_words(anna).startswith(" anna havn as arhus c")
    assert search_words(anna).split().count("havn") == 1


@given(st.text(max_size=60).filter(lambda name: "@" not in name), st.text(max_size=60))
def test_what_is_typed_as_it_is_written_is_found(name: str, city: str) -> None:
    """But for "@", which makes an e-mail address of what is typed."""
    stored = search_words(ContactFactory.build(name=name, city=city, email="", phone=""))
    assert all(f" {word}" in stored for word in typed_words(name))


@given(st.text(alphabet="abæøå AÅ'./-0123456789", max_size=30))
def test_each_keystroke_still_finds_whole_words(name: str) -> None:
    """Shorter typing finds more: the words of a beginning begin words of the whole."""
    whole = plain_words(name)
    for end in range(len(name)):
        for word in plain_words(name[:end])[:-1]:
            assert word in whole
