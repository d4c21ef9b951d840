"""By hand: type a part of a name, pick; tick, remove."""

import pytest
from django.urls import reverse

from tests.segments_app.conftest import add, line_of
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def pick(staff, segment):
    def _pick(contact, query: str = ""):
        url = reverse("segments:add_by_hand", args=[segment.number]) + query
        return staff.post(url, {"contact": getattr(contact, "number", contact)}, follow=True)

    return _pick


def test_a_part_of_a_name_suggests_contacts(staff, segment, cast):
    add(segment, "q=Anna")
    url = reverse("segments:suggest", args=[segment.number])
    page = staff.get(url, {"pick": "nordisk"}).content.decode()
    assert "Anna Sørensen" in page
    assert "Jens Østergaard" in page
    assert "on the sheet" in page
    assert "Nobody found" in staff.get(url, {"pick": "xyz"}).content.decode()


def test_a_picked_contact_is_added(pick, segment, cast):
    assert said(pick(cast.bo)) == "Added Bo Lind."
    assert now_on_sheet(segment) == ["bo"]
    assert segment.steps.get().action == "add_by_hand"


def test_who_is_there_already_is_not_added_again(pick, segment, cast):
    pick(cast.bo)
    assert said(pick(cast.bo)) == "Already on the sheet. Nothing was changed."
    assert now_on_sheet(segment) == ["bo"]


def test_an_excluded_contact_is_added_only_on_purpose(pick, segment, cast):
    """D1."""
    cast.bo.excluded = True
    cast.bo.save()
    assert said(pick(cast.bo)) == "Bo Lind cannot be added: excluded from segments."
    pick(cast.bo, "?on_purpose")
    assert now_on_sheet(segment) == ["bo"]
    assert segment.steps.get().options == {"ignore_exclusion": True}


def test_a_privacy_blocked_contact_is_never_added(pick, segment, cast):
    """D1."""
    cast.bo.privacy_blocked = True
    cast.bo.save()
    assert "privacy blocked" in said(pick(cast.bo, "?on_purpose"))
    assert now_on_sheet(segment) == []


def test_nobody_by_that_number(pick, segment):
    assert said(pick("NOPE")) == "No such contact. Nothing was changed."


def test_ticked_lines_are_removed_and_come_back(staff, segment, cast):
    add(segment, "country=DK")
    url = reverse("segments:remove_by_hand", args=[segment.number])
    staff.post(url, {"line": [line_of(segment, cast.anna).pk]})
    assert now_on_sheet(segment) == ["nordisk", "jens"]
    staff.post(reverse("segments:go_back", args=[segment.number]))
    assert now_on_sheet(segment) == ["nordisk", "anna", "jens"]


@pytest.mark.parametrize("lines", [[], ["x"], ["999999999999"]])
def test_removing_nothing_says_so(staff, segment, cast, lines):
    add(segment, "country=DK")
    url = reverse("segments:remove_by_hand", args=[segment.number])
    page = staff.post(url, {"line": lines}, follow=True)
    assert said(page) == "No line was chosen. Nothing was changed."
