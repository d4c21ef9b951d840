from typing import Any

import pytest
from django.db.models import F

from contacts.members import within
from contacts.models import (
    AddressPeriod,
    AlternativeAddress,
    Channel,
    Consent,
    Contact,
    ContactIndustryGroup,
    ContactMailingGroup,
    ContactProfileAnswer,
    NumberSeries,
    ProfileAnswer,
    ProfileQuestion,
    Salesperson,
)
from contacts.models.group import KINDS
from segments_app.demo import progress
from segments_app.demo.crowd import fresh_numbers, make_contacts
from segments_app.demo.groups import make_groups
from segments_app.demo.profiles import make_questionnaires
from segments_app.demo.salespeople import make_salespeople
from segments_app.demo.salutations import make_salutations
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _company_without_contacts():
    make_salespeople("nordlys.example")
    make_groups()
    make_salutations()
    progress.begin()


def make(count: int) -> int:
    for _reached in make_contacts(count):
        pass
    return Contact.objects.count()


def test_as_many_contacts_as_asked_for():
    assert make(137) == 137
    assert Contact.objects.values("number").distinct().count() == 137


def test_again_nothing_is_made_and_more_are_added_to_those_there_are():
    make(60)
    first = list(Contact.objects.order_by("pk").values_list("pk", "number", "name", "email"))
    assert make(60) == make(20) == 60
    assert make(90) == 90
    assert (
        list(Contact.objects.order_by("pk").values_list("pk", "number", "name", "email"))[:60]
        == first
    )


def test_companies_are_their_own_and_persons_know_their_company():
    make(150)
    companies = Contact.objects.companies()
    assert companies.exclude(company=F("pk")).count() == 0
    employed = Contact.objects.persons().exclude(company=None)
    assert employed.count() > companies.count() > 0
    assert employed.exclude(company_name=F("company__name")).count() == 0
    assert not Contact.objects.filter(search_name="").exists()


def test_groups_salespeople_and_salutations_are_given():
    make(200)
    assert ContactMailingGroup.objects.count() > 100
    assert set(ContactIndustryGroup.objects.values_list("contact__type", flat=True)) == {"company"}
    sweden = Contact.objects.filter(country="SE").values_list("salesperson__code", flat=True)
    assert set(sweden) == {"KS"}
    assert Contact.objects.exclude(salutation=None).count() > 150
    assert Salesperson.objects.filter(blocked=True).count() == 0


def test_a_number_typed_by_hand_is_not_drawn():
    series = NumberSeries.objects.get(pk="contacts")
    taken = series.format(series.last + 2)
    anna: Any = ContactFactory(number=taken, first_name="Anna")
    numbers = list(fresh_numbers(5))
    assert len(set(numbers)) == 5
    assert taken not in numbers
    make(30)
    anna.refresh_from_db()
    assert (anna.first_name, anna.number) == ("Anna", taken)


def test_memory_is_bounded_by_the_chunk(django_assert_max_num_queries):
    make_questionnaires()
    with django_assert_max_num_queries(70):
        make(400)


def test_every_condition_finds_somebody():
    make_questionnaires()
    make(1500)
    kinds: Any = KINDS.values()
    for kind in kinds:
        counts = {group.code: group.n_members for group in kind.objects.with_members()}
        assert min(counts.values()) > 0, counts
    answers: Any = ProfileAnswer.objects.with_given()
    assert min(answer.n_given for answer in answers) > 0
    for channel in Channel:
        assert {True, False} == set(
            Consent.objects.of_channel(channel).values_list("given", flat=True)
        )
    assert set(AlternativeAddress.objects.values_list("code", flat=True)) == {"NEW", "SUMMER"}
    assert AddressPeriod.objects.count() == AlternativeAddress.objects.count()


def test_what_is_known_of_contacts_fits_their_type():
    make_questionnaires()
    make(600)
    for kind in KINDS.values():
        for group in kind.objects.all():
            types = within(Contact.objects.all(), group).values_list("type", flat=True)
            assert all(kind.is_for(type_) for type_ in set(types))
    given = ContactProfileAnswer.objects.filter(contact__minor=True)
    assert not given.exists()
    once = ProfileQuestion.objects.filter(several=False)
    for question in once:
        contacts = list(
            ContactProfileAnswer.objects.to([question]).values_list("contact", flat=True)
        )
        assert len(contacts) == len(set(contacts)) > 0


def test_the_same_again_gives_the_same_facts():
    make_questionnaires()
    make(80)
    before = list(Consent.objects.order_by("pk").values_list("contact", "channel", "given"))
    make(80)
    assert list(Consent.objects.order_by("pk").values_list("contact", "channel", "given")) == before
