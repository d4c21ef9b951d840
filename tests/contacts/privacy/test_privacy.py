"""Anna asks to see everything that is known of her, and then to be forgotten."""

import datetime
import io
import json
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.urls import reverse

from contacts.errors import Refused
from contacts.models import AlternativeAddress, Change, Consent, Contact, MergedContact
from contacts.privacy.erase import erase_contact
from contacts.privacy.known import everything_known
from interactions.models import Document, EntryFields, InteractionLogEntry, LoggedSegment
from segments_app.models import Segment, SegmentLine
from segments_app.operations import add_by_hand, put_letter
from tests.factories import (
    ContactFactory,
    EntryFactory,
    LoggedSegmentFactory,
    MailingGroupFactory,
    SegmentFactory,
    word_document,
)

pytestmark = pytest.mark.django_db
SECRETS = ("Anna", "Bergström", "anna@example.com", "Skagen", "Best customers", "By phone", "pssst")


@pytest.fixture
def anna(mette):
    anna = ContactFactory.create(
        first_name="Anna", surname="Bergström", email="anna@example.com", notes="pssst"
    )
    anna.mailing_groups.add(MailingGroupFactory.create(description="Best customers"))
    AlternativeAddress.objects.create(contact=anna, code="SUMMER", city="Skagen")
    Consent.objects.create(contact=anna, channel="email", given=True, source="By phone")
    MergedContact.objects.create(number="CT9", contact=anna, values={"first_name": "Anna"})
    steps = {"steps": [{"sentences": {"en": "Added Anna Bergström by hand"}}]}
    logged = LoggedSegmentFactory.create(snapshot=steps)
    entry = EntryFactory.create(
        contact=anna, logged_segment=logged, line=1, cost=Decimal("4.50"), subject="Dear Anna"
    )
    InteractionLogEntry.objects.update(contact_via="anna@example.com")
    EntryFields.objects.create(entry=entry, fields={"first_name": "Anna"})
    segment = SegmentFactory.create()
    add_by_hand(segment, [anna], by=mette)
    segment.lines.update(contact_via="anna@example.com")
    put_letter(segment.lines.get(), word_document("Dear Anna"), name="Anna.docx", by=mette)
    return anna


def everything_stored():
    """All texts of all tables that can tell of a contact."""
    models: list[Any] = [Contact, InteractionLogEntry, EntryFields, Change, Consent, Segment]
    models += [AlternativeAddress, MergedContact, SegmentLine]
    rows = [row for model in models for row in model.objects.values()]
    steps = list(Segment.objects.values("steps__sentences"))
    snapshots = list(LoggedSegment.objects.values("snapshot"))
    return str([rows, steps, snapshots])


def test_everything_is_told(anna):
    known = json.dumps(everything_known(anna), ensure_ascii=False)
    for secret in SECRETS:
        assert secret in known


def test_the_files_tell_it_too(client, mette, anna):
    client.force_login(mette)
    data = client.get(reverse("contacts:privacy_json", args=[anna.number])).content
    assert json.loads(data)["Contact"][0]["First name"] == "Anna"
    word = client.get(reverse("contacts:privacy_document", args=[anna.number])).content
    tables = docx.Document(io.BytesIO(word)).tables
    words = " ".join(cell.text for table in tables for cell in table._cells)
    for secret in SECRETS:
        assert secret in words


def test_an_erased_contact_is_found_nowhere_and_its_costs_still_count(mette, anna):
    assert "Anna" in everything_stored()
    letter = Document.objects.get()
    erase_contact(anna, typed=anna.number, by=mette)
    stored = everything_stored()
    for secret in (*SECRETS, "Dear"):
        assert secret not in stored
    totals = InteractionLogEntry.objects.counting().totals()
    assert (totals.interactions, totals.contacts, totals.cost) == (1, 1, Decimal("4.50"))
    assert not Document.objects.exists()
    assert not letter.file.storage.exists(str(letter.file.name))


def test_an_erased_contact_is_never_written_to(mette, anna):
    erase_contact(anna, typed=anna.number, by=mette)
    contact = Contact.objects.get()
    assert contact.erased_at
    assert contact.erased_at.date() == datetime.datetime.now(datetime.UTC).date()
    assert not Contact.objects.selectable(ignore_exclusion=True).exists()
    with pytest.raises(Refused, match="already"):
        erase_contact(contact, typed=contact.number, by=mette)


def test_the_number_must_be_typed_and_the_permission_held(client, mette, maria, anna):
    url = reverse("contacts:erase", args=[anna.number])
    client.force_login(mette)
    assert client.post(url, {"number": anna.number}).status_code == 403
    client.force_login(maria)
    answer = client.post(url, {"number": "CT000000"}, follow=True)
    assert "Type the number" in answer.content.decode()
    assert Contact.objects.get().first_name == "Anna"
    client.post(url, {"number": anna.number})
    assert Contact.objects.get().first_name == ""


def test_a_letter_that_somebody_else_has_too_stays(mette, anna):
    letter = Document.objects.get()
    EntryFactory.create(contact=ContactFactory.create(), document=letter)
    erase_contact(anna, typed=anna.number, by=mette)
    assert Document.objects.get() == letter
