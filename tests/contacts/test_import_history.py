"""What an import changes of groups, profile answers and consents stands in the change history."""

import io

import pytest

from contacts.history import history
from contacts.imports import Options, import_contacts
from contacts.models import Change, Consent, Contact, ContactProfileAnswer
from tests.factories import AnswerFactory, ContactFactory, MailingGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return ContactFactory.create(number="CT1", first_name="Anna", surname="Berg")


def load(text: str, by, **options) -> None:
    options = {"rows": "all", **options}
    result = import_contacts(io.BytesIO(text.encode()), by=by, options=Options(**options))
    assert result.is_written


def said_of(contact):
    """Who, what, and each field before and after; the newest first."""
    return [
        (item.who, item.what, {field.label: (field.before, field.after) for field in item.fields})
        for item in history(Change.objects.about(contact).newest_first())
    ]


def test_groups_that_come_and_go_are_named(anna, mette):
    anna.mailing_groups.add(MailingGroupFactory.create(code="VIP", description="Best customers"))
    MailingGroupFactory.create(code="NEWS", description="Newsletter")
    load("number;mailing groups\nCT1;NEWS\n", by=mette)
    assert said_of(anna)[0] == (
        "mette",
        "Changed",
        {"Mailing groups": ("Best customers", "Newsletter")},
    )


def test_profile_answers_are_told_as_on_their_page(anna, mette):
    ContactProfileAnswer.objects.create(contact=anna, answer=AnswerFactory.create(text="Golf"))
    AnswerFactory.create(code="SAIL", text="Sailing")
    load("number;profile answers\nCT1;SAIL\n", by=mette)
    assert said_of(anna)[0] == ("mette", "Changed", {"Profile answer": ("Golf", "Sailing")})


def test_consents_are_told_when_given_changed_and_forgotten(anna, mette):
    load("number;consent_email;consent_email_source\nCT1;yes;fair\n", by=mette)
    load("number;consent_email;consent_email_source\nCT1;no;phone\n", by=mette)
    load("number;consent_email\nCT1;\n", by=mette, empty="clear")
    assert not Consent.objects.exists()
    forgotten, changed, given = said_of(anna)[:3]
    assert [what for _who, what, _fields in (given, changed, forgotten)] == [
        "Consent e-mail: given: created",
        "Consent e-mail: withdrawn: changed",
        "Consent e-mail: withdrawn: deleted",
    ]
    assert {who for who, _what, _fields in (given, changed, forgotten)} == {"mette"}
    assert given[2]["Source"] == ("", "fair")
    assert changed[2] == {"Given": ("yes", "no"), "Source": ("fair", "phone")}


def test_a_row_that_changes_nothing_records_nothing_and_a_new_contact_what_it_joined(anna, mette):
    MailingGroupFactory.create(code="NEWS", description="Newsletter")
    text = "number;first name;mailing groups;consent letter\nCT2;Bo;NEWS;yes\n"
    load(text, by=mette)
    said = said_of(Contact.objects.get(number="CT2"))
    assert [what for _who, what, _fields in said] == [
        "Consent letter: given: created",
        "Changed",
        "Created",
    ]
    before = Change.objects.count()
    load(text, by=mette)
    assert Change.objects.count() == before
