"""The list, the worksheet, its header, and deleting."""

import pytest
from django.urls import reverse

from segments_app import operations
from segments_app.models import Segment
from tests.factories import ContactFactory, SegmentFactory
from tests.segments_app.conftest import add, line_of
from tests.segments_app.views.conftest import said

pytestmark = pytest.mark.django_db


def test_the_list_tells_how_many_lines_each_segment_has(staff, segment, cast):
    add(segment, "country=DK")
    page = staff.get(reverse("segments:list"))
    assert page.context["page_obj"].object_list[0].lines_count == 3
    assert "Spring 2026" in page.content.decode()


def test_the_list_finds_by_number_and_description(staff, segment):
    SegmentFactory(description="Autumn")
    for text in ("SM00901", "spring"):
        page = staff.get(reverse("segments:list"), {"q": text})
        assert [found.number for found in page.context["page_obj"]] == ["SM00901"]
    assert "No segment found" in staff.get(reverse("segments:list"), {"q": "x"}).content.decode()


def test_the_list_asks_the_database_the_same_however_long_it_is(
    staff, segment, django_assert_max_num_queries
):
    SegmentFactory.create_batch(30)
    with django_assert_max_num_queries(8):
        staff.get(reverse("segments:list"))


def test_a_new_segment_gets_the_next_number_and_my_salesperson(staff, mette, holm):
    holm.user = mette
    holm.save()
    form = staff.get(reverse("segments:create")).context["form"]
    assert form["salesperson"].value() == holm.pk
    staff.post(reverse("segments:create"), {"description": "Fair"})
    segment = Segment.objects.get(description="Fair")
    assert segment.number == "SM00001"
    assert segment.salesperson == holm
    assert segment.created_by == mette


def test_a_new_segment_may_leave_the_salesperson_to_each_contact(staff, mette, holm):
    holm.user = mette
    holm.save()
    staff.post(reverse("segments:create"), {"description": "Fair", "salesperson": ""})
    assert Segment.objects.get(description="Fair").salesperson is None


def test_a_typed_number_must_be_free(staff, segment):
    page = staff.post(reverse("segments:create"), {"description": "Fair", "number": "SM00901"})
    assert "The number SM00901 is used." in page.content.decode()
    assert not Segment.objects.filter(description="Fair").exists()


def test_the_worksheet_asks_the_database_the_same_for_1_line_and_for_50(
    staff, segment, cast, django_assert_max_num_queries
):
    add(segment, "q=Anna")
    with django_assert_max_num_queries(14) as few:
        staff.get(segment.get_absolute_url())
    ContactFactory.create_batch(49, city="Odense")
    add(segment, "city=Odense")
    with django_assert_max_num_queries(len(few)):
        staff.get(segment.get_absolute_url())


def test_lines_can_be_searched_and_narrowed_to_what_differs(staff, segment, cast):
    add(segment, "country=DK")
    operations.change_line(line_of(segment, cast.jens), by=None, cost=20)
    for query in ("q=ostergaard", "changed"):
        page = staff.get(f"{segment.get_absolute_url()}?{query}")
        assert [row.line.contact for row in page.context["page_obj"]] == [cast.jens]


def test_a_problem_leads_to_its_lines(staff, segment, cast):
    cast.anna.privacy_blocked = False
    add(segment, "country=DK")
    cast.anna.privacy_blocked = True
    cast.anna.save()
    page = staff.get(reverse("segments:problems", args=[segment.number]))
    assert reverse("segments:found_problems", args=[segment.number]) in page.text
    found = staff.get(reverse("segments:found_problems", args=[segment.number])).text
    assert "contact may not be written to" in found
    assert "share their postal address" in found
    page = staff.get(f"{segment.get_absolute_url()}?problem=unselectable")
    assert [row.line.contact for row in page.context["page_obj"]] == [cast.anna]


def test_changing_the_header_says_how_many_lines_follow_and_keep_their_own(
    staff, segment, cast, spring, holm
):
    """D8."""
    add(segment, "country=DK")
    operations.change_line(line_of(segment, cast.jens), by=None, cost=20)
    header = {"description": "Spring 2026", "template": spring.pk, "salesperson": holm.pk}
    url = reverse("segments:update", args=[segment.number])
    page = staff.post(url, {**header, "date": segment.date, "unit_cost": "9"}, follow=True)
    assert said(page) == "2 lines follow. 1 keeps its own value."


def test_a_negative_cost_changes_nothing(staff, segment):
    url = reverse("segments:update", args=[segment.number])
    page = staff.post(url, {"description": "Spring 2026", "unit_cost": "-1"})
    assert "greater than or equal to 0" in page.content.decode()
    segment.refresh_from_db()
    assert segment.unit_cost is None


def test_a_segment_is_deleted_with_its_lines(staff, segment, cast):
    add(segment, "country=DK")
    staff.post(reverse("segments:delete", args=[segment.number]))
    assert not Segment.objects.filter(pk=segment.pk).exists()


def test_a_logged_segment_is_found_where_it_is_now(staff, segment, cast):
    add(segment, "country=DK")
    logged = operations.log_segment(segment, by=None)
    page = staff.get(f"/segments/{segment.number}/")
    assert page.url == logged.get_absolute_url()


def test_an_unknown_segment_is_not_found(staff):
    assert staff.get("/segments/SM99999/").status_code == 404


def test_only_what_mette_changed_on_the_header_is_written(staff, segment, cast):
    """Jonas wrote a subject after Mette's page was shown."""
    operations.change_header(segment, by=None, subject="By Jonas")
    url = reverse("segments:update", args=[segment.number])
    shown = {"initial-description": "Spring 2026", "initial-subject": ""}
    staff.post(url, {**shown, "description": "Spring 2027", "subject": ""})
    segment.refresh_from_db()
    assert (segment.description, segment.subject) == ("Spring 2027", "By Jonas")
