"""The letter of an interaction can be made again, years later, as it was (D15)."""

import io
import zipfile

import pytest
from django.urls import reverse

from contacts.models import Contact
from interactions.letters.check import DocumentError
from interactions.logged_letters import letter_again, letters_again
from interactions.models import CompanyInformation, Document
from segments_app import operations
from segments_app.letters import line_sources, merger_for
from tests.factories import (
    LineFactory,
    SegmentFactory,
    TemplateDocumentFactory,
    word_document,
    words_of,
)
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(anna, jens, spring, jonas):
    """Letters as they were merged on the sheet, by contact, and the logged segment."""
    document = Document.objects.store(
        word_document("{{ company.name }} to {{ contact.name }}", "{{ interaction.comment }}"),
        name="spring.docx",
    )
    CompanyInformation.objects.create(name="Marks & Spencer <DK>")
    TemplateDocumentFactory.create(template=spring, language=spring.language, document=document)
    segment = SegmentFactory.create(number="SM00007", template=spring, salesperson=jonas)
    segment.current_step = 1
    segment.save()
    LineFactory.create(segment=segment, contact=anna, comment="Thank you for the visit")
    LineFactory.create(segment=segment, contact=jens)
    sources = list(line_sources(segment.sheet()))
    merger = merger_for(segment)
    before = {source.contact["number"]: merger.letter(source) for source in sources}
    return before, operations.log_segment(segment, by=None)


def test_letters_are_the_same_after_everything_has_changed(logged, anna):
    before, segment = logged
    Contact.objects.filter(pk=anna.pk).update(name="Anna Berg", address="Elsewhere 1")
    CompanyInformation.objects.update(name="Somebody Else Ltd")
    for entry in segment.entries.select_related("contact", "logged_segment"):
        letter, name = letter_again(entry)
        assert words_of(letter) == words_of(before[entry.contact.number])
        assert name.startswith("Nordisk Lys A")
        assert name.endswith(".docx")
    anna_again, _name = letter_again(segment.entries.get(contact=anna))
    assert "Marks & Spencer <DK> to Anna Sørensen" in words_of(anna_again)
    assert "Thank you for the visit" in words_of(anna_again)


def test_the_bytes_are_the_same(logged):
    before, segment = logged
    for entry in segment.entries.select_related("contact", "logged_segment"):
        assert letter_again(entry)[0] == before[entry.contact.number]


def test_all_letters_come_as_a_zip_in_line_order(logged, rasmus):
    before, segment = logged
    url = reverse("interactions:logged_segment_letters", args=[segment.number])
    response = signed_in(rasmus).get(url)
    assert response.headers["Content-Disposition"] == 'attachment; filename="SM00007.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        names = archive.namelist()
        letters = [archive.read(name) for name in names]
    assert [name[:4] for name in names] == ["0001", "0002"]
    assert letters == list(before.values())


def test_one_letter_is_downloaded_from_the_entry(logged, anna, rasmus):
    before, segment = logged
    entry = segment.entries.get(contact=anna)
    client = signed_in(rasmus)
    assert "Letter</a>" in client.get(entry.get_absolute_url()).text
    response = client.get(reverse("interactions:entry_letter", args=[entry.pk]))
    assert b"".join(response) == before["CT000002"]
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_letter_of_its_own_is_the_document_itself(to_anna):
    own = word_document("Dear Anna, {{ this is no field }}")
    to_anna.document = Document.objects.store(own, name="own.docx")
    to_anna.own_letter = True
    to_anna.save()
    assert letter_again(to_anna)[0] == own


def test_a_document_that_is_gone_is_a_sentence(logged, rasmus):
    _before, segment = logged
    entry = segment.entries.first()
    entry.document.file.storage.delete(entry.document.file.name)
    with pytest.raises(DocumentError):
        letter_again(entry)
    with pytest.raises(DocumentError):
        letters_again(segment)
    client = signed_in(rasmus)
    for url in (
        reverse("interactions:entry_letter", args=[entry.pk]),
        reverse("interactions:logged_segment_letters", args=[segment.number]),
    ):
        assert "missing from the storage" in client.get(url, follow=True).text
