"""Two contacts become one, and nothing that belonged to either is lost."""

import datetime

import pytest
from django.db import models

from contacts.duplicates.merge import merge_contacts, pointing_at
from contacts.errors import Refused
from contacts.history import history
from contacts.models import (
    AlternativeAddress,
    Change,
    Consent,
    Contact,
    ContactMailingGroup,
    ContactProfileAnswer,
    MergedContact,
)
from interactions.models import InteractionLogEntry
from segments_app.operations import add_by_hand, go_back, go_forward, remove_by_hand
from tests.factories import (
    AnswerFactory,
    CompanyFactory,
    ContactFactory,
    EntryFactory,
    MailingGroupFactory,
    QuestionFactory,
    SegmentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return ContactFactory.create(
        first_name="Anna", surname="Berg", email="anna@example.com", city="Aarhus", phone=""
    )


@pytest.fixture
def ana():
    """Anna, typed in a second time."""
    return ContactFactory.create(
        first_name="Ana", surname="Berg", email="", phone="+45 86 12 34 56", city="Odense"
    )


def test_the_chosen_fields_come_from_the_loser_and_the_others_stay(mette, anna, ana):
    merged = merge_contacts(anna, ana, take={"phone"}, by=mette)
    merged.refresh_from_db()
    assert (merged.first_name, merged.phone, merged.city) == ("Anna", "+45 86 12 34 56", "Aarhus")
    assert not Contact.objects.filter(pk=ana.pk).exists()


def test_whatever_points_at_a_contact_points_at_the_winner_afterwards(mette, anna, ana):
    vip, press = MailingGroupFactory.create(), MailingGroupFactory.create()
    anna.mailing_groups.add(vip)
    ana.mailing_groups.add(vip, press)
    entry = EntryFactory.create(contact=ana)
    AlternativeAddress.objects.create(contact=anna, code="SUMMER", city="Skagen")
    AlternativeAddress.objects.create(contact=ana, code="SUMMER", city="Ribe")
    merge_contacts(anna, ana, take=set(), by=mette)
    assert set(anna.mailing_groups.all()) == {vip, press}
    assert ContactMailingGroup.objects.count() == 2
    entry.refresh_from_db()
    assert entry.contact == anna
    addresses = anna.alternative_addresses.values_list("code", "city")
    assert set(addresses) == {("SUMMER", "Skagen"), ("SUMMER-2", "Ribe")}


def test_every_foreign_key_to_a_contact_is_known(anna):
    known = {(field.model, field.name) for field, _rows in pointing_at(anna)}
    for model in (ContactMailingGroup, InteractionLogEntry, Consent, Change):
        assert (model, "contact") in known
    assert (Contact, "company") in known


def test_what_forbids_writing_to_either_forbids_it_afterwards(mette, anna, ana):
    Consent.objects.create(contact=anna, channel="email", given=True)
    Consent.objects.create(contact=ana, channel="email", given=False)
    Consent.objects.create(contact=ana, channel="phone", given=True)
    Contact.objects.filter(pk=ana.pk).update(privacy_blocked=True)
    merged = merge_contacts(anna, ana, take=set(), by=mette)
    said = dict(Consent.objects.filter(contact=merged).values_list("channel", "given"))
    assert said == {"email": False, "phone": True}
    assert merged.privacy_blocked


def test_it_is_recorded_who_became_whom(mette, anna, ana):
    merge_contacts(anna, ana, take={"city"}, by=mette)
    record = MergedContact.objects.get(number=ana.number)
    assert (record.contact, record.merged_by) == (anna, mette)
    assert record.values["first_name"] == "Ana"
    told = [
        field.after
        for item in history(Change.objects.about(anna).newest_first())
        for field in item.fields
        if field.label == "Merged contact"
    ]
    assert told == [f"{ana.number} Ana Berg"]


def test_companies_that_are_merged_keep_the_persons_of_both(mette):
    lys, lux = CompanyFactory.create(name="Nordisk Lys"), CompanyFactory.create(name="Nordic Lys")
    bo = ContactFactory.create(first_name="Bo", surname="Dahl", company=lux)
    merge_contacts(lys, lux, take=set(), by=mette)
    bo.refresh_from_db()
    assert (bo.company, bo.company_name) == (lys, "Nordisk Lys")


def test_it_is_refused_to_merge_what_cannot_be_one(mette, anna, ana):
    with pytest.raises(Refused, match="itself"):
        merge_contacts(anna, anna, take=set(), by=mette)
    with pytest.raises(Refused, match="company and a person"):
        merge_contacts(anna, CompanyFactory.create(), take=set(), by=mette)
    merge_contacts(anna, ana, take=set(), by=mette)
    with pytest.raises(Refused, match="gone"):
        merge_contacts(anna, ana, take=set(), by=mette)


def on_sheet(segment):
    segment.refresh_from_db()
    return [line.contact for line in segment.sheet()]


def test_a_segment_with_both_has_the_contact_once_and_counts_right(mette, anna, ana):
    segment = SegmentFactory.create()
    add_by_hand(segment, Contact.objects.filter(pk=anna.pk), by=mette)
    add_by_hand(segment, Contact.objects.filter(pk=ana.pk), by=mette)
    merge_contacts(anna, ana, take=set(), by=mette)
    assert on_sheet(segment) == [anna]
    counts = segment.steps.order_by("number").values_list("lines_after", flat=True)
    assert list(counts) == [1, 1]
    go_back(segment, by=mette)
    assert on_sheet(segment) == [anna]
    go_forward(segment, by=mette)
    assert on_sheet(segment) == [anna]


def test_a_segment_that_only_the_loser_stands_in_keeps_its_line(mette, anna, ana):
    segment = SegmentFactory.create()
    both = Contact.objects.filter(pk__in=[anna.pk, ana.pk])
    add_by_hand(segment, both, by=mette)
    segment.refresh_from_db()
    line = segment.lines.get(contact=anna)
    remove_by_hand(segment, segment.lines.filter(pk=line.pk), by=mette)
    merge_contacts(anna, ana, take=set(), by=mette)
    assert on_sheet(segment) == [anna]


def test_models_with_a_promise_about_a_contact_are_all_merged_by_rule():
    """A new unique constraint with a contact in it must be thought of here."""
    once = {
        model.__name__
        for field, _rows in pointing_at(Contact(pk=0))
        if (model := field.model)
        and any(
            field.name in constraint.fields
            for constraint in model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        )
    }
    assert once == {"AddressPeriod", "AlternativeAddress", "Consent", "Duplicate", "SegmentLine"}


def test_nothing_is_done_where_something_fails(mette, anna, ana, monkeypatch):
    monkeypatch.setattr(Contact, "delete", lambda self: 1 / 0)
    EntryFactory.create(contact=ana, date=datetime.date(2026, 3, 1))
    with pytest.raises(ZeroDivisionError):
        merge_contacts(anna, ana, take={"city"}, by=mette)
    assert ana.interactions.count() == 1
    anna.refresh_from_db()
    assert anna.city == "Aarhus"


def test_the_answer_of_the_winner_stays_where_a_question_has_one(mette, anna, ana):
    often = QuestionFactory.create(several=False)
    once, twice = AnswerFactory.create_batch(2, question=often)
    interests = QuestionFactory.create(several=True)
    glass, garden = AnswerFactory.create_batch(2, question=interests)
    for contact, answers in ((anna, [once, glass]), (ana, [twice, glass, garden])):
        for answer in answers:
            ContactProfileAnswer.objects.create(contact=contact, answer=answer)
    merge_contacts(anna, ana, take=set(), by=mette)
    given = ContactProfileAnswer.objects.filter(contact=anna).values_list("answer", flat=True)
    assert set(given) == {once.pk, glass.pk, garden.pk}
