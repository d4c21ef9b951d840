"""A copy of the template's document that was edited for one segment."""

import pytest

from contacts.errors import Refused
from interactions.letters.check import DocumentError
from interactions.logged_letters import letter_again
from interactions.models import Document, InteractionLogEntry
from segments_app import operations
from segments_app.errors import Outdated
from segments_app.letters import line_sources, merger_for
from segments_app.models import Segment, SegmentDocument
from segments_app.sentences import spoken
from tests.factories import (
    SegmentFactory,
    TemplateDocumentFactory,
    TemplateFactory,
    word_document,
    words_of,
)
from tests.segments_app.conftest import add, line_of

pytestmark = pytest.mark.usefixtures("greetings")
EDITED = word_document("Only for this segment, {{ contact.name }}")


@pytest.fixture
def filled(segment, cast):
    """Anna and Bo, in English."""
    add(segment, "q=Anna")
    add(segment, "country=SE")
    return segment


@pytest.fixture
def english(spring):
    return spring.documents.get(language="en")


@pytest.fixture
def edited(filled, english, mette):
    return operations.put_document(filled, english, EDITED, "mine.docx", by=mette)


def letters(segment) -> list[str]:
    merger = merger_for(segment)
    return [words_of(merger.letter(source)) for source in line_sources(segment.sheet())]


def test_letters_are_made_from_the_edited_copy(filled, edited):
    assert letters(filled) == [
        "Only for this segment, Anna Sørensen",
        "Only for this segment, Bo Lind",
    ]


def test_two_edit_the_same_document(filled, english, maria, mette):
    filled.seen = filled.version
    operations.put_document(Segment.objects.get(), english, EDITED, "hers.docx", by=maria)
    with pytest.raises(Outdated) as refusal:
        operations.put_document(filled, english, EDITED, "mine.docx", by=mette)
    assert [spoken(change.sentences) for change in refusal.value.changes] == [
        "Kept an edited copy of Spring letter (English)"
    ]
    assert SegmentDocument.objects.get().document.name == "hers.docx"


def test_it_holds_for_this_segment_only(filled, edited, spring, cast):
    other = SegmentFactory(template=spring)
    add(other, "q=Anna")
    assert letters(other)[0].startswith("Spring")


def test_it_holds_for_its_language_only(filled, edited, cast):
    operations.change_line(line_of(filled, cast.bo), by=None, language_id="da")
    assert letters(filled)[1].startswith("Forår")


def test_a_letter_of_its_own_comes_first_then_the_segment_then_the_template(
    filled, edited, english, cast
):
    anna = line_of(filled, cast.anna)
    operations.put_letter(anna, word_document("Dear Anna"), "anna.docx", by=None)
    assert letters(filled) == ["Dear Anna", "Only for this segment, Bo Lind"]
    operations.remove_letter(anna, by=None)
    assert letters(filled)[0] == "Only for this segment, Anna Sørensen"
    operations.remove_document(filled, english, by=None)
    assert letters(filled)[0].startswith("Spring")


def test_it_belongs_to_its_template(filled, edited, cast):
    """Lines with another template do not get it; the header can come back to it."""
    spring, other = filled.template, TemplateFactory()
    TemplateDocumentFactory(template=other)
    operations.change_line(line_of(filled, cast.bo), by=None, template=other)
    assert letters(filled)[1].startswith("Dear")
    operations.change_header(filled, by=None, template=other)
    assert letters(filled)[0].startswith("Dear")
    operations.change_header(filled, by=None, template=spring)
    assert letters(filled)[0].startswith("Only")


def test_going_back_and_forward_leaves_it(filled, edited):
    operations.go_back(filled, by=None)
    assert letters(filled) == ["Only for this segment, Anna Sørensen"]
    operations.go_forward(filled, by=None)
    assert len(letters(filled)) == 2


def test_logged_letters_are_made_again_from_it(filled, edited, english):
    """Also after the template has changed."""
    before = letters(filled)
    logged = operations.log_segment(filled, by=None)
    english.document = Document.objects.store(word_document("New"), name="new.docx")
    english.save()
    entries = InteractionLogEntry.objects.of_segment(logged).in_line_order()
    assert {entry.document for entry in entries} == {edited.document}
    assert [words_of(letter_again(entry)[0]) for entry in entries] == before
    assert not SegmentDocument.objects.exists()


def test_a_follow_up_begins_with_the_templates_own(filled, edited):
    logged = operations.log_segment(filled, by=None)
    follow_up = operations.follow_up(logged, by=None, copy_header=True)
    assert letters(follow_up)[0].startswith("Spring")


def test_a_new_copy_takes_the_place_of_the_old(filled, edited, english):
    operations.put_document(filled, english, word_document("Second"), "two.docx", by=None)
    assert letters(filled) == ["Second", "Second"]
    assert filled.documents.count() == 1


@pytest.mark.parametrize("data", [b"", b"no", word_document("{{ contact.nmae }}")])
def test_what_letters_cannot_be_made_with_is_refused(filled, english, data):
    with pytest.raises(DocumentError):
        operations.put_document(filled, english, data, "bad.docx", by=None)
    assert not SegmentDocument.objects.exists()
    assert letters(filled)[0].startswith("Spring")


def test_what_is_gone_cannot_be_removed(filled, english):
    with pytest.raises(Refused):
        operations.remove_document(filled, english, by=None)


def test_deleting_the_segment_takes_it_along(filled, edited):
    operations.delete_segment(filled, by=None)
    assert not SegmentDocument.objects.exists()
