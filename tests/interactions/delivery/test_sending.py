"""E-mails of a logged segment, from the click to the mail server."""

import datetime
import io

import docx
import pypdf
import pytest
from django.utils import timezone

from contacts.consents import record_consent
from contacts.errors import Refused
from contacts.models import AddressPeriod, AlternativeAddress
from interactions.delivery import attachments, jobs, sending
from interactions.delivery.jobs import deliver
from interactions.delivery.pace import take_turns
from interactions.delivery.sending import send_some, settle_abandoned
from interactions.letters import libreoffice
from interactions.letters.libreoffice import NotConverted
from interactions.models import Bounce, DeliveryJob, DeliveryState, EmailAttachment

pytestmark = pytest.mark.django_db


def states(segment) -> dict[str, str]:
    return {entry.contact.first_name: entry.delivery_state for entry in segment.entries.all()}


def move(contact, email: str) -> None:
    contact.email = email
    contact.save()


def nobody_listens(settings) -> None:
    default = settings.MAILERS["default"]
    options = {**default["OPTIONS"], "port": 1}
    settings.MAILERS = {"default": {**default, "OPTIONS": options}}


def test_everybody_gets_the_letter_once(server, send_all, mailing, mail_to_anna):
    job = send_all()
    assert job.state == "done"
    assert sorted(to for _, to, _ in server.received) == [
        "anna@nordisk.example",
        "jens@nordisk.example",
    ]
    mail_to_anna.refresh_from_db()
    assert mail_to_anna.delivery_state == DeliveryState.SENT
    assert mail_to_anna.delivery_attempts == 1
    assert mail_to_anna.delivery_address == "anna@nordisk.example"
    with pytest.raises(Refused):
        deliver(mailing, by=None)
    assert len(server.received) == 2


def test_what_is_no_address_keeps_nobody_else_waiting(server, send_all, mailing, anna):
    move(anna, "@nordisk")
    send_all()
    assert states(mailing) == {"Anna": "failed", "Jens": "sent"}
    assert mailing.entries.get(contact=anna).delivery_reason == "“@nordisk” is no e-mail address."


def test_nothing_is_queued_while_there_is_no_address_to_send_from(mailing, fjord):
    fjord.email = ""
    fjord.save()
    with pytest.raises(Refused, match="no e-mail address to send from"):
        deliver(mailing, by=None)
    assert not DeliveryJob.objects.exists()


def test_the_letter_is_attached_as_it_was_logged(server, send_all, anna):
    anna.first_name = "Changed since"
    anna.save()
    send_all()
    (message,) = server.to("anna@nordisk.example")
    assert message["Subject"] == "Forår til Anna"
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Forår til Anna.docx"
    letter = docx.Document(io.BytesIO(attached.get_content()))
    said = [paragraph.text for paragraph in letter.paragraphs]
    assert said == ["Kære Anna Sørensen", "Forår til Anna"]


def test_without_attachment(server, send_all, spring_mail):
    spring_mail.template.email_attachment = EmailAttachment.NONE
    spring_mail.template.save()
    send_all()
    assert list(server.to("anna@nordisk.example")[0].iter_attachments()) == []


def test_what_is_refused_has_failed_with_the_words_of_the_server(
    server, send_all, mailing, anna, jens
):
    move(anna, "refuse@nordisk.example")
    move(jens, "content@nordisk.example")
    send_all()
    reasons = set(mailing.entries.values_list("delivery_state", "delivery_reason"))
    assert reasons == {
        ("failed", "550 5.1.1 No such user here"),
        ("failed", "554 5.7.1 Looks like spam"),
    }


def test_what_is_not_taken_now_is_tried_again_later(server, send_all, mailing, anna):
    move(anna, "later@nordisk.example")
    job = send_all()
    assert states(mailing) == {"Anna": "queued", "Jens": "sent"}
    entry = mailing.entries.get(contact=anna)
    assert entry.delivery_reason.startswith("451")
    minutes = (entry.delivery_at - timezone.now()) / datetime.timedelta(minutes=1)
    assert minutes == pytest.approx(sending.RETRY_MINUTES[0], abs=0.5)
    mailing.entries.update(delivery_at=timezone.now())
    send_some(job.pk)
    entry.refresh_from_db()
    assert (entry.delivery_state, entry.delivery_attempts) == ("sent", 2)


def test_what_is_never_taken_has_failed_at_last(server, send_all, mailing, anna):
    move(anna, "later@nordisk.example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "GIVE_UP", datetime.timedelta())
        send_all()
    assert states(mailing) == {"Anna": "failed", "Jens": "sent"}


@pytest.mark.parametrize(("kind", "arrives"), [("lose", 0), ("keep", 1)])
def test_a_connection_that_breaks_leaves_a_doubt(server, send_all, mailing, anna, kind, arrives):
    """Whether it was taken nobody can tell; the person decides, and the next one is sent."""
    move(anna, f"{kind}@nordisk.example")
    job = send_all()
    assert states(mailing) == {"Anna": "unknown", "Jens": "sent"}
    assert len(server.to(f"{kind}@nordisk.example")) == arrives
    assert job.state == "done"
    assert jobs.mark_as_sent(mailing.entries.all()) == 1
    assert states(mailing) == {"Anna": "sent", "Jens": "sent"}


def test_a_connection_that_breaks_before_is_opened_again(server, send_all, mailing, anna):
    move(anna, "drop@nordisk.example")
    send_all()
    assert states(mailing) == {"Anna": "sent", "Jens": "sent"}
    assert len(server.received) == 2


def test_without_a_mail_server_nothing_is_claimed(settings, server, send_all, mailing):
    options = settings.MAILERS["default"]["OPTIONS"]
    settings.MAILERS = {
        "default": {**settings.MAILERS["default"], "OPTIONS": {**options, "port": 1}}
    }
    job = send_all()
    assert states(mailing) == {"Anna": "queued", "Jens": "queued"}
    assert set(mailing.entries.values_list("delivery_attempts", flat=True)) == {0}
    assert job.state == "sending"
    assert "refused" in job.reason.lower()
    assert job.due_at > timezone.now()


def test_a_server_that_does_not_come_back_pauses_the_job(settings, server, send_all, mailing):
    options = settings.MAILERS["default"]["OPTIONS"]
    settings.MAILERS = {
        "default": {**settings.MAILERS["default"], "OPTIONS": {**options, "port": 1}}
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "GIVE_UP", datetime.timedelta())
        assert send_all().state == "paused"


def test_who_withdrew_consent_meanwhile_is_not_written_to(server, send_all, mailing, anna):
    record_consent(anna, "email", given=False, date=timezone.localdate(), by=None)
    job = send_all()
    assert states(mailing) == {"Anna": "", "Jens": "sent"}
    assert mailing.entries.get(contact=anna).delivery_reason == "The contact does not allow e-mail."
    assert job.state == "done"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"privacy_blocked": True}, "The contact may not be written to: privacy blocked."),
        ({"active": False}, "The contact may not be written to: inactive."),
        ({"email": ""}, "The contact has no e-mail address."),
    ],
)
def test_who_may_not_be_written_to_any_more(server, send_all, mailing, anna, change, reason):
    type(anna).objects.filter(pk=anna.pk).update(**change)
    send_all()
    assert [to for _, to, _ in server.received] == ["jens@nordisk.example"]
    assert mailing.entries.get(contact=anna).delivery_reason == reason


def test_canceled_interactions_are_not_sent(server, send_all, mailing, mail_to_anna):
    mail_to_anna.canceled = True
    mail_to_anna.save()
    assert send_all().count == 1
    assert [to for _, to, _ in server.received] == ["jens@nordisk.example"]


def test_canceled_while_it_was_queued(server, mailing, mail_to_anna):
    job = deliver(mailing, by=None)
    mail_to_anna.canceled = True
    mail_to_anna.save(update_fields=["canceled"])
    send_some(job.pk)
    assert states(mailing) == {"Anna": "", "Jens": "sent"}


def test_an_alternative_address_in_force_is_written_to(server, send_all, anna):
    home = AlternativeAddress.objects.create(contact=anna, code="HOME", email="anna@home.example")
    AddressPeriod.objects.create(
        contact=anna, address=home, starts_on="2026-03-01", ends_on="2026-03-31"
    )
    send_all()
    assert server.to("anna@home.example")


def test_an_address_out_of_use_is_not_written_to(server, send_all, mailing):
    Bounce.objects.create(address="anna@nordisk.example", hard=True, message_id="1")
    send_all()
    assert states(mailing) == {"Anna": "failed", "Jens": "sent"}


def test_nothing_is_claimed_once_it_is_paused(server, mailing, send_all):
    job = deliver(mailing, by=None)
    assert jobs.pause(job)
    assert send_some(job.pk) is None
    assert server.received == []
    assert jobs.resume(job)
    send_some(job.pk)
    assert states(mailing) == {"Anna": "sent", "Jens": "sent"}
    assert not jobs.resume(job), "it is over"


def test_pausing_reaches_a_worker_in_the_middle(server, mailing, monkeypatch):
    """The one in hand is sent, the next is not claimed; resumed, it is sent."""
    job = deliver(mailing, by=None)
    hand_over = sending._Sender._hand_over

    def pausing(self, message):
        jobs.pause(job)
        return hand_over(self, message)

    monkeypatch.setattr(sending._Sender, "_hand_over", pausing)
    send_some(job.pk)
    assert sorted(states(mailing).values()) == ["queued", "sent"]
    monkeypatch.undo()
    assert jobs.resume(job)
    send_some(job.pk)
    assert states(mailing) == {"Anna": "sent", "Jens": "sent"}
    assert len(server.received) == 2


def test_what_is_not_sent_can_be_canceled_and_sent_after_all(server, mailing, send_all):
    job = deliver(mailing, by=None)
    assert jobs.cancel(job) == 2
    assert jobs.cancel(job) == 0
    assert send_some(job.pk) is None
    assert server.received == []
    assert states(mailing) == {"Anna": "", "Jens": ""}

    def again(segment, by):
        return jobs.deliver_again(segment, segment.entries.all(), by=by)

    send_all(ask=again)
    assert states(mailing) == {"Anna": "sent", "Jens": "sent"}


def test_what_a_dead_worker_had_in_hand_is_in_doubt(server, mailing, mail_to_anna):
    """It had claimed Anna's, and nobody knows whether it came to hand it over."""
    job = deliver(mailing, by=None)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    DeliveryJob.objects.update(state="sending", worker="dead", alive_at=long_ago)
    mailing.entries.alone(mail_to_anna).update(delivery_state="sending", delivery_attempts=1)
    send_some(job.pk)
    assert states(mailing) == {"Anna": "unknown", "Jens": "sent"}
    assert [to for _, to, _ in server.received] == ["jens@nordisk.example"]


def test_a_worker_that_dies_in_a_canceled_job_leaves_a_doubt_too(server, mailing, mail_to_anna):
    job = deliver(mailing, by=None)
    mailing.entries.alone(mail_to_anna).update(delivery_state="sending", delivery_attempts=1)
    jobs.cancel(job)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    DeliveryJob.objects.update(worker="dead", alive_at=long_ago)
    assert settle_abandoned() == 1
    assert states(mailing) == {"Anna": "unknown", "Jens": ""}
    assert settle_abandoned() == 0


def test_two_workers_never_have_the_same_job(server, mailing, monkeypatch):
    job = deliver(mailing, by=None)
    hand_over = sending._Sender._hand_over

    def meanwhile(self, message):
        assert send_some(job.pk) is None
        return hand_over(self, message)

    monkeypatch.setattr(sending._Sender, "_hand_over", meanwhile)
    send_some(job.pk)
    assert len(server.received) == 2


def test_a_slow_worker_that_was_taken_for_dead_knows_better(server, mailing, monkeypatch):
    """Another has said unknown meanwhile, and gone on with the next; nothing is sent twice."""
    job = deliver(mailing, by=None)
    hand_over = sending._Sender._hand_over

    def slow(self, message):
        monkeypatch.setattr(sending._Sender, "_hand_over", hand_over)
        DeliveryJob.objects.update(alive_at=timezone.now() - datetime.timedelta(hours=1))
        send_some(job.pk)
        assert sorted(states(mailing).values()) == ["sent", "unknown"]
        return hand_over(self, message)

    monkeypatch.setattr(sending._Sender, "_hand_over", slow)
    send_some(job.pk)
    assert states(mailing) == {"Anna": "sent", "Jens": "sent"}
    assert len(server.received) == 2


def test_the_pace_is_kept_by_all_together(settings, db):
    settings.EMAILS_PER_MINUTE = 60
    first = take_turns(50)
    assert first.count == 10, "ten seconds ahead"
    second = take_turns(50)
    assert second.count == 0
    waits = (second.first - timezone.now()).total_seconds()
    assert waits == pytest.approx(10, abs=1)


def test_a_template_without_text_is_refused_before_anything_is_queued(mailing, spring_mail):
    spring_mail.email_text = ""
    spring_mail.save()
    with pytest.raises(Refused, match="has no e-mail text"):
        deliver(mailing, by=None)
    assert not DeliveryJob.objects.exists()
    assert states(mailing) == {"Anna": "", "Jens": ""}


def test_the_same_text_is_sent_again_although_the_template_has_changed(
    server, send_all, mailing, spring_mail, anna
):
    move(anna, "refuse@nordisk.example")
    send_all()
    spring_mail.email_text = "Something else"
    spring_mail.save()
    move(anna, "anna@nordisk.example")
    send_all(ask=lambda segment, by: jobs.deliver_again(segment, segment.entries.all(), by=by))
    said = server.to("anna@nordisk.example")[0].get_body(("plain",)).get_content()
    assert "Velkommen til Fjord & Søn A/S, Anna." in said


@pytest.mark.skipif(bool(libreoffice.problem()), reason="needs LibreOffice")
def test_the_letter_as_a_pdf(server, send_all, spring_mail):
    spring_mail.template.email_attachment = EmailAttachment.PDF
    spring_mail.template.save()
    send_all()
    for address, name in (("anna@nordisk.example", "Anna"), ("jens@nordisk.example", "Jens")):
        (attached,) = server.to(address)[0].iter_attachments()
        assert attached.get_content_type() == "application/pdf"
        text = pypdf.PdfReader(io.BytesIO(attached.get_content())).pages[0].extract_text()
        assert name in text


def test_a_pdf_that_cannot_be_made_fails_alone(server, send_all, spring_mail, mailing, monkeypatch):
    """All at once first, then each by itself."""
    spring_mail.template.email_attachment = EmailAttachment.PDF
    spring_mail.template.save()
    calls = []

    def convert(files, folder, *, check):
        calls.append(len(files))
        if len(files) > 1 or len(calls) == 2:
            raise NotConverted("LibreOffice did not make the PDF")
        made = folder / f"{files[0].stem}.pdf"
        made.write_bytes(b"%PDF")
        return [made]

    monkeypatch.setattr(attachments, "convert", convert)
    send_all()
    assert calls == [2, 1, 1]
    assert sorted(states(mailing).values()) == ["failed", "sent"]
    reasons = mailing.entries.in_state("failed").values_list("delivery_reason", flat=True)
    assert list(reasons) == ["LibreOffice did not make the PDF"]
