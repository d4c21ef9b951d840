"""What a language is called."""

import pytest
from django.utils import translation

from contacts.models import Language
from contacts.models.language import language_name

NAMES = [
    ("da", "Dansk", "en", "Danish"),
    ("da", "Dansk", "da", "Dansk"),
    ("en", "English", "da", "Engelsk"),
]


@pytest.mark.parametrize(("code", "name", "shown_in", "said"), NAMES)
def test_a_language_is_named_in_the_language_of_the_page(code, name, shown_in, said):
    with translation.override(shown_in):
        assert str(Language(code=code, name=name)) == said
        assert language_name(code) == said


@pytest.mark.parametrize(("code", "name"), [("da", "Dansk, formelt"), ("xx", "Volapük")])
def test_a_name_of_our_own_stays(code, name):
    with translation.override("en"):
        assert str(Language(code=code, name=name)) == name


def test_a_code_that_nobody_knows_is_said_as_it_is():
    assert language_name("xx") == "xx"
    assert language_name("") == ""
