"""Which fields every letter of a template prints."""

import pytest

from interactions.letters.always import always_printed
from interactions.models import Document

from .documents import letter
from .word_documents import word_letter


def printed(data: bytes) -> set[str]:
    return set(always_printed(Document.objects.store(data, name="letter.docx")))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "names"),
    [
        (letter("{{ contact.phone }}", "{{ contact.email|upper }}"), {"phone", "email"}),
        (letter("{% if contact.phone %}{{ contact.phone }}{% endif %}"), set()),
        (letter("{{ contact.phone|default('none') }}"), set()),
        (word_letter("Call {MERGEFIELD Phone}"), {"phone"}),
        (word_letter("{MERGEFIELD Phone}", "More"), set()),  # Word leaves out a line of nothing.
        (word_letter('{IF {MERGEFIELD Phone} = "" "none" "some"}'), set()),
        (b"no Word document", set()),
    ],
)
def test_fields_under_no_condition(data, names):
    assert printed(data) == {f"contact.{name}" for name in names}


@pytest.mark.django_db
def test_a_document_whose_file_is_gone_prints_nothing():
    document = Document.objects.store(letter("{{ contact.city }}"), name="letter.docx")
    document.file.delete(save=False)
    assert always_printed(document) == frozenset()
