"""Mette edits the Word document of a template for one segment."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interactions.models import Document
from tests.factories import TemplateDocumentFactory, word_document, words_of
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(segment, cast, greetings):
    add(segment, "q=Anna")
    return segment


@pytest.fixture
def english(spring):
    return spring.documents.get(language="en")


def url(name: str, segment, *keys) -> str:
    return reverse(f"segments:{name}", args=[segment.number, *keys])


def upload(client, segment, original, data: bytes):
    form = {"document": SimpleUploadedFile("edited.docx", data)}
    return client.post(url("put_document", segment, original.pk), form, follow=True)


def test_she_downloads_changes_and_uploads(staff, filled, english, mette):
    got = staff.get(url("document", filled, english.pk))
    assert words_of(got.getvalue()).startswith("Spring")
    mine = word_document("Mine, {{ contact.name }}")
    assert "It holds for this segment only" in said(upload(staff, filled, english, mine))
    page = staff.get(url("documents", filled)).text
    assert "edited.docx" in page
    assert "was changed since" not in page
    assert staff.get(url("document", filled, english.pk)).getvalue() == mine
    assert "1 edited copy" in staff.get(url("letters", filled)).text


def test_a_copy_with_an_error_is_refused_with_the_reason(staff, filled, english):
    page = upload(staff, filled, english, word_document("{{ contact.nmae }}"))
    assert "contact.nmae" in said(page)
    assert not filled.documents.exists()


def test_no_file_chosen(staff, filled, english):
    page = staff.post(url("put_document", filled, english.pk), follow=True)
    assert said(page) == "Choose a Word document first."


def test_she_removes_it(staff, filled, english):
    upload(staff, filled, english, word_document("Mine"))
    page = staff.post(url("remove_document", filled, english.pk), follow=True)
    assert said(page) == "The edited copy was removed."
    page = staff.post(url("remove_document", filled, english.pk), follow=True)
    assert said(page) == "The edited copy is gone already."


def test_a_change_of_the_template_is_told(staff, filled, english):
    upload(staff, filled, english, word_document("Mine"))
    english.document = Document.objects.store(word_document("New"), name="new.docx")
    english.save()
    assert "was changed since" in staff.get(url("documents", filled)).text


def test_the_document_of_a_template_that_is_not_used_is_not_found(staff, filled):
    other = TemplateDocumentFactory()
    assert staff.get(url("document", filled, other.pk)).status_code == 404
    assert upload(staff, filled, other, word_document("Mine")).status_code == 404


def test_without_a_template_the_page_says_what_to_do(staff, segment):
    segment.template = None
    segment.save()
    assert "Choose a template" in staff.get(url("documents", segment)).text
