"""Which lines say otherwise than the header, and how they are put back to it (D8)."""

from html import unescape

import pytest
from django.urls import reverse

from segments_app import operations
from tests.factories import word_document
from tests.segments_app.conftest import add, line_of
from tests.segments_app.views.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(segment, cast):
    """Anna and Jens cost more; Anna has a letter of her own, too."""
    add(segment, "country=DK")
    for contact in (cast.anna, cast.jens):
        operations.change_line(line_of(segment, contact), by=None, cost=12)
    letter = word_document("Dear Anna")
    operations.put_letter(line_of(segment, cast.anna), letter, "anna.docx", by=None)
    return segment


def url(name: str, segment) -> str:
    return reverse(f"segments:{name}", args=[segment.number])


def test_what_putting_all_back_does_is_told_before(staff, sheet):
    text = unescape(" ".join(staff.get(url("own_values", sheet)).content.decode().split()))
    assert "Put all 2 lines back to the header" in text
    assert "2 lines take the header's values again in the fields above." in text
    assert "1 has a letter of its own, which stays." in text


def test_lines_are_put_back_in_few_words_and_it_can_be_undone(staff, sheet, cast):
    page = staff.post(url("put_back", sheet), follow=True)
    assert said(page) == "2 lines take the header's values again. You can undo it here."
    assert "Put 2 lines back to the header" in page.content.decode()
    anna = line_of(sheet, cast.anna)
    assert (anna.cost, anna.document is None) == (None, False)
    key = page.context["last_edit"].pk
    staff.post(reverse("segments:undo_change", args=[sheet.number, key]))
    assert line_of(sheet, cast.anna).cost == 12
