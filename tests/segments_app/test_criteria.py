"""Criteria: there and back again, in words, and what they refuse."""

import pytest
from django.utils import translation

from contacts.models import MailingGroup
from segments_app.criteria import Criteria, CriteriaError
from segments_app.filters import SelectionFilter
from tests.factories import CampaignFactory, LoggedSegmentFactory

pytestmark = pytest.mark.django_db
EVERY_KIND = (
    "country=DE&country=DK&mailing_groups=VIP&interactions=has_not&interaction_template=SPRING"
    "&interaction_campaign=CP0007&interaction_evaluation=positive&interaction_date=2026-01-31..2026-02-28"
    "&logged_segments=LS1&logged_segments_not=LS2"
)


@pytest.fixture(autouse=True)
def _named(cast, spring):
    CampaignFactory(number="CP0007", description="Autumn fair")
    LoggedSegmentFactory(number="LS1", description="Winter")
    LoggedSegmentFactory(number="LS2", description="Summer")


def test_criteria_survive_the_address_and_the_database():
    criteria = Criteria.from_query_string(EVERY_KIND)
    again = Criteria.from_query_string(criteria.query_string)
    stored = Criteria.from_parameters(criteria.parameters)
    assert criteria.parameters == again.parameters == stored.parameters
    assert criteria.sentence == again.sentence == stored.sentence
    assert set(criteria.parameters) == {pair.split("=")[0] for pair in EVERY_KIND.split("&")}


def test_criteria_say_themselves():
    with translation.override("en"):
        sentence = Criteria.from_query_string(EVERY_KIND).sentence
    for words in (
        "Germany or Denmark",
        "in mailing group VIP customers",
        "had no interaction with template SPRING Spring letter in campaign CP0007 Autumn fair",
        "evaluated as Positive whose date is between 31 January 2026 and 28 February 2026",
        "in logged segment LS1 Winter",
        "not in logged segment LS2 Summer",
    ):
        assert words in sentence


def test_has_and_has_not_alone_are_sentences():
    with translation.override("en"):
        assert Criteria.from_query_string("interactions=has").sentence == "had an interaction"
        assert Criteria.from_query_string("interactions=has_not").sentence == "had no interaction"


@pytest.mark.parametrize("text", ["", "?", "country=", "page=2&sort=name", "expand_companies=on"])
def test_empty_criteria_would_select_everyone_and_are_refused(text):
    with pytest.raises(CriteriaError, match="at least one condition"):
        Criteria.from_query_string(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("contry=DK", "There is no condition “contry”. Did you mean “country”?"),
        ("country=DK&colour=red", "There is no condition “colour”."),
        ("country=Denmark", "Country: “Denmark” is not known."),
        ("mailing_groups=VIPS", "In mailing group: “VIPS” is not known."),
        (
            "interaction_template=SPRING&interaction_template=NOPE",
            "Interactions: Template: “NOPE” is not known.",
        ),
        ("interaction_date=soon", "Interactions: Date: “soon” is not a date."),
        ("interaction_days=99999999999", "too far away"),
        ("interaction_count=many", "Interactions: Number of such interactions: “many”"),
        ("interactions=maybe", "Interactions: Has or has not: “maybe” is not known."),
        ("not_contacted_since=>2026-01-01", "Not contacted since: Give one date"),
        ("logged_segments=LS9", "In logged segment: “LS9” is not known."),
        ("logged_segments=%00", "In logged segment: "),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(text, problem):
    with pytest.raises(CriteriaError) as refusal:
        Criteria.from_query_string(text)
    assert problem in str(refusal.value)


def test_a_form_with_a_mistake_selects_nobody_rather_than_everyone():
    selection = SelectionFilter.from_query_string("interaction_date=soon")
    assert not selection.qs.exists()
    with pytest.raises(CriteriaError):
        Criteria.of(selection)


def test_every_problem_is_told_at_once():
    with pytest.raises(CriteriaError) as refusal:
        Criteria.from_query_string("country=Denmark&interaction_date=x&colour=red")
    assert len(refusal.value.problems) == 3


def test_stored_criteria_that_are_no_longer_understood_say_so(cast):
    """A group was deleted; a condition is of a version that is gone; the JSON is none of ours."""
    stored = Criteria.from_query_string("mailing_groups=VIP&country=DK").parameters
    cast.anna.mailing_groups.clear()
    cast.bo.mailing_groups.clear()
    MailingGroup.objects.all().delete()
    for parameters, problem in (
        (stored, "In mailing group: “VIP” is not known."),
        ({"fax": ["1"]}, "There is no condition “fax”."),
        ({"country": "DK"}, "They are not written as criteria are."),
        (["country"], "They are not written as criteria are."),
        ({}, "Choose at least one condition"),
    ):
        with pytest.raises(CriteriaError, match="stored earlier") as refusal:
            Criteria.from_parameters(parameters)  # type: ignore[arg-type]
        assert problem in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("interaction_count=>=3", "number of interactions: is at least 3"),
        (
            "interactions=has_not&interaction_count=0&interaction_date=2026-01-01..",
            "not so: number of interactions whose date is 1 January 2026 or later: is 0",
        ),
        ("not_contacted_since=2026-08-01", "not contacted since 1 August 2026"),
    ],
)
def test_numbers_and_last_contacts_say_themselves(text, sentence):
    assert Criteria.from_query_string(text).sentence == sentence


JANUARY, SINCE = "2026-01-01..2026-02-01", "2026-01-01..&-9d..today"


@pytest.mark.parametrize(
    ("older", "today"),
    [
        ({"interaction_days": ["90"]}, "-90d..today"),
        (
            {"interaction_from": ["2026-01-01"], "interaction_to": ["2026-02-01"]},
            "2026-01-01..2026-02-01",
        ),
        (
            {"interaction_from": ["2026-01-01"], "interaction_days": ["9"]},
            "2026-01-01..&-9d..today",
        ),
    ],
)
def test_criteria_of_earlier_versions_are_understood(older, today):
    criteria = Criteria.from_parameters(older)
    assert criteria.parameters == {"interactions": ["has"], "interaction_date": [today]}
