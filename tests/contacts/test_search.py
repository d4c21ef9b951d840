"""Search as one types: who is found, by which way, in which order."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import search
from contacts.models import Contact
from contacts.search import Way
from contacts.words import typed_words
from tests.factories import CompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db

WAYS = [
    Way(),
    Way(at_once=True),
    Way(walks=True),
    Way(by_row=frozenset({"s", "anna", "8000"}), at_once=True),
]
TYPED = """a|an|anna|anna s|anna sø|Sørensen|sorensen|søren|ren|s a|havn|havn a/s|a/s|aarh|århus
    |arhus|8000|8000 aarhus|aarhus 8000|CT0001|ct0001|Anna.S|anna.s@|anna.s@havn.dk|@havn|havn.dk
    |33 12|3312|+45 33 12 34|0045 3312|033 12|12 34|4533|åge|aage|o'br|obrien|100%
    |a_b|x|"|*|(|'|\\"""


@pytest.fixture
def cast() -> dict[str, Contact]:
    havn = CompanyFactory(
        number="CT000101", name="Havn & Co A/S", phone="+45 33 12 34 56", email="post@havn.dk"
    )
    return {
        "havn": havn,
        "anna": ContactFactory(
            number="CT000102",
            first_name="Anna",
            surname="Sørensen",
            company=havn,
            email="anna.s@havn.dk",
        ),
        "soren": ContactFactory(number="CT000103", first_name="Søren", surname="Annas", city="Ry"),
        "aage": ContactFactory(
            number="CT000201", first_name="Åge", surname="O'Brien", city="Århus", postal_code="8200"
        ),
        "greek": ContactFactory(number="X1", first_name="Άννα", surname="Σ", email="a_b@y.gr"),
    }


def typed() -> Iterator[str]:
    return (text.strip() for text in TYPED.split("|"))


def found(cast: dict[str, Contact], text: str) -> list[str]:
    keys = set(Contact.objects.search(text).values_list("pk", flat=True))
    return sorted(name for name, contact in cast.items() if contact.pk in keys)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("anna", ["anna", "soren"]),
        ("anna s", ["anna", "soren"]),
        ("anna sør", ["anna", "soren"]),
        ("sørensen", ["anna"]),
        ("rensen", []),
        ("havn", ["anna", "havn"]),
        ("co a/s", ["anna", "havn"]),
        ("8000 aarhus", ["anna", "greek", "havn"]),
        ("århus", ["aage", "anna", "greek", "havn"]),
        ("CT0001", ["anna", "havn", "soren"]),
        ("ct000201", ["aage"]),
        ("anna.s@", ["anna"]),
        ("@havn.dk", ["anna", "havn"]),
        ("33 12", ["havn"]),
        ("33123456", ["havn"]),
        ("+45 3312", ["havn"]),
        ("0045 33 12", ["havn"]),
        ("033 12", ["havn"]),
        ("åge", ["aage"]),
        ("aage obrien", ["aage"]),
        ("άν", ["greek"]),
        ("a_b@", ["greek"]),
        ("%", []),
        ("", ["aage", "anna", "greek", "havn", "soren"]),
    ],
)
def test_who_is_found(cast, text: str, names: list[str]) -> None:
    assert found(cast, text) == names


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_the_same(cast, way: Way) -> None:
    for text in typed():
        contacts = Contact.objects.search(text)
        expected = [
            contact.pk
            for contact in Contact.objects.order_by("pk")
            if text
            and typed_words(text)
            and search.Sample([contact.search_name]).share(typed_words(text))
        ]
        assert list(contacts.found_by(way).order_by("pk").values_list("pk", flat=True)) == expected


@given(text=st.text(max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_breaks_the_search(cast, text: str) -> None:
    text = text.replace("\0", "")
    for way in WAYS:
        list(Contact.objects.search(text).found_by(way))
    Contact.objects.suggestions(text)


def test_suggestions_begin_with_whose_name_begins_so(cast) -> None:
    assert str(Contact.objects.suggestions("s")[0]) == "Søren Annas"
    assert [str(contact) for contact in Contact.objects.suggestions("anna")] == [
        "Anna Sørensen",
        "Søren Annas",
    ]
    assert Contact.objects.suggestions("anna", type_="company") == []
    assert Contact.objects.suggestions("a", most=1) == [cast["aage"]]
    assert Contact.objects.suggestions(" ") == []


def test_suggestions_are_the_same_whether_words_are_frequent_or_not(cast, monkeypatch) -> None:
    walked = [Contact.objects.suggestions(text) for text in typed()]
    monkeypatch.setattr(search, "FREQUENT", 2.0)
    assert [Contact.objects.suggestions(text) for text in typed()] == walked


def test_the_count_is_bounded_whichever_way(cast) -> None:
    for text in ("a", "orsted", "x"):
        contacts = Contact.objects.search(text).quickest()
        assert contacts.count_to(10) == contacts.count()
    assert Contact.objects.search("a").quickest().count_to(2) == 3


def test_a_sample_that_leaves_no_doubt_is_not_counted(
    cast, monkeypatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr("contacts.models.search_set.CERTAIN", 3)
    # Everyone is in the sample, however many keys the tests before have drawn.
    monkeypatch.setattr("contacts.models.search_set.SAMPLE", 1_000_000)
    contacts = Contact.objects.search("a").quickest()
    # PostgreSQL may know from its statistics that the first is enough.
    with django_assert_max_num_queries(2):
        assert contacts.count_to(1) == 2
    assert contacts.count_to(2) == 3
    assert contacts.companies().count_to(1) == 1


def test_search_narrows_what_is_narrowed_already(cast) -> None:
    companies = Contact.objects.companies().search("havn")
    assert list(companies) == [cast["havn"]]
    assert Contact.objects.search("havn").search("anna").get() == cast["anna"]
    inner = Contact.objects.search("havn").companies().values("pk")
    assert set(Contact.objects.filter(company__in=inner)) == {cast["havn"], cast["anna"]}


def test_frequent_words_are_not_asked_of_the_index() -> None:
    sample = search.Sample([" anna info ct1"] * 999 + [" bo info ct1"])
    assert sample.way(["anna", "info"]).walks
    assert sample.way(["bo", "info", "ct"]) == Way(
        share=0.001, by_row=frozenset({"info"}), walks=False, at_once=True
    )


def test_queries_do_not_grow_with_contacts(cast, django_assert_num_queries) -> None:
    cache.clear()
    with django_assert_num_queries(3):
        Contact.objects.suggestions("qqq")
    with django_assert_num_queries(2):
        Contact.objects.suggestions("qqq")
    ContactFactory.create_batch(30)
    cache.clear()
    with django_assert_num_queries(3):
        Contact.objects.suggestions("qqq")
    with django_assert_num_queries(2):
        assert len(Contact.objects.suggestions("first")) == 10
