"""A letter of one's own is looked at again when what it was made from has changed."""

import pytest

from contacts.duplicates.merge import merge_contacts
from contacts.models import Salutation
from interactions.models import Document
from segments_app import operations
from segments_app.letter_checks import LetterCheck
from segments_app.models.own_letter import changes
from tests.factories import ContactFactory, SalutationFactory, word_document
from tests.segments_app.conftest import add, line_of

pytestmark = pytest.mark.usefixtures("greetings")


@pytest.fixture
def anna(segment, cast):
    """Anna's line, with a letter of its own; Jens has none."""
    add(segment, "country=DK")
    line = line_of(segment, cast.anna)
    operations.put_letter(line, word_document("Dear Anna"), "anna.docx", by=None)
    return line


def now(line):
    return line.segment.sheet().with_outdated().with_contact().get(pk=line.pk)


def changed_fields(line) -> list[str]:
    return [field for field, _then, _now in changes(now(line))]


def is_outdated(line) -> bool:
    """Found by the database, and told in words: both say the same."""
    outdated = now(line).letter_outdated
    assert outdated == bool(changed_fields(line))
    assert LetterCheck(line.segment).counts["n_outdated_letter"] == int(outdated)
    return outdated


def test_a_new_letter_is_right(anna):
    assert not is_outdated(anna)


def test_it_is_outdated_when_the_contact_moves(anna, cast):
    cast.anna.address = "Nygade 2"
    cast.anna.save()
    assert is_outdated(anna)
    assert ("address", "Havnegade 1", "Nygade 2") in changes(now(anna))


def test_what_letters_do_not_show_does_not_matter(anna, cast):
    cast.anna.notes = "Called"
    cast.anna.save()
    assert not is_outdated(anna)


def test_it_is_outdated_with_another_salutation(anna, cast):
    cast.anna.salutation = SalutationFactory()
    cast.anna.save()
    assert changed_fields(anna) == [Salutation._meta.verbose_name]
    assert is_outdated(anna)


def test_it_is_outdated_when_the_template_gets_a_new_document(anna, spring):
    new = Document.objects.store(word_document("New"), name="new.docx")
    spring.documents.filter(language="en").update(document=new)
    assert changed_fields(anna) == ["the template's Word document"]
    assert is_outdated(anna)


def test_it_is_outdated_when_the_segment_edits_the_document(anna, spring):
    english = spring.documents.get(language="en")
    operations.put_document(anna.segment, english, word_document("Mine"), "m.docx", by=None)
    assert is_outdated(anna)


def test_the_document_of_another_language_does_not_matter(anna, spring):
    new = Document.objects.store(word_document("Ny"), name="ny.docx")
    spring.documents.filter(language="da").update(document=new)
    assert not is_outdated(anna)


def test_mette_says_it_is_still_right(anna, cast):
    cast.anna.city = "Odense"
    cast.anna.save()
    operations.keep_letter(anna, by=None)
    assert not is_outdated(anna)
    assert now(anna).document is not None


def test_without_the_letter_nothing_is_outdated(anna, cast):
    cast.anna.city = "Odense"
    cast.anna.save()
    operations.remove_letter(anna, by=None)
    assert not now(anna).letter_outdated
    assert now(anna).letter_base is None


def test_a_letter_of_earlier_days_is_left_alone(anna, cast):
    """It does not say what it was made from."""
    anna.segment.lines.update(letter_base=None)
    cast.anna.city = "Odense"
    cast.anna.save()
    assert not is_outdated(anna)


def test_merging_contacts_keeps_the_letter_and_flags_it(anna, cast, mette):
    winner = ContactFactory(first_name="Anna", surname="Sørensen", address="Nygade 2")
    merge_contacts(winner, cast.anna, take=set(), by=mette)
    assert now(anna).contact == winner
    assert now(anna).document is not None
    assert is_outdated(anna)


def test_erasing_a_contact_forgets_what_the_letter_was_made_from(anna):
    anna.segment.lines.filter(pk=anna.pk).erase_contact(anna.contact)
    assert now(anna).letter_base is None
