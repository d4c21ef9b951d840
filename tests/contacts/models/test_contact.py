"""Contacts: who may be selected (D1), and names that follow from others (R1)."""

import pytest

from contacts.models import Contact
from contacts.models.contact import UNSELECTABLE, UNSELECTABLE_LABELS
from tests.factories import CompanyFactory, ContactFactory, SegmentFactory

pytestmark = pytest.mark.django_db

UNSELECTABLE_BY = {
    "excluded": {"excluded": True},
    "privacy": {"privacy_blocked": True},
    "minor": {"minor": True},
    "inactive": {"active": False},
}


@pytest.mark.parametrize("reason", UNSELECTABLE_BY)
def test_who_may_not_be_selected_is_left_out_with_the_reason(reason):
    ContactFactory.create(first_name="Anna", surname="")
    blocked = ContactFactory.create(**UNSELECTABLE_BY[reason])
    assert [contact.name for contact in Contact.objects.selectable()] == ["Anna"]
    reasons = {c.pk: getattr(c, "r_reason", None) for c in Contact.objects.with_reason()}
    assert reasons[blocked.pk] == reason
    assert blocked.unselectable_reason == str(UNSELECTABLE_LABELS[reason])


def test_only_exclusion_can_be_set_aside_on_purpose():
    for fields in UNSELECTABLE_BY.values():
        ContactFactory.create(**fields)
    (found,) = Contact.objects.selectable(ignore_exclusion=True)
    assert found.excluded
    assert set(UNSELECTABLE) == set(UNSELECTABLE_BY)


def test_a_minor_with_parental_consent_may_be_selected():
    minor = ContactFactory.create(minor=True, parental_consent=True)
    assert Contact.objects.selectable().get() == minor
    assert minor.unselectable_reason == ""


def test_status_divides_everyone():
    for fields in [{}, *UNSELECTABLE_BY.values()]:
        ContactFactory.create(**fields)
    assert Contact.objects.by_status(True).count() == 1
    assert Contact.objects.by_status(False).count() == 4


def test_a_company_is_its_own_company_and_persons_follow_its_name():
    nordisk = CompanyFactory.create(name="Nordisk")
    anna = ContactFactory.create(first_name="Anna", surname="Holm", company=nordisk)
    assert Contact.objects.get(pk=nordisk.pk).company_id == nordisk.pk
    nordisk.name = "Østlys"
    nordisk.save()
    anna.refresh_from_db()
    assert anna.company_name == "Østlys"
    assert list(Contact.objects.search("ostlys anna")) == [anna]
    assert set(nordisk.persons()) == {anna}


def test_the_type_is_fixed_by_persons_and_by_segments():
    nordisk, weber = CompanyFactory.create(), CompanyFactory.create()
    ContactFactory.create(company=nordisk)
    SegmentFactory.create().lines.create(contact=weber, added_step=1)
    assert "persons belong" in nordisk.type_is_fixed()
    assert "in a segment" in weber.type_is_fixed()
    assert CompanyFactory.create().type_is_fixed() == ""


def test_the_address_is_read_line_by_line():
    contact = ContactFactory.create(address_2="2. th.", country="DK")
    assert contact.address_lines == ["Havnegade 1", "2. th.", "8000 Aarhus C", "DENMARK"]
    assert (
        ContactFactory.create(address="", postal_code="", city="", country="").address_lines == []
    )
