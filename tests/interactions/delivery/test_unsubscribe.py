"""The link in an e-mail: without signing in, in one click, and not by looking at it."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from contacts.consents import record_consent
from contacts.duplicates.merge import merge_contacts
from interactions.delivery.message import unsubscribe_link
from interactions.models import CompanyInformation

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(server, send_all) -> str:
    """The path of the link in Anna's e-mail."""
    send_all()
    (message,) = server.to("anna@nordisk.example")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<https://malgruppe.example.com(/\S+)>", message["List-Unsubscribe"])
    assert found, "no encoding, no folding"
    assert found[1] in message.get_body(("html",)).get_content()
    return found[1]


def source_of(server, address: str) -> bytes:
    return next(source for _, to, source in server.received if to == address)


def test_the_header_stands_on_one_line_as_it_is(server, link):
    header = re.search(
        rb"^List-Unsubscribe: (.*)\r$", source_of(server, "anna@nordisk.example"), re.M
    )
    assert header
    assert header[1] == f"<https://malgruppe.example.com{link}>".encode()


def test_a_mail_program_unsubscribes_by_itself(link, anna):
    """RFC 8058: a POST with neither cookie nor session."""
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(link, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    consent = anna.consents.get(channel="email")
    assert not consent.given
    assert consent.date == timezone.localdate()
    assert consent.source == "The link in an e-mail"


def test_a_look_changes_nothing_and_the_page_is_in_the_language_of_the_contact(link, anna):
    page = Client(headers={"accept-language": "en"}).get(link)
    assert page.status_code == 200
    assert 'lang="da"' in page.text
    assert not anna.consents.exists()


@pytest.mark.parametrize(
    ("theirs", "of_the_email", "page_is_in"),
    [(None, "da", "da"), ("sv", "da", "da"), (None, None, "en")],
)
def test_without_a_language_it_is_that_of_the_email_then_that_of_the_browser(
    link, anna, mailing, theirs, of_the_email, page_is_in
):
    anna.language_id = theirs
    anna.save()
    mailing.entries.update(language=of_the_email)
    page = Client(headers={"accept-language": "en"}).get(link)
    assert f'lang="{page_is_in}"' in page.text


def test_twice_is_harmless(link, anna):
    record_consent(
        anna, "email", given=False, date=datetime.date(2020, 1, 1), source="Phone", by=None
    )
    Client().post(link)
    assert anna.consents.get(channel="email").source == "Phone"


@pytest.mark.parametrize("change", [("-", "0"), ("1-", "2-"), ("/unsubscribe/", "/unsubscribe/9")])
def test_nobody_can_make_up_a_link(link, anna, jens, change):
    for path in (link.replace(*change), link[:-2] + "0/"):
        if path != link:
            assert Client().post(path).status_code == 404
    assert not jens.consents.exists()


def test_who_has_half_a_link_is_told_what_to_do(link):
    page = Client(headers={"accept-language": "en"}).get(f"{link[:-5]}/")
    assert page.status_code == 404
    assert "Copy all of it from the e-mail" in page.text
    assert "mailto:post@fjord.example" in page.text
    CompanyInformation.objects.update(email="")
    assert "mailto:" not in Client().get(f"{link[:-5]}/").text


def test_the_link_leads_to_whom_the_contact_was_merged_into(link, anna, jens, mette):
    merge_contacts(jens, anna, take=set(), by=mette)
    assert Client().post(link).status_code == 200
    assert jens.consents.filter(channel="email", given=False).exists()


def test_the_link_outlives_its_interaction(link, anna, mail_to_anna):
    mail_to_anna.delete()
    assert Client().post(link).status_code == 200
    assert anna.consents.filter(given=False).exists()


def test_a_contact_that_is_gone_is_no_error(mail_to_anna, anna, settings):
    path = unsubscribe_link(mail_to_anna).removeprefix(settings.SITE_URL)
    mail_to_anna.delete()
    anna.delete()
    assert Client().get(path).status_code == 404
