"""A choice by value: worked out once, null for what is not named."""

import pytest
from django.db import models
from django.db.models import F, Value

from contacts.models import Contact
from segments_app.models.choice import choice

TEXT = models.CharField()


@pytest.mark.django_db
def test_each_value_has_its_result_and_others_have_none():
    for number, country in enumerate(("DK", "SE", "NO", "")):
        Contact.objects.create(number=f"C{number}", name="X", type="person", country=country)
    word = choice(F("country"), {"DK": Value("Danish"), "SE": F("name")}, TEXT)
    words = Contact.objects.annotate(word=word).order_by("number").values_list("word", flat=True)
    assert list(words) == ["Danish", "X", None, None]


@pytest.mark.django_db
def test_the_subject_is_written_once():
    word = choice(F("country"), {code: Value(code) for code in ("DK", "SE", "NO")}, TEXT)
    assert str(Contact.objects.annotate(word=word).values("word").query).count('"country"') == 1


@pytest.mark.django_db
def test_nothing_to_choose_from_is_nothing():
    Contact.objects.create(number="C1", name="X", type="person")
    assert Contact.objects.values_list(choice(F("country"), {}, TEXT)).get() == (None,)
