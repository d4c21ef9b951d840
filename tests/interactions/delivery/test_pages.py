"""The delivery of a logged segment on its pages: send, watch, filter, try again, decide."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interactions.delivery import jobs
from interactions.delivery.sending import send_some
from interactions.models import Bounce, DeliveryJob
from tests.interactions.conftest import signed_in
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(mette):
    return signed_in(mette)


def url(name: str, *arguments: object) -> str:
    return reverse(f"interactions:{name}", args=arguments or ["SM00007"])


@pytest.fixture
def post(office, django_capture_on_commit_callbacks):
    """Press a button, and let the task worker do what is due."""

    def _post(name: str, *arguments: object, **data: object) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = office.post(url(name, *arguments), data, follow=True)
        work()
        assert response.status_code == 200
        return response.text

    return _post


def test_send_watch_and_see_what_became_of_it(server, office, post, mailing, jens):
    jens.email = "refuse@nordisk.example"
    jens.save()
    page = office.get(mailing.get_absolute_url()).text
    assert "Send 2 e-mails" in page
    assert "No mail server" not in page
    assert "2 e-mails are queued." in post("deliver")
    page = office.get(url("delivery")).text
    assert "Send 2 e-mails" not in page
    assert "550 5.1.1 No such user here" in page
    failed = office.get(url("delivery"), {"state": "failed"}).text
    assert "Jens" in failed
    assert "Anna" not in failed
    jens.email = "jens@nordisk.example"
    jens.save()
    post("deliver_again", state="failed")
    assert len(server.received) == 2
    assert "Try 1 failed again" not in office.get(url("delivery")).text


def test_a_second_click_sends_nothing_twice(server, post, mailing):
    post("deliver")
    assert "There is no e-mail to send." in post("deliver")
    assert len(server.received) == 2


def test_the_page_asks_again_while_it_is_sent(server, office, mailing):
    jobs.deliver(mailing, by=None)
    fragment = office.get(url("delivery_progress")).text
    assert 'hx-trigger="every 2s"' in fragment
    assert "0 of 2" in fragment
    assert "<html" not in fragment
    send_some(DeliveryJob.objects.get().pk)
    assert "hx-trigger" not in office.get(url("delivery_progress")).text


def test_pause_resume_and_cancel(server, office, post, mailing):
    job = jobs.deliver(mailing, by=None)
    assert "Paused. Nothing more is sent" in post("delivery_pause", job.pk)
    assert "Resume" in office.get(url("delivery")).text
    assert server.received == []
    assert "2 e-mails are left out." in post("delivery_cancel", job.pk)
    assert "Send 2 left out" in office.get(url("delivery")).text
    post("deliver_again", state="left_out")
    assert len(server.received) == 2


def test_a_person_decides_what_is_in_doubt(server, post, office, mailing, mail_to_anna):
    jobs.deliver(mailing, by=None)
    mailing.entries.update(delivery_state="unknown")
    assert "may have been sent" in office.get(url("delivery")).text
    assert "1 e-mail counts as sent." in post("mark_as_sent", entry=mail_to_anna.pk)
    post("deliver_again", state="unknown")
    assert [to for _, to, _ in server.received] == ["jens@nordisk.example"]


def test_ticked_ones_are_sent_again_and_merged_anew(server, send_all, post, mailing, mail_to_anna):
    send_all()
    post("resend", entry=mail_to_anna.pk)
    post("resend", entry=mail_to_anna.pk, anew="1")
    assert len(server.to("anna@nordisk.example")) == 3
    assert mailing.entries.count() == 3


def test_the_reader_has_nothing_to_tick(office, mailing, rasmus):
    assert 'name="entry"' in office.get(url("delivery")).text
    page = signed_in(rasmus).get(url("delivery")).text
    assert "Anna" in page
    assert 'type="checkbox"' not in page


def test_nothing_ticked_is_told(post, mailing):
    assert "Nothing was ticked." in post("resend")
    assert "Nothing was ticked." in post("mark_as_sent")


def test_letters_are_printed_and_marked(post, office, mailing):
    mailing.entries.update(correspondence_type="hard_copy")
    post("print_file", format="word")
    assert "Fetch" in office.get(url("delivery")).text
    assert "A print file is PDF or Word." in post("print_file", format="word_files")
    assert "1 letter is printed." in post("printed", numbers="2")
    assert "is no range of numbers" in post("printed", numbers="x-y")
    assert "1 letter is printed." in post("printed", numbers="")
    assert "All printed" in office.get(url("delivery")).text
    assert "Nothing was changed" in post("printed", numbers="")
    assert "2 letters are not printed." in post("printed", numbers="", printed="0")


def test_e_mails_by_state_do_not_show_letters_on_paper(office, mailing, mail_to_anna):
    mailing.entries.exclude(pk=mail_to_anna.pk).update(correspondence_type="hard_copy")
    assert "?state=not_sent&amp;by=email" in office.get(url("delivery")).text
    page = office.get(url("delivery"), {"state": "not_sent", "by": "email"}).text
    assert "Anna" in page
    assert "Jens" not in page
    assert "e-mails only" in page
    assert "e-mails only" not in office.get(url("delivery"), {"state": "not_sent"}).text


def test_what_the_mail_server_did_not_take_yet_waits(server, office, mailing, jens):
    jens.email = "later@nordisk.example"
    jens.save()
    send_some(jobs.deliver(mailing, by=None).pk)
    job = DeliveryJob.objects.get()
    fragment = office.get(url("delivery_progress")).text
    assert f"goes on at {timezone.localtime(job.due_at):%H:%M:%S}" in fragment
    assert "Waiting" in fragment
    assert "left" not in fragment


def test_what_is_not_in_doubt_is_not_marked(post, mailing, mail_to_anna):
    assert "Nothing was changed" in post("mark_as_sent", entry=mail_to_anna.pk)


def test_the_e_mail_can_be_read_before_and_after(server, office, send_all, mail_to_anna):
    before = office.get(url("entry_email", mail_to_anna.pk)).text
    assert "Forår til Anna" in before
    assert "Velkommen til Fjord &amp; Søn A/S, Anna." in before
    send_all()
    assert "anna@nordisk.example" in office.get(url("entry_email", mail_to_anna.pk)).text


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("Forår til {{ contact.first_name }}", "Forår til Anna"),
        ("Forår til alle", "Forår til alle"),
        ("Forår {{ contact.nothing }}", "Forår {{ contact.nothing }}"),
    ],
)
def test_the_page_of_an_interaction_fills_the_fields_of_its_subject(
    office, mail_to_anna, stored, shown
):
    mail_to_anna.subject = stored
    mail_to_anna.save()
    assert shown in office.get(mail_to_anna.get_absolute_url()).text


def test_bounces_are_listed_and_settled(post, office, anna, mailing):
    bounce = Bounce.objects.create(
        address="anna@nordisk.example", contact=anna, hard=True, message_id="1", reason="550 gone"
    )
    assert "550 gone" in office.get(url_of("bounce_list"), {"out_of_use": "1", "q": "ANNA@"}).text
    assert "is used again" in post("bounce_use_again", bounce.pk)
    assert "550 gone" not in office.get(url_of("bounce_list"), {"out_of_use": "1"}).text


def url_of(name: str) -> str:
    return reverse(f"interactions:{name}")


@pytest.mark.parametrize(
    "name", ["deliver", "deliver_again", "resend", "mark_as_sent", "print_file", "printed"]
)
def test_a_reader_looks_and_does_not_touch(rasmus, mailing, name):
    client = signed_in(rasmus)
    assert client.post(url(name)).status_code == 403
    assert client.get(url(name)).status_code == 405
    page = client.get(url("delivery"))
    assert page.status_code == 200
    assert "<button" not in page.text.partition('id="delivery"')[2].partition("</section>")[0]


@pytest.mark.parametrize("state", ["", "sent", "underway", "failed", "unknown", "not_sent", "x"])
def test_the_page_needs_few_queries(office, mailing, django_assert_max_num_queries, state):
    office.get(url("delivery"))
    with django_assert_max_num_queries(12):
        assert office.get(url("delivery"), {"state": state}).status_code == 200
