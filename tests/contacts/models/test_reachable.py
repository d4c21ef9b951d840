"""Who can be reached by letter, e-mail or phone: has the address, and allows it."""

import pytest

from contacts.models import Channel, Consent, Contact
from contacts.models.reachable import ADDRESSES, without_address
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
EVERYTHING = {"address": "Havnegade 1", "city": "Ribe", "email": "a@b.example", "phone": "1"}


def reached(channel: str) -> set[str]:
    return set(Contact.objects.reachable_by(channel).values_list("first_name", flat=True))


@pytest.mark.parametrize(
    ("channel", "missing"),
    [
        ("letter", {"address": ""}),
        ("letter", {"city": ""}),
        ("email", {"email": ""}),
        ("phone", {"phone": ""}),
    ],
)
def test_an_address_for_the_channel_is_needed(channel, missing):
    ContactFactory.create(first_name="Anna", **EVERYTHING)
    ContactFactory.create(first_name="Bo", **{**EVERYTHING, **missing})
    assert reached(channel) == {"Anna"}
    assert {c for c in Channel if "Bo" in reached(c)} == set(Channel) - {channel}


def test_a_mobile_phone_is_a_phone():
    ContactFactory.create(first_name="Anna", mobile="1")
    assert reached("phone") == {"Anna"}


@pytest.fixture
def three():
    """Anna allowed e-mail, Bo withdrew it, Carl said nothing."""
    for name, given in (("Anna", True), ("Bo", False), ("Carl", None)):
        contact = ContactFactory.create(first_name=name, **EVERYTHING)
        if given is not None:
            Consent.objects.create(contact=contact, channel="email", given=given)


def test_who_withdrew_is_not_reached_by_that_channel(three):
    assert reached("email") == {"Anna", "Carl"}
    assert reached("letter") == reached("phone") == {"Anna", "Bo", "Carl"}


def test_where_consent_is_required_only_those_who_gave_it_are_reached(three, settings):
    settings.CONSENT_REQUIRED = ["email"]
    assert reached("email") == {"Anna"}
    assert reached("letter") == {"Anna", "Bo", "Carl"}


def test_selectable_says_nothing_of_reaching_and_reaching_nothing_of_selectable():
    ContactFactory.create(first_name="Anna", privacy_blocked=True, **EVERYTHING)
    ContactFactory.create(first_name="Bo", address="")
    assert reached("letter") == {"Anna"}
    assert [c.first_name for c in Contact.objects.selectable()] == ["Bo"]
    assert not Contact.objects.selectable().reachable_by("letter").exists()


def test_an_unknown_channel_is_refused():
    with pytest.raises(ValueError, match="fax"):
        Contact.objects.reachable_by("fax")


def test_every_channel_has_an_address_and_the_list_agrees():
    assert set(ADDRESSES) == set(Channel)
    anna = ContactFactory.create(first_name="Anna", **EVERYTHING)
    bo = ContactFactory.create(first_name="Bo", address="", email="")
    assert list(Contact.objects.having_address()) == [anna]
    assert list(Contact.objects.having_email(False)) == [bo]
    assert list(Contact.objects.filter(without_address("phone"))) == [bo]
