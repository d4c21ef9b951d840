"""Once more: the same letter, or one merged anew (D22)."""

import functools
import io

import docx
import pytest

from contacts.errors import Refused
from interactions.delivery.resend import resend

pytestmark = pytest.mark.django_db


def again(segment, by, **options):
    return resend(segment, segment.entries.all(), by=by, **options)


anew = functools.partial(again, anew=True)


def letters(server, address: str) -> list[str]:
    files = [next(message.iter_attachments()) for message in server.to(address)]
    return [docx.Document(io.BytesIO(file.get_content())).paragraphs[0].text for file in files]


def marry(anna) -> None:
    anna.surname = "Holm"
    anna.save()


def test_the_same_letter(server, send_all, mailing, anna):
    send_all()
    marry(anna)
    send_all(ask=again)
    assert letters(server, "anna@nordisk.example") == ["Kære Anna Sørensen"] * 2
    assert mailing.entries.count() == 2
    assert mailing.entries.get(contact=anna).delivery_attempts == 2


def test_merged_anew_it_is_an_interaction_of_its_own(server, send_all, mailing, mail_to_anna, anna):
    send_all()
    marry(anna)
    assert send_all(ask=anew).count == 2
    assert letters(server, "anna@nordisk.example") == ["Kære Anna Sørensen", "Kære Anna Holm"]
    mailing.refresh_from_db()
    assert mailing.entries_count == mailing.entries.count() == 4
    new = mail_to_anna.resends.get()
    assert new.delivery_state == "sent"
    assert new.description == "Again: Spring catalogue"
    assert (new.line, new.cost, new.template) == (None, mail_to_anna.cost, mail_to_anna.template)
    assert new.merge_fields.fields["surname"] == "Holm"
    mail_to_anna.refresh_from_db()
    assert mail_to_anna.delivery_attempts == 1, "the first is as it was"


def test_the_comment_comes_along(mailing, mail_to_anna):
    mail_to_anna.merge_fields.fields["comment"] = "See you “there” \\ soon"
    mail_to_anna.merge_fields.fields["choices"] = "fair\nlamps"
    mail_to_anna.merge_fields.save()
    resend(mailing, mailing.entries.alone(mail_to_anna), anew=True, by=None)
    said = mail_to_anna.resends.get().merge_fields.fields
    assert said["comment"] == "See you “there” \\ soon"
    assert said["choices"] == "fair\nlamps"


def test_canceled_and_queued_ones_are_left_out(mailing, mail_to_anna, mail_to_jens):
    mail_to_anna.canceled = True
    mail_to_anna.save()
    mail_to_jens.delivery_state = "queued"
    mail_to_jens.save()
    for way in (again, anew):
        with pytest.raises(Refused):
            way(mailing, by=None)
    assert mailing.entries.count() == 2


def test_an_address_that_a_person_named_is_kept(server, send_all, mailing, mail_to_anna, anna):
    """One that was the contact's own follows the contact."""
    home = "anna@home.example"
    mailing.entries.filter(contact=anna).update(contact_via=home)
    mailing.entries.exclude(contact=anna).update(contact_via="jens@nordisk.example")
    for contact in (entry.contact for entry in mailing.entries.all()):
        contact.email = f"new.{contact.email}"
        contact.save()
    send_all()
    send_all(ask=anew)
    assert (len(server.to(home)), len(server.to("new.jens@nordisk.example"))) == (2, 2)
    via = [entry.contact_via for entry in mailing.entries.filter(resend_of__isnull=False)]
    assert via == [home, "new.jens@nordisk.example"]
