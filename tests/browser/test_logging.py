"""Log with problems, mend one, keep another back, watch the e-mails go out, follow up."""

import os
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interactions.models import CompanyInformation, EmailAttachment, InteractionLogEntry
from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.models import Segment
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ContactFactory,
    EntryFactory,
    SalespersonFactory,
    TemplateDocumentFactory,
)
from tests.interactions.delivery.server import Server
from tests.segments_app.operations.test_logging_whole import database_url

pytestmark = [pytest.mark.django_db(transaction=True)]
# How long a worker that has just been started, and the page that asks it, may take.
PATIENCE = 60_000


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def worker(server, settings, live_server) -> Iterator[None]:
    """The task worker, a process of its own, as it runs beside the web server."""
    options = server.mailers["default"]["OPTIONS"]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DOCUMENT_ROOT": str(settings.MEDIA_ROOT),
        "EMAIL_HOST": options["host"],
        "EMAIL_PORT": str(options["port"]),
        "EMAIL_SECURITY": "none",
        "EMAILS_PER_MINUTE": "0",
        "LOG_LEVEL": "ERROR",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--interval", "0.2"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as process:
        yield
        process.terminate()


@pytest.fixture
def invitation(mette) -> Segment:
    """An invitation of the fair by e-mail to Anna, Bo, Carl and Dora.

    Bo has no address, Carl is blocked, and Dora's address refuses e-mails.
    """
    company = CompanyFactory(name="Nordisk Lys A/S", city="Odense")
    emails = {
        "Anna": "anna@nordisk.example",
        "Bo": "",
        "Carl": "carl@nordisk.example",
        "Dora": "refuse@nordisk.example",
    }
    for name, email in emails.items():
        ContactFactory(
            first_name=name, surname="Lind", company=company, city="Aarhus C", email=email
        )
    CompanyInformation.objects.update_or_create(defaults={"email": "post@fjord.example"})
    document = TemplateDocumentFactory(email_text="Dear {{ contact.first_name }}")
    document.template.email_attachment = EmailAttachment.NONE
    document.template.save()
    segment = operations.create_segment(
        "Invitation",
        by=mette,
        template=document.template,
        salesperson=SalespersonFactory(name="Mette Holm"),
        campaign=CampaignFactory(number="CP0001", description="Fair"),
        campaign_target=True,
        correspondence_type="email",
        ignore_contact_correspondence_type=True,
    )
    operations.add_contacts(segment, Criteria.from_query_string("city=Aarhus C"), by=mette)
    carl = segment.sheet().get(contact__first_name="Carl")
    carl.contact.privacy_blocked = True
    carl.contact.save()
    return segment


def arrived(server: Server) -> list[tuple[str, str]]:
    """To whom, and the first line of what they read, in the order of the addresses."""
    messages = [
        (to, message_from_bytes(source, policy=policy.default))
        for _from, to, source in server.handler.received
    ]
    return sorted((to, _text(message).splitlines()[0]) for to, message in messages)


def _text(message: Any) -> str:
    text: str = message.get_body(("plain",)).get_content()
    return text


def mend_bo(page: Page) -> None:
    """From the problem to its line, and the address onto it."""
    problem = page.locator(".check", has_text="line is to be e-mailed and has no e-mail address")
    problem.get_by_role("link", name="Show the 1").click()
    page.get_by_role("link", name="Bo Lind").click()
    page.get_by_label("Contact via").fill("bo@home.example")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Contact via")).to_have_value("bo@home.example")


def test_log_mend_keep_back_send_and_follow_up(
    invitation, sign_in, mette, live_server, screenshot, server, worker
):
    page = sign_in(mette)
    log = f"{live_server.url}/segments/{invitation.number}/log/"
    page.goto(log)
    expect(page.get_by_text("1 contact may not be written to")).to_be_visible()
    expect(page.get_by_text("1 contact was blocked or excluded since")).to_be_visible()
    expect(page.get_by_text("1 line is to be e-mailed and has no e-mail address")).to_be_visible()
    expect(page.get_by_role("button", name="Log 3 interactions")).to_be_disabled()
    page.get_by_text("Send 2 e-mails").click()
    expect(page.get_by_role("button", name="Log 2 interactions")).to_be_disabled()
    screenshot("log-with-problems")

    # Bo is mended; Carl is kept back.
    mend_bo(page)
    page.goto(log)
    page.get_by_text("Send 3 e-mails").click()
    page.get_by_text("Log the others and keep this 1 line").click()
    button = page.get_by_role("button", name="Log 3 interactions")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Logged 3 interactions.")).to_be_visible()
    kept = Segment.objects.get()
    expect(page.get_by_text("1 line with problems was kept back in segment")).to_be_visible()
    expect(page.get_by_role("link", name=f"{kept.number} Invitation")).to_be_visible()

    # The page watches the worker by itself, without being loaded again.
    delivery = page.locator("#delivery")
    expect(delivery.locator(".states")).to_have_text("sent 2 failed 1", timeout=PATIENCE)
    expect(delivery.locator("progress")).to_have_count(0)
    screenshot("delivery-finished")
    assert arrived(server) == [
        ("anna@nordisk.example", "Dear Anna"),
        ("bo@home.example", "Dear Bo"),
    ]

    # Anna answers the campaign; the others are followed up.
    entry = InteractionLogEntry.objects.get(contact__first_name="Anna")
    EntryFactory(
        contact=entry.contact,
        campaign=entry.campaign,
        campaign_response=True,
        date=timezone.localdate(),
    )
    page.goto(f"{live_server.url}/interactions/campaigns/CP0001/statistics/")
    expect(page.locator(".figures")).to_contain_text("33.3%")
    screenshot("campaign-statistics")
    page.get_by_role("link", name="Follow up who has not responded").click()
    expect(page.locator("#id_whom option:checked")).to_have_text("Who has not responded yet (2)")
    page.get_by_role("button", name="Create follow-up segment").click()
    expect(page.locator("#main")).to_contain_text("Bo Lind")
    expect(page.locator("#main")).to_contain_text("Dora Lind")
    expect(page.locator("#main")).not_to_contain_text("Anna Lind")
