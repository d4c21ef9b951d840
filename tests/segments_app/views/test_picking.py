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


def test_a_suggestion_knows_no_more_than_the_page_it_came_to(staff, pick, segment, cast):
    """Jens is added by somebody else after the page was drawn."""
    shown = segment.version
    pick(cast.jens)
    url = reverse("segments:suggest", args=[segment.number])
    page = staff.get(url, {"pick": "bo", "seen": shown}).text
    assert f'name="seen" value="{shown}"' in page
    asked = {"contact": cast.bo.number, "seen": shown}
    answer = staff.post(reverse("segments:add_by_hand", args=[segment.number]), asked)
    assert answer.status_code == 409
    assert now_on_sheet(segment) == ["jens"]


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


def test_all_lines_that_match_a_search_are_removed(staff, segment, cast):
    add(segment, "status=yes")
    url = reverse("segments:remove_by_hand", args=[segment.number])
    staff.post(url, {"q": "nordisk", "all": "on"})
    assert now_on_sheet(segment) == ["bo", "weber", "klaus"]


class TestPickSeveral:
    def test_what_is_ticked_stays_ticked_over_searches(self, staff, segment, cast):
        url = reverse("segments:pick", args=[segment.number])
        page = staff.get(url, {"q": "anna", "contact": [cast.bo.number]})
        assert (page.context["picked"], page.context["found"]) == ([cast.bo], [cast.anna])
        fragment = staff.get(url, {"q": "anna"}, headers={"HX-Request": "true"})
        assert "<html" not in fragment.content.decode()

    def test_several_are_added_as_one_step(self, staff, segment, cast):
        url = reverse("segments:add_by_hand", args=[segment.number])
        page = staff.post(url, {"contact": [cast.bo.number, cast.anna.number]}, follow=True)
        assert said(page) == "Added 2 contacts."
        assert now_on_sheet(segment) == ["bo", "anna"]
        assert segment.steps.count() == 1


class TestPaste:
    LIST = "CT000002\nCT000006\nCT000003\nnobody@example.com"

    @pytest.fixture
    def paste(self, staff, segment, cast):
        cast.jens.privacy_blocked = True
        cast.jens.save()
        url = reverse("segments:paste", args=[segment.number])
        return lambda **data: staff.post(url, {"text": self.LIST, **data}, follow=True)

    def test_it_is_looked_at_before_anything_happens(self, paste, segment, cast):
        page = paste()
        assert page.context["preview"].by_reason.counts == {"added": 2, "privacy": 1}
        text = page.content.decode()
        assert "nobody@example.com" in page.context["unknown"]
        assert "privacy blocked" in text
        assert not segment.steps.exists()

    def test_those_who_may_be_selected_are_added_as_picks(self, paste, segment, cast):
        assert said(paste(act="add")) == "Added 2 contacts."
        assert now_on_sheet(segment) == ["bo", "anna"]
        step = segment.steps.get()
        assert (step.action, step.skipped) == ("add_by_hand", {"privacy": 1})
        assert "Nobody of the list can be added" in said(paste(act="add"))

    def test_those_on_the_sheet_are_removed(self, paste, segment, cast):
        add(segment, "country=DK")
        assert said(paste(act="remove")) == "Removed 1 line."
        assert now_on_sheet(segment) == ["nordisk"]
        assert said(paste(act="remove")) == "No line was chosen. Nothing was changed."

    def test_an_excluded_contact_comes_on_purpose(self, paste, segment, cast):
        cast.bo.excluded = True
        cast.bo.save()
        assert paste().context["preview"].count == 1
        assert paste(on_purpose="on").context["preview"].count == 2
        paste(act="add", on_purpose="on")
        assert segment.steps.get().options == {"ignore_exclusion": True}
