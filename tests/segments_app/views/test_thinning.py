"""The page for samples, split segments and one per household (D2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from segments_app.models import Segment
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(segment, cast) -> Segment:
    add(segment, "status=yes")
    return segment


def url(segment, query: str = "") -> str:
    return f"{reverse('segments:thin', args=[segment.number])}?{query}"


@pytest.mark.parametrize(
    ("query", "gone"),
    [
        ("how=one_per&per=household", 3),
        ("how=one_per&per=company&keep=newest", 3),
        ("how=sample&number=2&unit=lines&seed=x", 4),
        ("how=sample&number=50&seed=x", 3),
        ("how=hold_out&number=50&seed=x&apart=on", 3),
        ("how=split&shares=40/30/30&seed=x", 4),
    ],
)
def test_the_number_shown_is_the_number_done(staff, sheet, query, gone):
    page = staff.get(url(sheet, query))
    assert page.context["preview"].count == gone
    done = staff.post(url(sheet, query), follow=True)
    assert f"(−{gone})" in said(done)
    assert len(now_on_sheet(sheet)) == 6 - gone


def test_the_seed_of_the_preview_is_that_of_the_act(staff, sheet):
    page = staff.get(url(sheet, "how=sample&number=3&unit=lines"))
    act, shown = page.context["act"], page.context["preview"].sample
    assert "seed=" in act
    staff.post(url(sheet) + act.removeprefix("?"))
    gone = {sampled.contact.name.split()[0].lower() for sampled in shown}
    assert gone.isdisjoint(now_on_sheet(sheet))


@pytest.mark.parametrize("query", ["per=household", "per=company&keep=newest"])
def test_the_first_who_go_are_not_looked_for_line_by_line(staff, sheet, query):
    """PostgreSQL would compare each line with all that go until it has the first few."""
    listed = staff.get(url(sheet, f"how=one_per&{query}&show=gone")).context["sample"]
    with CaptureQueriesContext(connection) as queries:
        page = staff.get(url(sheet, f"how=one_per&{query}"))
    assert {each.contact for each in page.context["preview"].sample} == {
        each.contact for each in listed
    }
    assert any(" LIMIT 6" in asked["sql"] for asked in queries)
    for asked in queries:
        parts = [part in asked["sql"] for part in (" LIMIT 6", "ROW_NUMBER()", "IN (SELECT")]
        assert not all(parts)


def test_the_parts_of_a_split_are_told(staff, sheet):
    page = staff.get(url(sheet, "how=split&shares=3 2 1"), headers={"HX-Request": "true"})
    assert page.context["parts"] == [("A", 3), ("B", 2), ("C", 1)]
    assert "<html" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("how=split&shares=100", "Give two shares or more"),
        ("how=split&shares=a/b", "Give two shares or more"),
        ("how=split&shares=1e400/1", "Give two shares or more"),
        ("how=one_per&keep=level", "Choose the organizational level"),
        ("how=sample&number=x", "Enter a number"),
        ("how=sample&number=0", "Say how many"),
        ("how=hold_out&number=100", "less than all"),
        ("how=nonsense", "not one of the available choices"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(staff, sheet, query, reason):
    page = staff.post(url(sheet, query))
    assert reason in page.content.decode()
    assert sheet.steps.count() == 1


def test_all_that_go_can_be_looked_at(staff, sheet):
    page = staff.get(url(sheet, "how=sample&number=2&unit=lines&seed=x"))
    assert f"{page.context['act']}&show=gone".replace("&", "&amp;") in page.content.decode()
    listed = staff.get(url(sheet) + f"{page.context['act']}&show=gone".removeprefix("?"))
    shown = {sampled.contact for sampled in listed.context["sample"]}
    assert len(shown) == 4
    assert {sampled.contact for sampled in page.context["preview"].sample} == shown
    assert listed.context["back"] == url(sheet) + page.context["act"].removeprefix("?")


@pytest.mark.parametrize("way", ["go_back", "go_to"])
def test_what_was_split_off_stays_when_it_comes_back(staff, sheet, way):
    staff.post(url(sheet, "how=split&shares=50/50&seed=x"))
    part = Segment.objects.exclude(pk=sheet.pk).get()
    where = [sheet.number, 1] if way == "go_to" else [sheet.number]
    done = staff.post(reverse(f"segments:{way}", args=where), follow=True)
    assert f"Segment {part.number} stays, with the contacts it got" in said(done)
    assert len(now_on_sheet(sheet)) == 6
    done = staff.post(reverse("segments:go_to", args=[sheet.number, 0]), follow=True)
    assert "stays" not in said(done)
