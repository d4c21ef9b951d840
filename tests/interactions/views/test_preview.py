"""The frame that draws letters, and the letter of an entry in it."""

import pytest
from django.test import Client
from django.urls import reverse

from interactions.letters import libreoffice
from interactions.models import Document, EntryFields, LetterJob
from tests.factories import EntryFactory, LoggedSegmentFactory, word_document, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(mette, client):
    client.force_login(mette)
    return client


@pytest.fixture
def sent(db):
    """A letter that was sent as it was uploaded."""
    document = Document.objects.store(word_document("Dear Anna"), name="anna.docx")
    entry = EntryFactory(document=document, own_letter=True)
    EntryFields.objects.create(entry=entry, fields={})
    return entry


def policy_of(response) -> dict[str, str]:
    rules = (rule.partition(" ") for rule in response["Content-Security-Policy"].split("; "))
    return {name: values for name, _, values in rules}


def test_the_frame_may_draw_and_nothing_else(staff):
    """It shows what documents say, so it has no origin, no requests, no way out."""
    response = staff.get(reverse("interactions:letter_frame"))
    assert policy_of(response) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "blob: data:",
        "font-src": "blob: data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-scripts",
    }
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_page_around_it_keeps_the_strict_policy(staff, sent):
    response = staff.get(reverse("interactions:entry_preview", args=[sent.pk]))
    policy = policy_of(response)
    assert (policy["style-src"], policy["frame-ancestors"]) == ("'self'", "'none'")
    assert 'sandbox="allow-scripts"' in response.text


def test_a_logged_letter_is_previewed_as_it_was_sent(staff, sent):
    url = reverse("interactions:entry_preview_letter", args=[sent.pk])
    page = staff.get(reverse("interactions:entry_preview", args=[sent.pk]))
    assert f'data-letter="{url}"' in page.text
    assert words_of(staff.get(url).getvalue()) == "Dear Anna"


def test_an_entry_without_a_letter_has_no_preview(staff):
    entry = EntryFactory()
    assert staff.get(reverse("interactions:entry_preview", args=[entry.pk])).status_code == 404


def test_a_letter_whose_file_is_gone_says_so(staff, sent):
    sent.document.file.storage.delete(sent.document.file.name)
    answer = staff.get(reverse("interactions:entry_preview_letter", args=[sent.pk]))
    assert answer.status_code == 422
    assert "missing from the storage" in answer.text


def test_from_one_logged_letter_to_the_next(staff, sent):
    """An entry without a letter is passed over."""
    logged = LoggedSegmentFactory()
    first, _without, last = (
        EntryFactory(logged_segment=logged, line=line, document=document, own_letter=True)
        for line, document in ((7, sent.document), (8, None), (9, sent.document))
    )
    page = staff.get(reverse("interactions:entry_preview", args=[first.pk]))
    assert "1 of 2" in page.text
    assert page.context["previous_url"] == ""
    assert page.context["next_url"] == reverse("interactions:entry_preview", args=[last.pk])
    page = staff.get(page.context["next_url"])
    assert "2 of 2" in page.text
    assert page.context["previous_url"] == reverse("interactions:entry_preview", args=[first.pk])
    assert page.context["next_url"] == ""


@pytest.fixture
def other(rasmus):
    client = Client()
    client.force_login(rasmus)
    return client


@pytest.fixture
def office(monkeypatch):
    """LibreOffice is there, though nothing is asked of it."""
    monkeypatch.setattr(libreoffice, "problem", lambda: "")


def test_the_exact_pdf_of_a_logged_letter(staff, sent, mette, other, office):
    """The worker makes it; who asked for it opens it, and nobody else."""
    assert "Exact PDF" in staff.get(reverse("interactions:entry_preview", args=[sent.pk])).text
    url = reverse("interactions:entry_pdf", args=[sent.pk])
    page = staff.post(url, headers={"HX-Request": "true"}, follow=True)
    job = LetterJob.objects.get()
    assert (job.count, job.options["format"], job.created_by) == (1, "pdf", mette)
    made = reverse("interactions:entry_pdf_made", args=[sent.pk, job.pk])
    assert f'hx-get="{made}"' in page.text
    opened = reverse("interactions:open_entry_pdf", args=[sent.pk, job.pk])
    assert staff.get(opened).status_code == 404
    job.folder.mkdir(parents=True, exist_ok=True)
    (job.folder / "one.pdf").write_bytes(b"%PDF-1.7")
    LetterJob.objects.update(state="done", result="one.pdf")
    assert opened in staff.get(made).text
    assert staff.get(opened)["Content-Type"] == "application/pdf"
    assert other.get(opened).status_code == 404


def test_where_no_pdf_can_be_made_none_is_offered(staff, sent, monkeypatch):
    monkeypatch.setattr(libreoffice, "problem", lambda: "LibreOffice is not installed.")
    page = staff.get(reverse("interactions:entry_preview", args=[sent.pk]))
    assert "Exact PDF" not in page.text
    before = {"Referer": "http://testserver/interactions/"}
    refused = staff.post(
        reverse("interactions:entry_pdf", args=[sent.pk]), headers=before, follow=True
    )
    assert "LibreOffice is not installed." in refused.text
