"""The field of a form: what it takes, how it refuses, what it shows again."""

import pytest
from django import forms
from django.utils import translation

from contacts.expressions import ExpressionField, Kind, parse
from contacts.expressions.condition import Expressed
from contacts.models import Contact
from tests.factories import ContactFactory


class Form(forms.Form):
    city = ExpressionField(kind=Kind.TEXT, required=False)
    date = ExpressionField(kind=Kind.DATE, required=False)


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_no_condition(text):
    form = Form({"city": text})
    assert form.is_valid()
    assert form.cleaned_data["city"] is None


def test_an_expression_is_read():
    form = Form({"city": " A* | B*"})
    assert form.is_valid()
    assert form.cleaned_data["city"] == parse(Kind.TEXT, "A*|B*")


@pytest.mark.parametrize(
    ("name", "text", "refusal"),
    [
        ("city", "A|(B", "The parenthesis is not closed. At character 3: A|▸(B"),
        (
            "city",
            "Some rather long text of a city & & and something more behind it",
            "A value is missing. At character 35: …ng text of a city & ▸& and something more…",
        ),
        ("city", "A\0B", "Null characters are not allowed."),
        (
            "date",
            "32.8.2026",
            "“32.8.2026” is not a date. Write it like 2026-08-31, “today” or “-90d”. "
            "At character 1: ▸32.8.2026",
        ),
    ],
)
def test_a_refusal_shows_the_place(name, text, refusal):
    form = Form({name: text})
    assert form.errors[name] == [refusal]
    assert form[name].value() == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-08-01..today", "01.08.2026..i dag"),
        ("1.8.2026 .. i dag", "1.8.2026 .. i dag"),
    ],
)
def test_what_is_typed_stays_and_what_is_stored_is_shown_as_typed(text, shown):
    with translation.override("da"):
        form = Form({"date": text})
        assert form.is_valid()
        assert form["date"].value() == shown


def test_an_expression_is_shown_as_it_is_typed():
    with translation.override("da"):
        form = Form(initial={"date": parse(Kind.DATE, "2026-08-01")})
        assert form["date"].value() == "01.08.2026"


def test_a_condition_narrows_and_says_itself(db):
    anna = ContactFactory.create(first_name="Anna", city="Aarhus")
    ContactFactory.create(first_name="Berta", city="Berlin")
    condition = Expressed(kind=Kind.TEXT, lookup="city", subject="city")
    value = condition.field.clean("A*")
    assert list(condition.filter(Contact.objects.all(), value)) == [anna]
    assert condition.filter(Contact.objects.all(), None).count() == 2
    assert condition.say(value) == "city begins with “A”"
    assert condition.texts(value) == ["A*"]


def test_a_condition_can_be_asked_of_what_belongs_to_a_contact(db):
    of_a_company = Expressed(kind=Kind.TEXT, lookup="company__city", subject="city")
    alone = ContactFactory.create(company=None)
    blank = of_a_company.field.clean("''")
    assert list(of_a_company.filter(Contact.objects.persons(), blank)) == [alone]
