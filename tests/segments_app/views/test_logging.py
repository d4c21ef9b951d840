"""Log: see everything first, then once and for all."""

from collections import Counter

import pytest
from django.urls import reverse

from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app import operations
from segments_app.models import Segment
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import said

pytestmark = pytest.mark.django_db


def url(segment, name: str = "log") -> str:
    return reverse(f"segments:{name}", args=[segment.number])


def test_what_will_be_written_is_shown_before_it_is(staff, segment, cast, greetings):
    add(segment, "country=DK")
    page = staff.get(url(segment)).content.decode()
    assert "Log 3 interactions" in page
    assert "Every line can be logged" in page
    assert not InteractionLogEntry.objects.exists()


def test_logging_leads_to_the_logged_segment(staff, segment, cast, mette):
    add(segment, "country=DK")
    page = staff.post(url(segment), follow=True)
    logged = LoggedSegment.objects.get(number=segment.number)
    assert page.redirect_chain[-1][0] == logged.get_absolute_url()
    assert said(page) == "Logged 3 interactions."
    assert logged.created_by == mette
    assert set(logged.entries.values_list("user", flat=True)) == {mette.pk}


def test_a_follow_up_is_created_on_the_way(staff, segment, cast):
    """D17."""
    add(segment, "country=DK")
    staff.post(url(segment), {"follow_up": "on"})
    follow_up = Segment.objects.get()
    assert follow_up.sheet().count() == 3


def test_an_email_without_an_address_is_counted_as_it_will_be_logged(staff, segment, cast):
    """R143."""
    add(segment, "country=DK")
    operations.change_header(
        segment, by=None, correspondence_type="email", ignore_contact_correspondence_type=True
    )
    totals = staff.get(url(segment)).context["check"].totals()
    shown = {row["logged_type"]: row["n_lines"] for row in totals}
    staff.post(url(segment))
    logged = InteractionLogEntry.objects.values_list("correspondence_type", flat=True)
    assert shown == dict(Counter(logged)) == {"": 2, "email": 1}


def test_a_second_click_finds_the_logged_segment(staff, segment, cast):
    """D13."""
    add(segment, "country=DK")
    staff.post(url(segment))
    again = staff.post(url(segment))
    assert again.url == LoggedSegment.objects.get().get_absolute_url()
    assert InteractionLogEntry.objects.count() == 3


def test_problems_stand_in_the_way_and_lead_to_their_lines(staff, segment, cast):
    """D12."""
    add(segment, "country=DK")
    operations.change_header(segment, by=None, salesperson=None)
    page = staff.get(url(segment)).content.decode()
    assert "3 lines have no salesperson" in page
    assert "?problem=no_salesperson" in page
    assert "3 lines have no salesperson" in said(staff.post(url(segment), follow=True))
    assert Segment.objects.filter(pk=segment.pk).exists()


def test_an_empty_segment_is_not_logged(staff, segment):
    assert "Nothing to log" in staff.get(url(segment)).content.decode()
    assert "has no lines" in said(staff.post(url(segment), follow=True))


def test_what_was_not_seen_is_not_logged(staff, segment, cast):
    """Jonas adds contacts while Mette looks at what will be logged."""
    add(segment, "q=Anna")
    add(segment, "country=SE")
    page = staff.post(url(segment), {"seen_lines": "1"}, follow=True)
    assert "was changed while you looked, and has 2 lines now" in said(page)
    assert not InteractionLogEntry.objects.exists()
    staff.post(url(segment), {"seen_lines": "2"})
    assert InteractionLogEntry.objects.count() == 2
