"""Consents are recorded, withdrawn and taken back on the page of a contact; the past is kept."""

import datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from contacts.models import Change, Consent, Contact
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
URL = ("contacts:record_consent", "P1", "email")


@pytest.fixture
def anna() -> Contact:
    return ContactFactory.create(first_name="Anna", number="P1", email="anna@nordisk.example")


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


def record(client: Any, said: str, **fields: Any) -> Any:
    data = {"said": said, "date": "2026-03-01", "source": "A call", **fields}
    return client.post(reverse(URL[0], args=URL[1:]), data, follow=True)


def reached() -> bool:
    return Contact.objects.reachable_by("email").exists()


def test_a_consent_is_given_withdrawn_and_unsaid(staff, anna, mette):
    assert "was recorded" in record(staff, "given").text
    consent = Consent.objects.get()
    assert (consent.contact, consent.channel, consent.given) == (anna, "email", True)
    assert (consent.source, consent.recorded_by) == ("A call", mette)
    assert consent.date == datetime.date(2026, 3, 1)
    record(staff, "withdrawn", source="The link in an e-mail")
    assert Consent.objects.get().given is False
    assert not reached()
    record(staff, "nothing")
    assert not Consent.objects.exists()
    assert reached()
    record(staff, "nothing")


def test_the_change_history_keeps_what_was_said_before(staff, anna, mette):
    Change.objects.all().delete()
    record(staff, "given")
    record(staff, "withdrawn")
    _created, changed = Change.objects.about(anna).order_by("pk")
    assert changed.changes["given"] == ["True", "False"]
    assert changed.actor == mette


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"said": "perhaps"}, "Select a valid choice"),
        ({"said": ""}, "This field is required."),
        ({"date": ""}, "This field is required."),
        ({"date": "yesterday"}, "Enter a valid date."),
        ({"source": "x" * 201}, "at most 200 characters"),
    ],
)
def test_a_wrong_form_says_so_and_records_nothing(staff, anna, fields, error):
    assert error in record(staff, **{"said": "given", **fields}).text
    assert not Consent.objects.exists()


def test_nobody_consents_in_the_future(staff, anna):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert "in the future" in record(staff, "given", date=tomorrow.isoformat()).text


def test_there_are_three_channels(staff, anna):
    for channel, status in (("letter", 200), ("phone", 200), ("fax", 404)):
        url = reverse("contacts:record_consent", args=["P1", channel])
        assert staff.get(url).status_code == status


def test_a_reader_sees_consents_and_records_none(client, anna, rasmus):
    client.force_login(rasmus)
    assert record(client, "given").status_code == 403
    assert client.get(reverse(URL[0], args=URL[1:])).status_code == 403


def test_the_part_of_the_contacts_page(anna, settings, mette, django_assert_num_queries):
    Consent.objects.create(contact=anna, channel="letter", given=False, source="A letter")
    with django_assert_num_queries(1):
        text = render_to_string("contacts/_consents.html", {"contact": anna})
    assert "withdrawn" in text
    assert "A letter" in text
    assert text.count("nothing said") == 2
    assert "no phone number" in text
    settings.CONSENT_REQUIRED = ["email"]
    text = render_to_string("contacts/_consents.html", {"contact": anna})
    assert text.count("not asked yet: not allowed") == 1
