"""Profiles: questions are answered on the contact's page and counted on the questionnaire's."""

import datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from contacts.errors import Refused
from contacts.models import Contact, ContactProfileAnswer, ProfileAnswer, ProfileQuestion
from contacts.profiles import record_answers
from tests.factories import (
    AnswerFactory,
    CompanyFactory,
    ContactFactory,
    QuestionFactory,
    QuestionnaireFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


@pytest.fixture
def anna() -> Contact:
    return ContactFactory.create(first_name="Anna", surname="", number="P1")


@pytest.fixture
def interests() -> ProfileQuestion:
    """Several of garden, glass and office can be answered, by persons."""
    questionnaire = QuestionnaireFactory.create(description="Interests", asked_of="person")
    question = QuestionFactory.create(
        questionnaire=questionnaire, text="What do you like?", several=True
    )
    for position, text in enumerate(("Garden", "Glass", "Office")):
        AnswerFactory.create(question=question, text=text, code=text.upper(), position=position)
    return question


@pytest.fixture
def often(interests) -> ProfileQuestion:
    """Once or twice, one of them."""
    question = QuestionFactory.create(
        questionnaire=interests.questionnaire, text="How often?", position=1
    )
    for text in ("Once", "Twice"):
        AnswerFactory.create(question=question, text=text, code=text.upper())
    return question


def answers(*codes: str) -> list[ProfileAnswer]:
    return list(ProfileAnswer.objects.filter(code__in=codes))


def given(contact: Contact) -> list[str]:
    rows = ContactProfileAnswer.objects.of(contact)
    return [row.answer.code for row in rows]


def post(client: Any, contact: Contact, **chosen: Any) -> Any:
    url = reverse("contacts:update_profile", args=[contact.number])
    data = {}
    for text, codes in chosen.items():
        question = ProfileQuestion.objects.get(text__startswith=text)
        data[f"question_{question.pk}"] = [answer.pk for answer in answers(*codes)]
    return client.post(url, data, follow=True)


def test_one_or_several_answers_are_given_and_taken_back(staff, anna, interests, often):
    page = staff.get(reverse("contacts:update_profile", args=["P1"])).text
    assert page.count('type="checkbox"') == 3
    assert page.count('type="radio"') == 3, "one of them for no answer"
    post(staff, anna, What=["GARDEN", "OFFICE"], How=["ONCE"])
    assert given(anna) == ["GARDEN", "OFFICE", "ONCE"]
    assert post(staff, anna, What=["OFFICE"], How=[]).status_code == 200
    assert given(anna) == ["OFFICE"]


def test_an_answer_that_stays_keeps_its_date(anna, interests):
    march = datetime.date(2026, 3, 1)
    ContactProfileAnswer.objects.create(contact=anna, answer=answers("GLASS")[0], answered_on=march)
    assert record_answers(anna, {interests: answers("GLASS", "GARDEN")}, by=None) == 1
    dates = dict(anna.profile_answers.values_list("answer__code", "answered_on"))
    assert dates == {"GLASS": march, "GARDEN": timezone.localdate()}


def test_r22_one_answer_where_the_question_has_one(staff, anna, often):
    with pytest.raises(Refused, match="one answer only"):
        record_answers(anna, {often: answers("ONCE", "TWICE")}, by=None)
    assert given(anna) == []


def test_r6_minors_get_no_answers_and_can_lose_those_they_have(staff, anna, interests):
    record_answers(anna, {interests: answers("GLASS", "GARDEN")}, by=None)
    anna.minor = True
    anna.save()
    assert "Minors get no profile answers" in post(staff, anna, What=["GLASS", "OFFICE"]).text
    assert given(anna) == ["GARDEN", "GLASS"]
    post(staff, anna, What=["GLASS"])
    assert given(anna) == ["GLASS"]


def test_a_company_is_not_asked_what_persons_are(staff, interests):
    nordisk = CompanyFactory.create(number="C1")
    assert "no questionnaire" in staff.get(reverse("contacts:update_profile", args=["C1"])).text
    with pytest.raises(Refused, match="not asked"):
        record_answers(nordisk, {interests: answers("GLASS")}, by=None)


def test_an_answer_of_another_question_is_not_taken(staff, anna, interests, often):
    url = reverse("contacts:update_profile", args=["P1"])
    response = staff.post(url, {f"question_{often.pk}": answers("GLASS")[0].pk})
    assert "Select a valid choice" in response.text
    assert given(anna) == []


def test_the_questionnaire_counts_contacts_and_shares(
    staff, anna, interests, often, django_assert_max_num_queries
):
    bo = ContactFactory.create(first_name="Bo", surname="")
    record_answers(anna, {interests: answers("GLASS", "GARDEN")}, by=None)
    record_answers(bo, {interests: answers("GLASS"), often: answers("ONCE")}, by=None)
    with django_assert_max_num_queries(12):
        response = staff.get(interests.questionnaire.get_absolute_url())
    what, how = response.context["questions"]
    assert [(a.code, a.n_given) for a in what["question"].answers.all()] == [
        ("GARDEN", 1),
        ("GLASS", 2),
        ("OFFICE", 0),
    ]
    assert (what["n_contacts"], how["n_contacts"]) == (2, 1)
    assert "50 %" in response.text
    listed = staff.get(reverse("contacts:profile_list")).context["object_list"][0]
    assert (listed.n_questions, listed.n_contacts) == (2, 2)


def test_who_gave_an_answer_is_one_click_away(staff, anna, interests):
    record_answers(anna, {interests: answers("GLASS")}, by=None)
    glass, office = answers("GLASS", "OFFICE")
    page = staff.get(glass.get_absolute_url())
    assert list(page.context["page_obj"]) == [anna]
    listed = staff.get(f"{reverse('contacts:list')}?{page.context['criteria']}")
    assert list(listed.context["page_obj"]) == [anna]
    assert "Nobody gave this answer yet" in staff.get(office.get_absolute_url()).text


def test_the_page_of_a_contact_shows_the_answers(anna, interests, django_assert_num_queries):
    assert "No answers yet" in render_to_string("contacts/_profile.html", {"contact": anna})
    record_answers(anna, {interests: answers("GLASS", "GARDEN")}, by=None)
    with django_assert_num_queries(2):
        text = render_to_string("contacts/_profile.html", {"contact": anna})
    assert text.count("What do you like?") == 1
    assert text.index("Garden") < text.index("Glass")
    nordisk = CompanyFactory.create()
    assert not render_to_string("contacts/_profile.html", {"contact": nordisk}).strip()


def test_who_may_see_and_who_may_answer(client, anna, interests, rasmus):
    client.force_login(rasmus)
    assert client.get(reverse("contacts:profile_list")).status_code == 200
    assert client.get(interests.questionnaire.get_absolute_url()).status_code == 200
    assert client.get(reverse("contacts:update_profile", args=["P1"])).status_code == 403
