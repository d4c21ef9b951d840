"""The spring catalogue by e-mail: to Anna and Jens of Nordisk Lys, in Danish, with its letter."""

import datetime
from collections.abc import Iterator

import pytest

from contacts.models import Contact, Language
from interactions.delivery.jobs import deliver
from interactions.letters.source import CONTACT_FIELDS
from interactions.models import (
    CompanyInformation,
    Document,
    EntryFields,
    InteractionLogEntry,
    LoggedSegment,
    TemplateDocument,
)
from tests.factories import EntryFactory, LoggedSegmentFactory, word_document
from tests.worker import work

from .server import Handler, Server

TEXT = """{{ contact.formal_salutation }}

Velkommen til {{ company.name }}, {{ contact.first_name }}.
Se https://fjord.example/katalog?a=1&b=2
"""


@pytest.fixture
def server(settings) -> Iterator[Handler]:
    """The mail server; the settings name it."""
    with Server() as running:
        settings.MAILERS = running.mailers
        settings.EMAILS_PER_MINUTE = 0
        settings.SITE_URL = "https://malgruppe.example.com"
        yield running.handler


@pytest.fixture
def fjord(db) -> CompanyInformation:
    company = CompanyInformation.ours()
    company.name, company.email = "Fjord & Søn A/S", "post@fjord.example"
    company.save()
    return company


@pytest.fixture
def danish(db) -> Language:
    return Language.objects.get_or_create(code="da", defaults={"name": "Danish"})[0]


@pytest.fixture
def spring_mail(spring, danish, fjord) -> TemplateDocument:
    """The template has a letter and an e-mail text in Danish."""
    spring.language = danish
    spring.save()
    letter = Document.objects.store(
        word_document("Kære {{ contact.name }}", "{{ interaction.subject }}"), name="letter.docx"
    )
    return TemplateDocument.objects.create(
        template=spring,
        language=danish,
        document=letter,
        subject="Forår til {{ contact.first_name }}",
        email_text=TEXT,
    )


def fields_of(contact: Contact) -> dict[str, object]:
    fields = {name: getattr(contact, name) for name in CONTACT_FIELDS if name != "salutation"}
    return {**fields, "salutation": contact.salutation_id, "comment": ""}


def logged_email(segment, contact, document, salesperson, line, **values) -> InteractionLogEntry:
    entry = EntryFactory.create(
        logged_segment=segment,
        line=line,
        contact=contact,
        template=document.template,
        salesperson=salesperson,
        language=document.language,
        document=document.document,
        date=datetime.date(2026, 3, 12),
        description="Spring catalogue",
        subject=document.subject,
        information_flow="outbound",
        **{"correspondence_type": "email", **values},
    )
    EntryFields.objects.create(entry=entry, fields=fields_of(contact))
    return entry


@pytest.fixture
def mailing(spring_mail, anna, jens, jonas) -> LoggedSegment:
    """A logged segment: the spring catalogue to Anna and Jens by e-mail, not sent yet."""
    segment = LoggedSegmentFactory.create(
        number="SM00007", description="Spring catalogue", entries_count=2
    )
    for line, contact in enumerate([anna, jens], start=1):
        contact.email = f"{contact.first_name.lower()}@nordisk.example"
        contact.language = spring_mail.language
        contact.save()
        logged_email(segment, contact, spring_mail, jonas, line)
    return segment


@pytest.fixture
def send_all(django_capture_on_commit_callbacks, mailing):
    """Have the segment delivered, or `ask` for something else, and the worker do all that is due.

    What is to be tried again later is tried again at once.
    """

    def _send_all(segment=mailing, ask=deliver):
        with django_capture_on_commit_callbacks(execute=True):
            job = ask(segment, by=None)
        work()
        job.refresh_from_db()
        return job

    return _send_all


@pytest.fixture
def mail_to_anna(mailing, anna) -> InteractionLogEntry:
    return mailing.entries.get(contact=anna)


@pytest.fixture
def mail_to_jens(mailing, jens) -> InteractionLogEntry:
    return mailing.entries.get(contact=jens)
