"""When it happened and by what address: what a line says, and what the log keeps (R87, R145)."""

import datetime

import pytest

from contacts.models import AddressPeriod, AlternativeAddress
from segments_app.checks import Check
from segments_app.operations import change_line, log_segment
from segments_app.operations.many_lines import Changes, change_lines, undo_change
from segments_app.shown import Shown
from tests.segments_app.conftest import add, line_of

HALF_PAST_TWO = datetime.time(14, 30)


@pytest.fixture
def emails(segment, cast):
    """Nordisk and Jens without an e-mail address, Anna with one: all to be e-mailed."""
    segment.correspondence_type, segment.ignore_contact_correspondence_type = "email", True
    segment.save()
    add(segment, "country=DK")
    return segment


def logged_via(segment) -> dict[str, tuple[str, str]]:
    """Correspondence type and contact via by first name; log the segment."""
    entries = log_segment(segment, by=None).entries
    rows = entries.values_list("contact__first_name", "correspondence_type", "contact_via")
    return {name or "company": (by, via) for name, by, via in rows}


def no_email(segment) -> list[str]:
    return [line.contact.name.split()[0] for line in Check(segment).lines_with("no_email")]


def test_what_the_line_says_is_logged(emails, cast):
    anna, jens = line_of(emails, cast.anna), line_of(emails, cast.jens)
    change_line(anna, by=None, time=HALF_PAST_TWO, contact_via="+45 20 30 40 50")
    change_line(jens, by=None, contact_via="jens.private@home.example")
    entry = log_segment(emails, by=None).entries.get(contact=cast.anna)
    assert (entry.time, entry.contact_via) == (HALF_PAST_TWO, "+45 20 30 40 50")


def test_an_email_goes_by_the_contacts_address_unless_the_line_names_one(emails, cast):
    assert no_email(emails) == ["Nordisk", "Jens"]
    change_line(line_of(emails, cast.jens), by=None, contact_via="jens@home.example")
    assert no_email(emails) == ["Nordisk"]
    assert logged_via(emails) == {
        "company": ("", ""),
        "Anna": ("email", "anna@nordisk.example"),
        "Jens": ("email", "jens@home.example"),
    }


def test_a_letter_goes_by_nothing(emails, cast):
    change_line(line_of(emails, cast.anna), by=None, correspondence_type="hard_copy")
    assert logged_via(emails)["Anna"] == ("hard_copy", "")


def test_r143_an_alternative_address_in_force_has_the_email_address(emails, cast):
    for contact, address in ((cast.anna, ""), (cast.nordisk, "summer@nordisk.example")):
        summer = AlternativeAddress.objects.create(
            contact=contact, code="SUMMER", city="Skagen", email=address
        )
        AddressPeriod.objects.create(address=summer, starts_on=emails.date)
    assert no_email(emails) == []
    assert logged_via(emails) == {
        "company": ("email", "summer@nordisk.example"),
        "Anna": ("email", "anna@nordisk.example"),
        "Jens": ("email", "summer@nordisk.example"),
    }


def test_many_lines_at_once_and_undone(emails, cast):
    change_line(line_of(emails, cast.anna), by=None, time=datetime.time(9))
    changes = Changes({"time": HALF_PAST_TWO, "contact_via": "fair@nordisk.example"})
    edit = change_lines(emails, Shown(), changes, by=None)
    assert set(emails.sheet().values_list("time", "contact_via")) == {
        (HALF_PAST_TWO, "fair@nordisk.example")
    }
    assert edit.sentences["en"] == (
        "Changed 3 lines: time of interaction 14:30; contact via fair@nordisk.example"
    )
    undo_change(emails, edit.pk, by=None)
    said = emails.sheet().in_line_order().values_list("time", "contact_via")
    assert list(said) == [(None, ""), (datetime.time(9), ""), (None, "")]
