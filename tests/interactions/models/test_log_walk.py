"""The same entries, whichever way a page of them is found."""

import datetime

import pytest

from contacts import search
from interactions.models import InteractionLogEntry
from interactions.models.log_walk import is_walking
from tests.factories import CompanyFactory, ContactFactory, EntryFactory

pytestmark = pytest.mark.django_db
LOG = InteractionLogEntry.objects
FIRST = datetime.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _everybody_is_sampled(monkeypatch):
    """However high the keys are that other tests have left to these contacts."""
    monkeypatch.setattr("contacts.models.search_set.SAMPLE", 1_000_000)


@pytest.fixture
def annas():
    """Three, two in a company, each written to twice; Bo was written to more."""
    lys = CompanyFactory.create(name="Anker & Lys")
    people = [ContactFactory.create(first_name="Anna", company=lys) for _ in range(2)]
    people.append(ContactFactory.create(first_name="Anna"))
    bo = ContactFactory.create(first_name="Bo")
    for day in range(2):
        for contact in (*people, bo, bo):
            EntryFactory.create(
                contact=contact,
                company=contact.company,
                date=FIRST + datetime.timedelta(days=day),
            )
    return people


def pages(text: str, how: str = "about"):
    return getattr(LOG.newest_first().with_names(), how)(text, for_page=True)


@pytest.mark.parametrize("how", ["about", "about_company"])
def test_a_page_of_a_frequent_name_is_walked_and_the_same(annas, how):
    walked = pages("an", how)
    assert is_walking(walked)
    whole = getattr(LOG.newest_first(), how)("an")
    assert not is_walking(whole)
    assert list(walked) == list(whole)
    assert len(walked) == {"about": 6, "about_company": 4}[how]


def test_a_rare_name_is_looked_up(annas, monkeypatch):
    monkeypatch.setattr(search, "FREQUENT", 2.0)
    looked_up = pages("an")
    assert not is_walking(looked_up)
    assert list(looked_up) == list(LOG.newest_first().about("an"))


def test_the_count_is_bounded_and_exact_below_the_bound(annas):
    assert [pages("an").count_to(most) for most in (2, 5, 6, 100)] == [3, 6, 6, 6]


def test_the_count_is_right_where_the_first_contacts_have_no_entries(annas):
    LOG.filter(contact__in=annas[:2]).delete()
    assert pages("an").count_to(1) == 2


def test_few_are_gathered_in_the_same_order(annas):
    assert list(pages("an").known_to_be_few()) == list(pages("an"))


def test_what_is_asked_beside_holds_too(annas):
    later = pages("an").between(FIRST + datetime.timedelta(days=1), None)
    assert (later.count_to(10), len(later), len(later.known_to_be_few())) == (3, 3, 3)
    assert later.none().count_to(10) == 0


def test_rows_of_a_page_come_by_their_keys_with_their_names(annas, django_assert_num_queries):
    walked = pages("an")
    keys = list(walked.values_list("pk", flat=True)[:2])
    with django_assert_num_queries(1):
        rows = [(entry.pk, entry.contact.first_name) for entry in walked.with_keys(keys)]
    assert rows == [(key, "Anna") for key in keys]


def test_a_sample_that_leaves_no_doubt_is_enough(annas, monkeypatch):
    monkeypatch.setattr("interactions.models.log_walk.CERTAIN", 2)
    # Everyone is in the sample, however many keys the tests before have drawn.
    for module in ("interactions.models.log_walk", "contacts.models.search_set"):
        monkeypatch.setattr(f"{module}.SAMPLE", 1_000_000)
    walked = pages("an")
    monkeypatch.setattr("interactions.models.log_walk._narrowed", None)  # It would be asked.
    assert walked.count_to(0) == 1
