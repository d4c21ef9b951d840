"""Mette records an e-mail or a letter to Anna alone, and it goes out as others do (R219)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interactions.delivery.bounces import record
from interactions.delivery.reports import Report
from interactions.models import CompanyInformation, DeliveryJob, InteractionLogEntry
from tests.interactions.conftest import signed_in
from tests.worker import work

pytestmark = pytest.mark.django_db
LOG = InteractionLogEntry.objects
RESULT = {"cost": "1", "duration": "1", "successful": "on"}


def url(name: str, entry: InteractionLogEntry) -> str:
    return reverse(f"interactions:{name}", args=[entry.pk])


@pytest.fixture
def client(mette):
    return signed_in(mette)


@pytest.fixture
def anna(anna, danish):
    anna.email, anna.language = "anna@nordisk.example", danish
    anna.save()
    return anna


@pytest.fixture
def draft(client, anna, spring_mail, jonas):
    """The spring e-mail to Anna, recorded up to its last step."""

    def begin(by: str = "email", via: str = "") -> InteractionLogEntry:
        said = {"template": spring_mail.template_id, "salesperson": jonas.pk}
        said |= {"date": timezone.localdate().isoformat(), "contact_via": via}
        create = f"{reverse('interactions:create')}?contact={anna.number}"
        client.post(create, {**said, "correspondence_type": by})
        return LOG.latest("pk")

    return begin


@pytest.fixture
def finish(client, django_capture_on_commit_callbacks):
    """Finish the entry as `said`; the worker does what comes of it."""

    def _finish(entry, **said):
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post(url("result", entry), {**RESULT, **said}, follow=True)
        work()
        entry.refresh_from_db()
        return page

    return _finish


def test_an_email_is_sent_when_it_is_finished(server, draft, finish, client):
    entry = draft()
    form = client.get(url("result", entry)).context["form"]
    assert form["deliver"].value() is True
    assert "To anna@nordisk.example" in form["deliver"].help_text
    page = finish(entry, deliver="on")
    assert "Its e-mail is queued." in page.text
    (message,) = server.to("anna@nordisk.example")
    assert message["Subject"] == "Forår til Anna"
    text = message.get_body(("plain",)).get_content()
    assert "Velkommen til Fjord & Søn A/S, Anna." in text
    assert [part.get_filename() for part in message.iter_attachments()] == ["Forår til Anna.docx"]
    assert (entry.delivery_state, entry.delivery_address) == ("sent", "anna@nordisk.example")


def test_not_unless_one_says_so(server, draft, finish):
    entry = draft()
    finish(entry)
    assert (server.received, entry.delivery_state, entry.postponed) == ([], "", False)


def test_what_was_tried_and_failed_is_not_sent(server, draft, finish):
    entry = draft()
    page = finish(entry, deliver="on", successful="")
    assert "Nothing is sent: the attempt failed." in page.text
    assert (server.received, entry.attempt_failed) == ([], True)


def test_put_off_it_waits(server, draft, finish):
    entry = draft()
    finish(entry, deliver="on", later="on")
    assert (server.received, entry.postponed) == ([], True)


def test_it_goes_to_the_address_that_was_typed(server, draft, finish):
    finish(draft(via="anna@home.example"), deliver="on")
    assert len(server.to("anna@home.example")) == 1
    assert server.to("anna@nordisk.example") == []


def no_address(anna, entry):
    LOG.update(contact_via="")
    anna.email = ""
    anna.save()
    return "The contact has no e-mail address."


def withdrawn(anna, entry):
    anna.consents.create(channel="email", given=False)
    return "The contact does not allow e-mail."


def no_text(anna, entry):
    entry.template.documents.update(email_text="")
    return "has no e-mail text"


def came_back(anna, entry):
    LOG.update(delivery_address=anna.email)
    record(Report(entry=entry.pk, hard=True, failed=True, status="", reason="", message_id="x"))
    return "E-mails to anna@nordisk.example come back."


def no_sender(anna, entry):
    CompanyInformation.objects.update(email="")
    return "no e-mail address to send from"


@pytest.mark.parametrize("trouble", [no_address, withdrawn, no_text, came_back, no_sender])
def test_what_keeps_it_from_being_sent_is_told_and_nothing_is_logged(
    server, draft, finish, client, anna, trouble
):
    entry = draft()
    reason = trouble(anna, entry)
    form = client.get(url("result", entry)).context["form"]
    assert form["deliver"].value() is False
    assert reason in form["deliver"].help_text
    page = finish(entry, deliver="on")
    (told,) = page.context["form"].errors["deliver"]
    assert reason in told
    assert (entry.postponed, DeliveryJob.objects.count()) == (True, 0)
    finish(entry)
    assert (entry.postponed, server.received) == (False, [])


def test_r143_without_an_address_it_has_no_type(server, draft, finish, anna):
    entry = draft()
    no_address(anna, entry)
    page = finish(entry)
    assert "logged without a correspondence type" in page.text
    assert (entry.correspondence_type, entry.postponed, server.received) == ("", False, [])


def test_who_may_not_send_is_not_asked(draft, finish, mette, server):
    mette.user_permissions.clear()
    group = mette.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="add_deliveryjob"))
    entry = draft()
    page = finish(entry, deliver="on")
    assert (server.received, entry.postponed) == ([], False)
    assert "Send the e-mail" not in page.text


def test_a_refused_email_says_why_and_is_sent_again(
    server, draft, finish, client, anna, django_capture_on_commit_callbacks
):
    anna.email = "refuse@nordisk.example"
    anna.save()
    entry = draft()
    finish(entry, deliver="on")
    page = client.get(entry.get_absolute_url()).text
    assert "550 5.1.1 No such user here" in page
    anna.email = "anna.new@nordisk.example"
    anna.save()
    with django_capture_on_commit_callbacks(execute=True):
        again = client.post(url("entry_send", entry), follow=True)
    assert 'hx-trigger="every 2s"' in again.text
    work()
    assert len(server.to("anna.new@nordisk.example")) == 1
    assert "every 2s" not in client.get(url("entry_delivery", entry)).text


def test_a_second_click_sends_nothing(server, draft, finish, client):
    entry = draft()
    finish(entry)
    client.post(url("entry_send", entry))
    page = client.post(url("entry_send", entry), follow=True)
    assert "There is no e-mail to send." in page.text
    assert DeliveryJob.objects.count() == 1


def test_one_may_change_ones_mind(server, draft, finish, client):
    entry = draft()
    finish(entry)
    client.post(url("entry_send", entry))
    page = client.post(
        reverse("interactions:delivery_cancel", args=[DeliveryJob.objects.get().pk]), follow=True
    )
    assert page.request["PATH_INFO"] == entry.get_absolute_url()
    work()
    assert server.received == []


def test_a_letter_is_fetched_for_the_printer_and_marked(draft, finish, client):
    entry = draft(by="hard_copy")
    assert "deliver" not in client.get(url("result", entry)).context["form"].fields
    page = finish(entry)
    assert "Letter to print" in page.text
    assert client.get(url("entry_letter", entry)).status_code == 200
    client.post(url("entry_mark", entry))
    entry.refresh_from_db()
    assert entry.delivery_state == "sent"
    assert "printed" in client.get(entry.get_absolute_url()).text
    client.post(url("entry_mark", entry), {"printed": "0"})
    entry.refresh_from_db()
    assert entry.delivery_state == ""


def test_a_person_knows_that_what_is_in_doubt_has_arrived(draft, finish, client, rasmus):
    entry = draft()
    finish(entry)
    LOG.update(delivery_state="unknown", delivery_attempts=1)
    assert "It has arrived" in client.get(entry.get_absolute_url()).text
    assert signed_in(rasmus).post(url("entry_mark", entry)).status_code == 403
    client.post(url("entry_mark", entry))
    entry.refresh_from_db()
    assert entry.delivery_state == "sent"


def test_what_came_to_us_is_not_sent(draft, finish, client):
    entry = draft()
    LOG.update(information_flow="inbound")
    assert "deliver" not in client.get(url("result", entry)).context["form"].fields
    assert "Send the e-mail" not in finish(entry).text
