"""Deleting contacts, and what holds them."""

import datetime

import pytest

from contacts.deletion import delete_contact
from contacts.errors import Refused
from contacts.models import Contact, ContactMailingGroup
from interactions.models import InteractionLogEntry
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    EntryFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SegmentFactory,
    TemplateFactory,
)


def test_interactions_outlive_their_contact(maria):
    anna = ContactFactory.create()
    anna.mailing_groups.add(MailingGroupFactory.create())
    template = TemplateFactory.create()
    entry = InteractionLogEntry.objects.create(
        contact=anna,
        template=template,
        group=template.group,
        salesperson=SalespersonFactory.create(),
        date=datetime.date(2026, 3, 1),
        description="Spring letter",
    )
    delete_contact(anna, by=maria)
    entry.refresh_from_db()
    assert entry.contact is None
    assert entry.description == "Spring letter"
    assert not ContactMailingGroup.objects.exists()


def test_interactions_of_a_person_become_those_of_the_company_of_then(maria):
    nordisk, weber = CompanyFactory.create(), CompanyFactory.create()
    anna = ContactFactory.create(company=nordisk)
    then = EntryFactory.create(contact=anna)
    anna.company = weber
    anna.save()
    now, alone = EntryFactory.create(contact=anna), EntryFactory.create(contact=anna, company=None)
    delete_contact(anna, by=maria)
    entries = InteractionLogEntry.objects.in_bulk([then.pk, now.pk, alone.pk])
    assert [entries[e.pk].contact for e in (then, now, alone)] == [nordisk, weber, None]


def test_a_contact_in_segments_is_kept_and_the_segments_are_named(maria):
    anna = ContactFactory.create(first_name="Anna", surname="Holm")
    for number in ("TS2", "TS1"):
        SegmentFactory.create(number=number).lines.create(contact=anna, added_step=1)
    with pytest.raises(Refused) as refused:
        delete_contact(anna, by=maria)
    assert str(refused.value) == (
        "Anna Holm cannot be deleted: the contact is in segment TS1 and TS2."
    )
    assert Contact.objects.filter(pk=anna.pk).exists()


def test_a_company_with_persons_is_kept_and_some_are_named(maria):
    nordisk = CompanyFactory.create(name="Nordisk")
    for n in range(7):
        ContactFactory.create(first_name="Per", surname=f"Nr{n}", company=nordisk)
    with pytest.raises(Refused, match="Per Nr0, Per Nr1, Per Nr2, Per Nr3, Per Nr4 and others"):
        delete_contact(nordisk, by=maria)
    Contact.objects.persons().delete()
    delete_contact(nordisk, by=maria)
    assert not Contact.objects.exists()
