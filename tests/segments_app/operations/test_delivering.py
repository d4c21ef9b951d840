"""Logging and sending in one act: the e-mails are queued with the entries, or neither is."""

import io
import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from contacts.errors import Refused
from interactions.models import (
    Bounce,
    CompanyInformation,
    DeliveryJob,
    InteractionLogEntry,
    LoggedSegment,
    TemplateDocument,
)
from segments_app.errors import BlockedByProblems
from segments_app.models import Segment
from segments_app.operations import log_segment

from ..conftest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def emails(segment, cast, spring) -> Segment:
    """Anna of Nordisk by e-mail, and the template says something."""
    TemplateDocument.objects.update(email_text="Dear {{ contact.name }}")
    CompanyInformation.objects.update_or_create(defaults={"email": "post@fjord.example"})
    segment.correspondence_type, segment.ignore_contact_correspondence_type = "email", True
    segment.save()
    add(segment, "email=anna@nordisk.example")
    assert segment.sheet().count() == 1
    return segment


def tasks() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="delivery.tasks.send").count()


def test_e_mails_are_queued_with_the_commit(emails, mette, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        logged = log_segment(emails, by=mette, deliver=True)
        assert tasks() == 0, "not before the commit"
    assert tasks() == 1
    assert logged.entries.get().delivery_state == "queued"
    assert logged.deliveries.get().created_by == mette


def test_without_the_option_nothing_is_queued(emails):
    assert log_segment(emails, by=None).entries.get().delivery_state == ""
    assert not DeliveryJob.objects.exists()


def test_a_company_without_an_address_keeps_everything_from_being_logged(emails):
    CompanyInformation.objects.update(email="")
    with pytest.raises(Refused, match="no e-mail address to send from"):
        log_segment(emails, by=None, deliver=True)
    assert not LoggedSegment.objects.exists()


def test_a_template_without_text_keeps_everything_from_being_logged(emails):
    TemplateDocument.objects.update(email_text="")
    with pytest.raises(Refused, match="has no e-mail text"):
        log_segment(emails, by=None, deliver=True)
    assert not LoggedSegment.objects.exists()
    assert not InteractionLogEntry.objects.exists()
    assert emails.sheet().count() == 1


def test_an_e_mail_without_address_stands_in_the_way(emails, cast):
    cast.anna.email = ""
    cast.anna.save()
    with pytest.raises(BlockedByProblems):
        log_segment(emails, by=None, deliver=True)


def test_letters_alone_are_logged_all_the_same(emails):
    emails.correspondence_type = "hard_copy"
    emails.save()
    log_segment(emails, by=None, deliver=True)
    assert not DeliveryJob.objects.exists()


def test_the_page_offers_it_and_says_what_happened(emails, mette):
    client = Client()
    client.force_login(mette)
    url = reverse("segments:log", args=[emails.number])
    assert "Send 1 e-mail" in client.get(url).text
    page = client.post(url, {"deliver": "on"}, follow=True).text
    assert "1 e-mail is queued." in page


def test_an_address_that_emails_came_back_from_is_told(emails, mette):
    """It keeps its line back only when the e-mails are to be sent."""
    Bounce.objects.create(address="anna@nordisk.example", hard=True, message_id="1")
    client = Client()
    client.force_login(mette)
    page = client.get(reverse("segments:log", args=[emails.number])).text
    assert "1 line is to be e-mailed to an address that e-mails came back from" in page
    assert reverse("interactions:bounce_list") in page
    output = io.StringIO()
    call_command("log_segment", emails.number, "--dry-run", stdout=output)
    assert "1 line is to be e-mailed to an address" in output.getvalue()
    with pytest.raises(BlockedByProblems, match="came back"):
        log_segment(emails, by=None, deliver=True)
    assert log_segment(emails, by=None).entries_count == 1


def test_the_command(emails):
    output = io.StringIO()
    call_command("log_segment", emails.number, "--deliver", "--dry-run", "--json", stdout=output)
    assert json.loads(output.getvalue())["logged"][0]["emails"] == 1
    assert not LoggedSegment.objects.exists()
    output = io.StringIO()
    call_command("log_segment", emails.number, "--deliver", stdout=output)
    assert output.getvalue().strip() == "Logged SM00901: 1 interaction. 1 e-mail to send."
