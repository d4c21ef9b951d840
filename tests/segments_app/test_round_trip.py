"""Criteria are the same as a form, a query string, a sentence and stored JSON."""

import json
import re
from typing import Any

import pytest
from django.utils import translation
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import (
    BusinessRelation,
    JobResponsibility,
    MailingGroup,
    OrganizationalLevel,
    ProfileAnswer,
    ProfileQuestion,
    ProfileQuestionnaire,
    Territory,
)
from segments_app.criteria import Criteria
from segments_app.filters import SelectionFilter
from tests.factories import (
    CampaignFactory,
    EntryFactory,
    IndustryGroupFactory,
    LoggedSegmentFactory,
    SalespersonFactory,
    SalutationFactory,
    SegmentFactory,
)

pytestmark = pytest.mark.django_db

YES_NO, HAS_OR_NOT = ["yes", "no"], ["has", "has_not"]
TEXTS = ["Aarhus", "@*lys*", "''", "<>''", "A*|B*", "N..Å", "'A&B'|?sen", "50% (ca.)'s"[:3]]
CODES = ["1000..2999", "CT000001|ct000003..", "<>8000", "''", "8*&<>80331"]
DATES = ["today", "-90d..today", "2026-01-31..", "last month", "<>''", "1-2-2026|this year"]
NUMBERS = ["0", ">=3", "<2", "1..5", "<>1", "0|4..", "2.5"]
DAYS = ["today", "-90d", "2026-08-01", "this month"]
GROUPS = {
    "mailing_groups": ["VIP", "NEWS"],
    "industry_groups": ["RETAIL", "BUILD"],
    "job_responsibilities": ["BUYING", "LAW"],
    "business_relations": ["CUSTOMER", "SUPPLIER"],
    "segments": ["SM1", "SM2"],
    "logged_segments": ["LS1", "LS2"],
}
# What can be typed or chosen in each condition.
VALUES: dict[str, list[str]] = {
    "q": ["anna", "H.C. Ørsted", "33 12", "a&b=c"],
    "type": ["person", "company"],
    "company": ["CT000001"],
    "country": ["DK", "SE", "DE"],
    "language": ["da", "en"],
    "salesperson": ["MH", "TB"],
    "territory": ["WEST", "EAST"],
    "salutation": ["WOMEN", "MEN"],
    "organizational_level": ["CHIEF", "CLERK"],
    "correspondence_type": ["email", "hard_copy"],
    **dict.fromkeys(["number", "postal_code", "vat_number", "external_id"], CODES),
    **dict.fromkeys(["phone", "mobile", "alternative_address_code"], CODES),
    **dict.fromkeys(["name", "company_name", "job_title", "address", "city", "region"], TEXTS),
    **dict.fromkeys(["email", "home_page", "notes"], TEXTS),
    **dict.fromkeys(["interaction_description", "interaction_subject"], TEXTS),
    **dict.fromkeys(["created", "changed", "profile_date", "consent_date"], DATES),
    **dict.fromkeys(["interaction_date", "last_contacted"], DATES),
    **dict.fromkeys(["has_address", "has_email", "status", "excluded", "consent_given"], YES_NO),
    **dict.fromkeys(["may_be_written_to", "may_be_emailed", "may_be_phoned"], YES_NO),
    **dict.fromkeys(["interaction_cost", "interaction_duration", "interaction_count"], NUMBERS),
    **dict.fromkeys(["profile_answers", "consents", "alternative_addresses"], HAS_OR_NOT),
    "interactions": HAS_OR_NOT,
    "not_contacted_since": DAYS,
    "alternative_address_on": [*DAYS, "2026-01-01..2026-02-01", "..today"],
    "consent_channel": ["letter", "email", "phone"],
    "profile_questionnaire": ["TASTE"],
    "profile_answer": ["WINE", "GOLF"],
    "interaction_template": ["SPRING"],
    "interaction_group": ["LETTERS"],
    "interaction_campaign": ["CP1", "CP2"],
    "interaction_salesperson": ["MH", "TB"],
    "interaction_correspondence_type": ["email", "hard_copy"],
    "interaction_evaluation": ["positive", "negative"],
    "interaction_state": ["canceled", "postponed", "any"],
    "interaction_logged_segment": GROUPS["logged_segments"],
    "interaction_delivery": ["sent", "failed"],
    "interaction_attempt_failed": YES_NO,
    "interaction_response": YES_NO,
    "responded_to": GROUPS["logged_segments"],
    "responded_to_not": GROUPS["logged_segments"],
    **{f"{name}{how}": codes for name, codes in GROUPS.items() for how in ("", "_all", "_not")},
}


@pytest.fixture
def named(cast, spring, holm) -> None:
    """Everything that `VALUES` names."""
    spring.group.code = "LETTERS"
    spring.group.save()
    SalespersonFactory(code="TB")
    EntryFactory(contact=cast.anna, template=spring, salesperson=holm)
    MailingGroup.objects.create(code="NEWS")
    questionnaire = ProfileQuestionnaire.objects.create(code="TASTE")
    question = ProfileQuestion.objects.create(questionnaire=questionnaire, text="Likes")
    for number, code in enumerate(["WINE", "GOLF"]):
        ProfileAnswer.objects.create(question=question, code=code, text=code)
        SalutationFactory(code=["WOMEN", "MEN"][number])
        CampaignFactory(number=f"CP{number + 1}")
        SegmentFactory(number=f"SM{number + 1}")
        LoggedSegmentFactory(number=f"LS{number + 1}")
        IndustryGroupFactory(code=GROUPS["industry_groups"][number])
    for model, codes in (
        (Territory, VALUES["territory"]),
        (OrganizationalLevel, VALUES["organizational_level"]),
        (JobResponsibility, GROUPS["job_responsibilities"]),
        (BusinessRelation, GROUPS["business_relations"]),
    ):
        for code in codes:
            model.objects.create(code=code, description=code.title())


def takes_several(name: str) -> bool:
    widget = SelectionFilter.base_filters[name].field.widget
    return getattr(widget, "allow_multiple_selected", False)


def values(name: str) -> Any:
    most = 3 if takes_several(name) else 1
    return st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=most)


CRITERIA = st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=6, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: values(name) for name in names})
)


def test_every_condition_is_generated():
    assert set(VALUES) == set(SelectionFilter.base_filters)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=CRITERIA, language=st.sampled_from(["en", "da"]), data=st.data())
def test_criteria_are_the_same_in_all_their_faces(named, asked, language, data):
    with translation.override(language):
        criteria = Criteria.from_parameters(asked)
        pairs = [(name, value) for name, several in asked.items() for value in several]
        shuffled = urlencode(data.draw(st.permutations(pairs)))
        others = [
            Criteria.from_query_string(criteria.query_string),
            Criteria.from_query_string(shuffled),
            Criteria.from_parameters(json.loads(json.dumps(criteria.parameters))),
            Criteria.from_query_string(urlencode(form_values(criteria), doseq=True)),
        ]
        for other in others:
            assert other.parameters == criteria.parameters
            assert other.query_string == criteria.query_string
            assert other.sentence == criteria.sentence != ""
            assert set(other.contacts()) == set(criteria.contacts())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=CRITERIA)
def test_criteria_are_stored_alike_whatever_the_language(named, asked):
    with translation.override("en"):
        english = Criteria.from_parameters(asked)
    with translation.override("da"):
        again = Criteria.from_parameters(english.parameters)
        assert again.parameters == english.parameters


def form_values(criteria: Criteria) -> dict[str, Any]:
    """What the fields of the form show, as a browser would send it again."""
    form = criteria.selection.form
    return {name: form[name].value() or "" for name in form.fields}


def test_the_examples_of_the_guide_are_criteria(named, request):
    BusinessRelation.objects.get_or_create(code="CUSTOMER")
    IndustryGroupFactory(code="ARCH")
    guide = (request.config.rootpath / "docs/guide/selecting.md").read_text()
    examples = [
        line.split("`")[1] for line in guide.splitlines() if re.search(r"\| `.*=.*` \|$", line)
    ]
    assert len(examples) >= 6
    for example in examples:
        assert Criteria.from_query_string(example).sentence, example
