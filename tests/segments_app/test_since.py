"""What became of contacts between adding and logging is told, and nothing older is."""

import datetime

import pytest
from django.utils import timezone

from contacts.consents import record_consent
from contacts.duplicates.merge import merge_contacts
from contacts.models import Channel
from segments_app.letter_checks import LetterCheck
from segments_app.since import Since
from tests.factories import ContactFactory
from tests.segments_app.conftest import add


@pytest.fixture
def letters(segment, cast):
    """A sheet with everyone, all by letter; what was before lies an hour back."""
    add(segment, "status=yes")
    return segment


def found(segment) -> dict[str, str]:
    return {found.problem.code: names for found, names in Since(segment).named()}


def test_nothing_has_changed(letters):
    assert found(letters) == {}


def test_a_consent_withdrawn_since_is_told_by_name(letters, cast):
    record_consent(
        cast.anna, Channel.LETTER, given=False, date=timezone.localdate(), source="call", by=None
    )
    assert found(letters) == {"consent_withdrawn": "Anna Sørensen"}
    line = LetterCheck(letters).lines_with("consent_withdrawn").get()
    assert line.contact == cast.anna


def test_another_channel_does_not_matter(letters, cast):
    record_consent(cast.anna, Channel.PHONE, given=False, date=timezone.localdate(), by=None)
    assert found(letters) == {}


def test_blocked_moved_and_gone_addresses(letters, cast):
    cast.bo.privacy_blocked = True
    cast.bo.save()
    cast.anna.address = cast.anna.city = ""
    cast.anna.save()
    cast.klaus.address = "Neue Straße 2"
    cast.klaus.save()
    assert found(letters) == {
        "blocked_since": "Bo Lind",
        "address_gone": "Anna Sørensen",
        "moved_since": "Klaus Weber",
    }


def test_a_merged_contact_is_told_as_the_one_that_stays(letters, cast, maria):
    double = ContactFactory(first_name="Bo", surname="Lind")
    merge_contacts(cast.bo, double, take=set(), by=maria)
    assert found(letters) == {"merged_since": "Bo Lind"}


def test_what_happened_before_the_line_was_added_is_old(segment, cast):
    cast.bo.address = "Havnegade 77"
    cast.bo.save()
    add(segment, "status=yes")
    later = timezone.now() + datetime.timedelta(hours=1)
    segment.steps.update(created_at=later)
    assert found(segment) == {}


def test_four_names_are_three_and_dots(letters, cast):
    for contact in (cast.anna, cast.jens, cast.klaus, cast.bo):
        contact.excluded = True
        contact.save()
    assert found(letters)["blocked_since"].count(",") == 2
    assert found(letters)["blocked_since"].endswith("…")
