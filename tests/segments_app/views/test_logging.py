"""Log: see everything first, then once and for all."""

from collections import Counter

import pytest
from django.urls import reverse

from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app import operations
from segments_app.models import Segment
from tests.factories import word_document
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import marked, now_on_sheet, said

pytestmark = pytest.mark.django_db


def url(segment, name: str = "log") -> str:
    return reverse(f"segments:{name}", args=[segment.number])


def test_what_will_be_written_is_shown_before_it_is(staff, segment, cast, greetings):
    add(segment, "country=DK")
    page = staff.get(url(segment)).content.decode()
    assert "Log 3 interactions" in page
    assert "Every line can be logged" in page
    assert not InteractionLogEntry.objects.exists()


def test_the_heading_and_the_button_say_the_number_that_will_be_logged(staff, segment, cast):
    add(segment, "country=DK")
    cast.jens.privacy_blocked = True
    cast.jens.save()
    for options in ("", "?skip_problems=on"):
        page = staff.get(url(segment) + options).text
        assert page.count("Log 2 interactions") == 2
        assert "Log 3 interactions" not in page


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


def put_document(segment, by) -> None:
    original = segment.template.documents.first()
    operations.put_document(segment, original, word_document("Dear"), "mine.docx", by=by)


WORK = {
    "step": lambda segment, by: operations.go_to(segment, 1, by=by),
    "header": lambda segment, by: operations.change_header(segment, by=by, subject="Now"),
    "line": lambda segment, by: operations.change_line(segment.sheet()[0], by=by, cost=9),
    "document": put_document,
}


@pytest.mark.parametrize("what", WORK)
def test_what_was_not_seen_is_not_logged(staff, segment, cast, maria, greetings, what):
    """Maria works on the segment while Mette looks at what will be logged."""
    add(segment, "country=DK")
    add(segment, "country=SE")
    seen = marked(staff.get(url(segment)))
    WORK[what](segment, maria)
    count = segment.sheet().count()
    page = staff.post(url(segment), {"seen": seen})
    assert (page.status_code, InteractionLogEntry.objects.count()) == (409, 0)
    assert "maria" in page.text
    staff.post(url(segment), {"seen": marked(page)})
    assert InteractionLogEntry.objects.count() == count


def test_the_problem_lines_are_kept_back_and_their_segment_is_named(staff, segment, cast, mette):
    """D12: log the others and keep these."""
    add(segment, "country=DK")
    cast.jens.active = False
    cast.jens.save()
    page = staff.get(url(segment)).text
    assert "Log the others and keep this 1 line" in page
    assert "1 line stands in the way" in page
    page = staff.get(url(segment), {"skip_problems": "on"}).text
    assert "stands in the way" not in page
    assert "Log 2 interactions" in page
    done = staff.post(url(segment), {"skip_problems": "on"}, follow=True)
    kept = Segment.objects.get()
    assert f'1 line with problems was kept back in segment <a href="/segments/{kept.number}/' in (
        said(done)
    )
    assert now_on_sheet(kept) == ["jens"]


def test_when_every_line_has_a_problem_there_is_nothing_to_keep_back(staff, segment, cast):
    add(segment, "q=Anna")
    operations.change_header(segment, by=None, date=None)
    page = staff.get(url(segment), {"skip_problems": "on"}).text
    assert "Every line stands in the way" in page
    assert "keep this" not in page
    staff.post(url(segment), {"skip_problems": "on"})
    assert not InteractionLogEntry.objects.exists()


def test_what_changed_since_is_told_and_leads_to_the_lines(staff, segment, cast):
    add(segment, "country=DK")
    cast.anna.address = "Havnegade 99"
    cast.anna.save()
    page = staff.get(url(segment)).text
    assert "1 letter goes to another address" in page
    assert "Anna Sørensen" in page
    shown = staff.get(url(segment, "detail"), {"problem": "moved_since"})
    assert shown.context["page_obj"].paginator.count == 1


def test_the_totals_leave_out_what_is_not_logged(staff, segment, cast):
    add(segment, "country=DK")
    cast.jens.active = False
    cast.jens.save()
    check = staff.get(url(segment)).context["check"]
    assert [row["n_lines"] for row in check.totals()] == [2]
    assert (check.sums()["n_lines"], check.sums()["sum_cost"]) == (2, 16)


def test_the_page_asks_a_bounded_number_of_questions(
    staff, segment, cast, django_assert_max_num_queries
):
    add(segment, "status=yes")
    staff.get(url(segment))
    with django_assert_max_num_queries(30):
        staff.get(url(segment))


def test_ready_is_said_on_the_header(staff, segment):
    form = staff.get(url(segment, "update")).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    staff.post(url(segment, "update"), {**shown, "ready": "on"})
    segment.refresh_from_db()
    assert segment.ready
