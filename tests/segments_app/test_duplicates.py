"""Lines that would reach the same household, mailbox or contact (D23)."""

import datetime

import pytest

from contacts.models import AddressPeriod, AlternativeAddress
from interactions.letters.output import What
from segments_app import operations
from segments_app.choosing import Choice, chosen_letters
from segments_app.duplicates import SHARED, found_shared, sharing
from segments_app.shown import Shown
from segments_app.thinning import others_of
from tests.factories import CompanyFactory, ContactFactory
from tests.segments_app.conftest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(db):
    """Ida and Per live together; Ane lives below them; Ole elsewhere has the mailbox of Ida."""
    home = {"address": "Bredgade 7", "address_2": "2. tv", "city": "Odense", "postal_code": "5000"}
    ContactFactory(first_name="Ida", email="Familien@mail.example", **home)
    ContactFactory(first_name="Per", **(home | {"address": "bredgade 7 "}))
    ContactFactory(first_name="Ane", **(home | {"address_2": "st."}))
    ContactFactory(
        first_name="Ole", email="familien@mail.example", **(home | {"address": "Vestergade 1"})
    )
    # Nobody shares an address that is not there.
    for name in ("Uno", "Due"):
        ContactFactory(first_name=name, address="", address_2="", city="Odense")


def names(lines) -> list[str]:
    return list(lines.order_by("contact__first_name").values_list("contact__first_name", flat=True))


def counts(segment) -> dict[str, int]:
    return {found.problem.code: found.count for found in found_shared(segment)}


def test_a_household_is_an_address_with_its_floor_in_any_case(segment, family):
    add(segment, "city=Odense")
    assert names(sharing(segment, "same_address")) == ["Ida", "Per"]
    assert counts(segment) == {"same_address": 2}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"address": "Åboulevard 7 "}, {"address": "ÅBOULEVARD  7."}, True),
        ({"address": "Søgade 7, 2. tv"}, {"address": "Søgade 7", "address_2": "2 TV"}, True),
        ({"postal_code": "SE-211 20"}, {"postal_code": "se-21120"}, True),
        ({"city": "Odense C"}, {"city": "Odense"}, True),
        ({"postal_code": "", "city": "Odense"}, {"postal_code": "", "city": "ODENSE"}, True),
        ({"address": "Søgade 7"}, {"address": "Sogade 7"}, False),
        ({"country": "DK"}, {"country": "SE"}, False),
    ],
)
def test_what_is_told_is_what_keeping_one_of_each_takes_out(segment, one, other, same):
    for values in (one, other):
        ContactFactory(
            **{"address": "Bredgade 7", "postal_code": "5000", "city": "Odense"} | values
        )
    add(segment, "status=yes")
    assert counts(segment).get("same_address", 0) == (2 if same else 0)
    assert others_of(segment, "household", "first").count() == (1 if same else 0)
    labels = chosen_letters(segment, What.LABELS, Choice(one_per_household=True))
    assert len(list(labels)) == (1 if same else 2)


def test_who_gets_an_e_mail_shares_the_mailbox_and_no_letter(segment, family):
    segment.template.correspondence_type = "email"
    segment.template.save()
    add(segment, "city=Odense")
    assert names(sharing(segment, "same_email")) == ["Ida", "Ole"]
    assert counts(segment) == {"same_email": 2}


def test_the_mailbox_is_the_one_that_the_e_mail_would_go_to(segment, family):
    """Per is reached at the mailbox of Ida; Ole's alternative address has one of its own."""
    segment.template.correspondence_type = "email"
    segment.template.save()
    add(segment, "city=Odense")
    lines = {line.contact.first_name: line for line in segment.sheet()}
    operations.change_line(lines["Per"], by=None, contact_via="FAMILIEN@mail.example")
    holiday = AlternativeAddress.objects.create(
        contact=lines["Ole"].contact, code="SUMMER", email="ole@sea.example"
    )
    AddressPeriod.objects.create(address=holiday, starts_on=datetime.date(2020, 1, 1))
    assert names(sharing(segment, "same_email")) == ["Ida", "Per"]
    assert counts(segment) == {"same_email": 2}


def test_a_contact_that_stands_twice_is_told(segment, family):
    add(segment, "q=Ane")
    add(segment, "city=Odense", allow_existing=True)
    assert names(sharing(segment, "same_contact")) == ["Ane", "Ane"]
    assert counts(segment)["same_contact"] == 2


def test_lines_that_were_removed_share_nothing(segment, family):
    add(segment, "city=Odense")
    per = segment.sheet().filter(contact__first_name="Per")
    operations.remove_by_hand(segment, per, by=None)
    assert counts(segment) == {}


def test_a_company_shares_its_address_with_its_people(segment):
    company = CompanyFactory(city="Odense")
    ContactFactory(first_name="Bo", company=company, city="Odense")
    add(segment, "city=Odense")
    assert counts(segment) == {"same_address": 2}


@pytest.mark.parametrize("code", SHARED)
def test_the_number_told_is_the_number_shown(segment, family, code):
    add(segment, "q=Ane")
    add(segment, "city=Odense", allow_existing=True)
    shown = Shown(problem=code).lines(segment).count()
    assert shown == counts(segment).get(code, 0)


def test_the_same_statements_however_many_lines(segment, family, django_assert_num_queries):
    add(segment, "q=Ane")
    with django_assert_num_queries(6):
        found_shared(segment)
    add(segment, "city=Odense")
    with django_assert_num_queries(6):
        found_shared(segment)
