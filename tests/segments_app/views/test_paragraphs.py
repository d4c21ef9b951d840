"""Anna gets the offer and no opening hours; Jens gets what the template says."""

import pytest
from django.urls import reverse

from interactions.letters.frozen import Numbered, freeze, thaw
from interactions.logged_letters import letter_again
from interactions.models import Document, TemplateDocument
from segments_app import operations
from segments_app.letters import line_sources, merger_for
from segments_app.operations.paragraphs import choose_paragraphs
from segments_app.paragraphs import paragraphs_of
from segments_app.views.line import find_line
from segments_app.walk import Walk
from tests.factories import word_document, words_of
from tests.segments_app.conftest import add, line_of

pytestmark = pytest.mark.django_db

OFFERS = word_document(
    "{{ contact.name }}",
    "{%p if choice.offer %}",
    "An offer",
    "{%p endif %}",
    "{%p if choice.hours|default(true) %}",
    "Open at eight",
    "{%p endif %}",
)


@pytest.fixture
def anna(segment, cast, greetings):
    """On a sheet whose letters offer two paragraphs."""
    document = Document.objects.store(OFFERS, name="offers.docx")
    TemplateDocument.objects.update(document=document)
    add(segment, "country=DK")
    return line_of(segment, cast.anna)


def resolved(line):
    return find_line(line.segment, line.pk)


def letter(line) -> str:
    (source,) = line_sources(line.segment.sheet().ticked([line.pk]))
    return words_of(merger_for(line.segment).letter(source))


def ticked(line) -> list[str]:
    return [each.name for each in paragraphs_of(resolved(line)) if each.chosen]


def url(line, name: str) -> str:
    return reverse(f"segments:{name}", args=[line.segment.number, line.pk])


def test_mette_ticks_a_paragraph_for_anna_alone(staff, anna, cast):
    page = staff.get(url(anna, "line")).text
    assert "Paragraphs of this letter" in page
    assert ticked(anna) == ["hours"]

    page = staff.post(url(anna, "choose_paragraphs"), {"paragraph": ["offer"]}, follow=True).text

    assert "The paragraphs of the letter are kept." in page
    assert "not in the other letters" in page
    assert ticked(anna) == ["offer"]
    assert "An offer" in letter(anna)
    assert "Open at eight" not in letter(anna)
    jens = line_of(anna.segment, cast.jens)
    assert "An offer" not in letter(jens)
    assert "Open at eight" in letter(jens)
    assert list(Walk(anna.segment, "choices").lines) == [anna]


def test_a_choice_as_the_template_says_is_not_kept(anna):
    choose_paragraphs(resolved(anna), ["offer", "hours"], by=None)
    choose_paragraphs(resolved(anna), ["hours", "what is not offered"], by=None)
    anna.refresh_from_db()
    assert anna.letter_choices is None


def test_without_any_paragraph(anna):
    choose_paragraphs(resolved(anna), [], by=None)
    anna.refresh_from_db()
    assert anna.letter_choices == ""
    assert "Open at eight" not in letter(anna)


def test_rasmus_may_look_and_not_choose(reader, anna):
    assert "disabled" in reader.get(url(anna, "line")).text
    assert reader.post(url(anna, "choose_paragraphs"), {}).status_code == 403


def test_a_letter_without_offers_says_nothing_of_them(staff, segment, cast, greetings):
    add(segment, "country=DK")
    page = staff.get(url(line_of(segment, cast.anna), "line")).text
    assert "Paragraphs of this letter" not in page


def test_logged_letters_keep_their_choices(anna, cast, mette):
    """D15."""
    choose_paragraphs(resolved(anna), ["offer"], by=mette)
    before = letter(anna)
    logged = operations.log_segment(anna.segment, by=mette)

    data, _name = letter_again(logged.entries.get(contact=cast.anna))

    assert words_of(data) == before
    others, _name = letter_again(logged.entries.get(contact=cast.jens))
    assert "Open at eight" in words_of(others)


def test_letters_asked_for_keep_their_choices(anna, tmp_path):
    choose_paragraphs(resolved(anna), ["offer"], by=None)
    sources = list(line_sources(anna.segment.sheet().ticked([anna.pk])))
    merger = merger_for(anna.segment)
    freeze(tmp_path, [Numbered(1, sources[0])], merger._shared)
    assert [each.source for each in thaw(tmp_path)] == sources
