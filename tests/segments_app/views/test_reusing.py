"""Reuse logged segments and saved criteria; follow up."""

import pytest
from django.urls import reverse

from segments_app import operations
from segments_app.models import SavedCriteria, Segment
from tests.factories import SegmentFactory
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(segment, cast):
    add(segment, "country=DK")
    return operations.log_segment(segment, by=None)


@pytest.fixture
def new(db) -> Segment:
    return SegmentFactory(number="SM00902")


def url(name: str, number: str) -> str:
    return reverse(f"segments:{name}", args=[number])


def test_a_logged_segment_is_chosen_previewed_and_reused(staff, logged, new):
    address = f"{url('reuse_logged_segment', new.number)}?logged={logged.number}"
    assert staff.get(address).context["preview"].count == 3
    assert said(staff.post(address, follow=True)) == "Added 3 contacts."
    assert now_on_sheet(new) == ["nordisk", "anna", "jens"]


def test_criteria_are_saved_and_done_again(staff, segment, cast, new):
    """D6, R110."""
    add(segment, "country=DK")
    staff.post(url("save_criteria", segment.number), {"code": "DK", "description": "Danes"})
    saved = SavedCriteria.objects.get(code="DK")
    assert "country is Denmark" in staff.get(saved.get_absolute_url()).content.decode()
    page = staff.post(url("reuse_criteria", new.number), {"criteria": "DK"}, follow=True)
    assert said(page) == "1 step was done (+3, −0)."
    assert now_on_sheet(new) == ["nordisk", "anna", "jens"]


def test_without_criteria_there_is_nothing_to_save(staff, segment, cast):
    operations.add_by_hand(segment, [cast.anna], by=None)
    page = staff.post(url("save_criteria", segment.number), {"code": "DK"})
    assert "There are no criteria to save" in page.content.decode()
    assert not SavedCriteria.objects.exists()


def test_a_code_is_used_once(staff, segment, cast):
    add(segment, "country=DK")
    for _ in range(2):
        page = staff.post(url("save_criteria", segment.number), {"code": "DK"})
    assert "already exists" in page.content.decode()
    assert SavedCriteria.objects.count() == 1


def test_saved_criteria_are_deleted_and_their_segments_stay(staff, segment, cast, mette):
    add(segment, "country=DK")
    operations.save_criteria(segment, "DK", by=mette)
    staff.post(reverse("segments:saved_criteria_delete", args=["DK"]))
    assert not SavedCriteria.objects.exists()
    assert now_on_sheet(segment)


def test_a_follow_up_has_the_same_contacts_and_campaign(staff, segment, cast, fair):
    """R151, D17."""
    operations.change_header(segment, by=None, campaign=fair)
    add(segment, "country=DK")
    logged = operations.log_segment(segment, by=None)
    address = url("follow_up", logged.number)
    assert staff.get(address).context["count"] == 3
    staff.post(address, {"description": "Second letter"})
    follow_up = Segment.objects.get()
    assert (follow_up.description, follow_up.campaign) == ("Second letter", fair)
    assert follow_up.template is None
    assert now_on_sheet(follow_up) == ["nordisk", "anna", "jens"]


def test_a_follow_up_copies_the_header_if_asked(staff, logged, spring):
    """D17."""
    data = {"description": "Second letter", "copy_header": "on"}
    staff.post(url("follow_up", logged.number), data)
    assert Segment.objects.get().template == spring


def test_all_who_would_come_can_be_looked_at(staff, segment, cast, new, mette):
    add(segment, "country=DK")
    operations.save_criteria(segment, "D K", by=mette)
    address = url("reuse_criteria", new.number)
    shown = staff.get(address, {"criteria": "D K"}).content.decode()
    assert 'href="?criteria=D%20K&amp;show=come"' in shown
    listed = staff.get(address, {"criteria": "D K", "show": "come"})
    assert len(listed.context["sample"]) == 3
    assert listed.context["back"] == f"{address}?criteria=D+K"
    assert not new.steps.exists()
