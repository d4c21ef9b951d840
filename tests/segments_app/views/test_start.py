"""The first page and the search of the whole house."""

import pytest
from django.urls import reverse

from segments_app import operations
from tests.segments_app.conftest import add

pytestmark = pytest.mark.django_db


def test_the_first_page_shows_what_is_in_work_and_what_was_logged(staff, segment, cast):
    add(segment, "country=DK")
    page = staff.get("/").content.decode()
    assert "Spring 2026" in page
    assert "Nothing logged yet" in page
    operations.log_segment(segment, by=None)
    page = staff.get("/").content.decode()
    assert "No segment in work" in page
    assert "3 interactions" in page


def test_a_text_finds_contacts_and_segments(staff, segment, cast):
    page = staff.get(reverse("segments:find"), {"q": "spring"}).content.decode()
    assert "SM00901" in page
    page = staff.get(reverse("segments:find"), {"q": "sorensen"}).content.decode()
    assert "Anna Sørensen" in page
    assert "Nothing found" in staff.get(reverse("segments:find"), {"q": "xyzzy"}).content.decode()


def test_the_search_of_a_list_does_not_stand_in_the_search_of_everything(staff, segment, cast):
    for view, fields in (("segments:find", 1), ("segments:list", 1), ("contacts:list", 1)):
        page = staff.get(reverse(view), {"q": "spring xyzzy"}).content.decode()
        assert page.count('value="spring xyzzy"') == fields


def test_a_number_opens_what_it_names(staff, segment, cast):
    for number in ("SM00901", "sm00901"):
        response = staff.get(reverse("segments:find"), {"q": number})
        assert response.url == segment.get_absolute_url()


def test_the_segments_of_a_contact(staff, segment, cast):
    """R57."""
    add(segment, "q=Anna")
    page = staff.get(reverse("segments:for_contact", args=[cast.anna.number])).content.decode()
    assert "Spring 2026" in page
    page = staff.get(reverse("segments:for_contact", args=[cast.jens.number])).content.decode()
    assert "In no segment" in page


def test_a_company_has_the_segments_of_its_persons_too(staff, segment, cast):
    """R57: Anna is on the sheet, her company is not."""
    add(segment, "q=Anna")
    company = cast.anna.company
    assert not segment.sheet().filter(contact=company).exists()
    page = staff.get(reverse("segments:for_contact", args=[company.number])).content.decode()
    assert "Spring 2026" in page
