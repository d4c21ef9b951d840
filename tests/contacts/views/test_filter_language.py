"""The page that explains the filter language by examples."""

from django.urls import reverse
from django.utils import translation

from contacts.expressions.examples import examples


def test_examples_are_shown_as_they_are_typed_and_said(client, rasmus):
    client.force_login(rasmus)
    page = client.get(reverse("contacts:filter_language")).content.decode()
    assert "<code>A*|B*</code>" in page
    assert "begins with “A” or begins with “B”" in page
    assert all(expressions for _title, expressions in examples())


def test_in_danish_they_are_those_that_danes_type(client, rasmus):
    client.force_login(rasmus)
    client.cookies["django_language"] = "da"
    with translation.override("da"):
        page = client.get(reverse("contacts:filter_language")).content.decode()
    assert "<code>31.08.2026</code>" in page
    assert "<code>-90d..i dag</code>" in page
    assert "<code>&gt;=2,5</code>" in page
