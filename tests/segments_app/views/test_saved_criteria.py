"""Saved criteria in the browser: changed, duplicated, private or shared, and used."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import User
from segments_app import operations
from segments_app.models import SavedCriteria, Segment
from segments_app.plan import plan_of
from tests.factories import SegmentFactory
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def danes(segment, cast, mette) -> SavedCriteria:
    add(segment, "country=DK")
    operations.add_by_hand(segment, [cast.bo], by=mette)
    add(segment, "country=DE")
    return operations.save_criteria(segment, "NORTH", "Danes and Germans", by=mette)


@pytest.fixture
def manager(maria) -> Client:
    client = Client()
    client.force_login(maria)
    return client


def url(name: str, code: str = "NORTH") -> str:
    return reverse(f"segments:saved_criteria_{name}", args=[code])


def words(saved: SavedCriteria) -> list[str]:
    saved.refresh_from_db()
    return [step.sentences["en"] for step in saved.steps.all()]


def test_what_is_saved_are_the_steps_in_effect(segment, danes, mette):
    """Not what was done before the steps were changed."""
    operations.rebuild(segment, plan_of(segment)[1:], by=mette)
    saved = operations.save_criteria(segment, "LATER", by=mette)
    assert words(saved) == ["Added contacts: country is Germany"]


def test_private_ones_are_seen_by_their_owner_and_administrators(staff, manager, danes, segment):
    data = {"code": "NORTH", "description": "Mine", "shared": ""}
    staff.post(url("update"), data | {"seen": danes.version})
    assert staff.get(url("detail")).status_code == 200
    for name in ("detail", "update", "duplicate", "steps"):
        assert manager.get(url(name)).status_code == 404
    assert manager.post(url("delete")).status_code == 404
    assert "NORTH" not in manager.get(reverse("segments:saved_criteria_list")).content.decode()
    reuse = reverse("segments:reuse_criteria", args=[segment.number])
    assert "NORTH" not in manager.get(reuse).content.decode()
    assert manager.post(reuse, {"criteria": "NORTH"}).status_code == 404
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    assert root.get(url("detail")).status_code == 200


def test_two_change_the_name_and_the_second_is_told(staff, manager, danes):
    seen = {"code": "NORTH", "shared": "on", "seen": danes.version}
    manager.post(url("update"), seen | {"description": "Hers"})
    page = staff.post(url("update"), seen | {"description": "His"})
    assert "maria changed NORTH meanwhile" in page.content.decode()
    danes.refresh_from_db()
    assert danes.description == "Hers"
    again = page.context["form"]["seen"].value()
    staff.post(url("update"), seen | {"description": "His", "seen": again})
    danes.refresh_from_db()
    assert (danes.description, str(danes.changed_by)) == ("His", "mette")


def test_steps_are_changed_moved_deleted_and_added(staff, danes):
    items = staff.get(url("steps")).context["items"]
    assert [item.step.sentences["en"] for item in items] == words(danes)
    assert items[0].down.startswith(url("steps") + "?step=2&step=1&seen=0")
    assert "step=2%3Fcountry%3DSE" in take(staff, url("step") + "?at=1&country=SE")
    parts = ["2?country=SE", "1", "reduce?q=anna"]
    staff.post(url("steps"), {"step": parts, "seen": danes.version})
    assert words(danes) == [
        "Added contacts: country is Sweden",
        "Added contacts: country is Denmark",
        words(danes)[2],
    ]
    assert danes.version == 1


def test_all_steps_can_be_deleted(staff, danes):
    staff.post(url("steps"), {"step": [""], "seen": danes.version})
    assert words(danes) == []
    assert "No steps yet" in staff.get(url("detail")).content.decode()


def take(staff, address: str) -> str:
    taken: str = staff.get(address).context["take"]
    return taken


def test_two_change_the_steps_and_the_second_is_told(staff, manager, danes):
    manager.post(url("steps"), {"step": ["1"], "seen": danes.version})
    page = staff.post(url("steps"), {"step": ["2"], "seen": danes.version}, follow=True)
    assert "maria changed NORTH meanwhile" in said(page)
    page = staff.get(url("steps") + f"?step=2&seen={danes.version}", follow=True)
    assert "maria changed NORTH meanwhile" in said(page)
    assert words(danes) == ["Added contacts: country is Denmark"]


def test_they_are_duplicated(staff, danes):
    staff.post(url("duplicate"), {"code": "SOUTH", "description": "Copy"})
    copy = SavedCriteria.objects.get(code="SOUTH")
    assert words(copy) == words(danes)
    assert (str(copy.created_by), copy.shared) == ("mette", False)
    page = staff.post(url("duplicate"), {"code": "SOUTH"})
    assert "already exists" in page.content.decode()


def test_they_are_created_without_a_segment(staff, cast):
    address = reverse("segments:saved_criteria_create")
    page = staff.post(address, {"code": "NEW", "shared": "on"}, follow=True)
    assert page.redirect_chain[-1][0] == url("steps", "NEW")
    staff.post(url("steps", "NEW"), {"step": ["add?country=SE"], "seen": 0})
    assert words(SavedCriteria.objects.get()) == ["Added contacts: country is Sweden"]


def test_reusing_shows_what_comes_asks_first_and_is_told_where_used(staff, danes, cast):
    """D6, R110"""
    other: Segment = SegmentFactory(number="SM00902")
    add(other, "country=DE")
    reuse = reverse("segments:reuse_criteria", args=[other.number])
    page = staff.get(reuse, {"criteria": "NORTH"})
    found = page.context["difference"]
    assert (found.come.count, found.gone.count, found.lines_after) == (3, 0, 5)
    assert found.steps == [(3, 0, 0), (0, 0, 2)]
    assert "The segment has steps already" in page.content.decode()
    assert now_on_sheet(other) == ["weber", "klaus"]
    assert "No segment in work" in staff.get(url("detail")).content.decode()
    page = staff.post(reuse, {"criteria": "NORTH", "seen": other.version}, follow=True)
    assert said(page) == "2 steps were done (+3, −0)."
    assert now_on_sheet(other) == ["weber", "klaus", "nordisk", "anna", "jens"]
    assert "SM00902" in staff.get(url("detail")).content.decode()


def test_what_cannot_be_done_any_more_is_told_before(staff, danes, segment):
    danes.steps.filter(number=1).update(criteria={"mailing_groups": ["GONE"]})
    reuse = reverse("segments:reuse_criteria", args=[segment.number])
    html = staff.get(reuse, {"criteria": "NORTH"}).content.decode()
    assert "“GONE” is not known" in html


def test_a_reader_looks_and_changes_nothing(reader, danes):
    assert reader.get(url("detail")).status_code == 200
    for name in ("update", "duplicate", "steps", "delete"):
        assert reader.post(url(name)).status_code == 403
