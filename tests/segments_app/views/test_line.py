"""One line: its own values, and the letter of its own."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from segments_app import operations
from segments_app.letter_checks import LetterCheck
from tests.factories import word_document, words_of
from tests.segments_app.conftest import add, line_of
from tests.segments_app.views.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(segment, cast, greetings):
    add(segment, "country=DK")
    return line_of(segment, cast.anna)


def url(line, name: str = "line") -> str:
    return reverse(f"segments:{name}", args=[line.segment.number, line.pk])


def upload(staff, line, data: bytes, name: str = "letter.docx"):
    file = SimpleUploadedFile(name, data)
    return staff.post(url(line, "put_letter"), {"document": file}, follow=True)


def test_an_empty_field_says_what_the_header_says(staff, anna):
    page = staff.get(url(anna)).content.decode()
    assert "As the header: Spring 2026" in page
    assert "From the template or the contact: 8.00" in page
    assert "The header says nothing." in page


def test_what_is_typed_becomes_the_lines_own_and_the_rest_follows(staff, anna):
    """D8."""
    staff.post(url(anna), {"cost": "12.50", "comment": "Thanks for the visit"})
    anna.refresh_from_db()
    assert anna.own_fields == ["cost"]
    assert anna.comment == "Thanks for the visit"


def test_one_field_is_put_back_to_the_header(staff, anna):
    operations.change_line(anna, by=None, cost=12, description="Other")
    staff.post(url(anna, "inherit_line"), {"field": "cost"})
    anna.refresh_from_db()
    assert anna.own_fields == ["description"]


def test_all_fields_are_put_back_and_the_comment_stays(staff, anna):
    operations.change_line(anna, by=None, cost=12, description="Other", comment="Hello")
    staff.post(url(anna, "inherit_line"))
    anna.refresh_from_db()
    assert anna.own_fields == []
    assert anna.comment == "Hello"


def test_a_field_that_is_not_inherited_is_refused(staff, anna):
    page = staff.post(url(anna, "inherit_line"), {"field": "contact"}, follow=True)
    assert said(page) == "A line does not inherit contact."


def test_a_letter_is_downloaded_with_the_comment(staff, anna):
    operations.change_line(anna, by=None, comment="Thanks & <see you>")
    response = staff.get(url(anna, "letter"))
    name = quote("0002 Nordisk Lys A-S - Anna Sørensen.docx")
    assert name in response["Content-Disposition"]
    assert "Thanks & <see you>" in words_of(response.getvalue())


def test_an_edited_letter_is_used_as_it_is(staff, anna):
    """D9, R179."""
    mine = word_document("Dear Anna, {{ not a field }}")
    assert "The letter is kept" in said(upload(staff, anna, mine))
    assert staff.get(url(anna, "letter")).getvalue() == mine
    staff.post(url(anna, "remove_letter"))
    assert "Spring" in words_of(staff.get(url(anna, "letter")).getvalue())


@pytest.mark.parametrize("data", [b"", b"not a word file", b"PK\x03\x04 broken"])
def test_what_is_no_word_document_is_refused(staff, anna, data):
    assert said(upload(staff, anna, data)) != ""
    anna.refresh_from_db()
    assert anna.document is None


def test_no_file_chosen(staff, anna):
    page = staff.post(url(anna, "put_letter"), follow=True)
    assert said(page) == "Choose a Word document first."


def test_a_line_of_another_segment_is_not_found(staff, anna, mette):
    other = operations.create_segment("Other", by=mette)
    assert staff.get(f"/segments/{other.number}/lines/{anna.pk}/").status_code == 404


def test_only_what_mette_changed_is_written(staff, anna):
    """Jonas wrote a comment after Mette's page was shown."""
    operations.change_line(anna, by=None, comment="Long note by Jonas")
    form = {"subject": "By Mette", "initial-subject": "", "comment": "", "initial-comment": ""}
    staff.post(url(anna), form)
    anna.refresh_from_db()
    assert (anna.subject, anna.comment) == ("By Mette", "Long note by Jonas")


def test_an_override_that_is_emptied_is_inherited_again(staff, anna):
    operations.change_line(anna, by=None, cost=12)
    staff.post(url(anna), {"cost": "", "initial-cost": "12.00"})
    anna.refresh_from_db()
    assert anna.cost is None


def test_the_page_knows_what_it_showed(staff, anna):
    operations.change_line(anna, by=None, cost="12.50")
    assert 'name="initial-cost" value="12.50"' in staff.get(url(anna)).content.decode()


@pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
def test_a_line_that_cannot_be_is_not_found(staff, anna, pk):
    assert staff.get(f"/segments/{anna.segment.number}/lines/{pk}/").status_code == 404


def test_a_letter_that_is_no_longer_right_says_what_changed(staff, anna, cast):
    upload(staff, anna, word_document("Dear Anna"))
    assert "Changed since" not in staff.get(url(anna)).text
    cast.anna.address = "Nygade 2"
    cast.anna.save()
    assert "Havnegade 1 → Nygade 2" in staff.get(url(anna)).text
    assert "changed since" in staff.get(anna.segment.get_absolute_url()).text
    assert "kept as it is" in said(staff.post(url(anna, "keep_letter"), follow=True))
    assert "Changed since" not in staff.get(url(anna)).text


def test_a_letter_with_fields_that_are_not_filled_is_kept_and_told_everywhere(staff, anna, cast):
    said_then = said(upload(staff, anna, word_document("Dear {{ contact.first_name }}")))
    assert "printed as they stand: {{ contact.first_name }}" in said_then
    assert '<code class="d-block">{{ contact.first_name }}</code>' in staff.get(url(anna)).text
    assert "fields not filled" in staff.get(anna.segment.get_absolute_url()).text
    assert LetterCheck(anna.segment).counts["n_unfilled_letter"] == 1
    staff.post(url(anna, "keep_letter"))
    assert LetterCheck(anna.segment).counts["n_unfilled_letter"] == 1
    upload(staff, anna, word_document("Dear Anna"))
    assert LetterCheck(anna.segment).counts["n_unfilled_letter"] == 0
