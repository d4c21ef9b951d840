"""The page on which contacts come from logged segments (D2, D17)."""

import pytest
from django.urls import reverse

from segments_app import operations
from tests.factories import EntryFactory, LoggedSegmentFactory
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(cast):
    """Anna and Bo got the winter letter, Anna and Klaus the summer letter."""
    winter, summer = (LoggedSegmentFactory(number=number) for number in ("LS1", "LS2"))
    for contact, of in ((cast.anna, winter), (cast.bo, winter), (cast.anna, summer)):
        EntryFactory(contact=contact, logged_segment=of)
    EntryFactory(contact=cast.klaus, logged_segment=summer)


def url(segment, query: str = "") -> str:
    return f"{reverse('segments:reuse_logged_segment', args=[segment.number])}?{query}"


def test_the_number_shown_is_the_number_done(staff, segment, logged):
    address = url(segment, "logged=LS1&logged=LS2&logged_not=")
    page = staff.get(address)
    assert page.context["preview"].count == 3
    assert said(staff.post(address, follow=True)) == "Added 3 contacts."
    assert now_on_sheet(segment) == ["bo", "anna", "klaus"]
    assert segment.steps.get().criteria == {"logged_segments": ["LS1", "LS2"]}


def test_one_segment_alone_is_reused(staff, segment, logged):
    staff.post(url(segment, "logged=LS1"))
    assert segment.steps.get().action == "reuse"


def test_they_can_be_taken_out_or_be_all_that_is_kept(staff, segment, cast, logged):
    add(segment, "status=yes")
    staff.post(url(segment, "logged=LS1&logged_not=LS2&action=reduce"))
    assert "bo" not in now_on_sheet(segment)
    page = staff.get(url(segment, "logged_all=LS1&logged_all=LS2&action=refine"))
    assert page.context["preview"].count == 4
    staff.post(url(segment, "logged_all=LS1&logged_all=LS2&action=refine"))
    assert now_on_sheet(segment) == ["anna"]
    operations.go_back(segment, by=None)
    assert len(now_on_sheet(segment)) == 5


def test_htmx_gets_the_preview_alone(staff, segment, logged):
    page = staff.get(url(segment, "logged=LS1"), headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "<html" not in text
    assert "In logged segment LS1" in text
    assert "mailing" not in text


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("logged=NOPE", "“NOPE” is not known."),
        ("logged_not=LS1", "Choose at least one logged segment"),
        ("logged=LS1&outcome=nonsense", "not one of the available choices"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(staff, segment, logged, query, reason):
    page = staff.post(url(segment, query))
    assert reason in page.content.decode()
    assert not segment.steps.exists()


@pytest.mark.parametrize("query", ["", "logged=&action=", "action=refine", "logged_not=LS1"])
def test_nothing_is_wrong_before_anybody_is_asked_for(staff, segment, logged, query):
    page = staff.get(url(segment, query))
    text = page.content.decode()
    assert "Choose at least one" not in text
    assert "Choose logged segments: here you see who comes" in text
