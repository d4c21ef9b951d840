"""A page that shows an older segment asks before it acts."""

import pytest
from django.urls import reverse

from segments_app import operations
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet

pytestmark = pytest.mark.django_db


def test_a_stale_page_shows_what_has_changed_and_does_it_anyway_if_asked(
    staff, segment, cast, maria
):
    operations.add_by_hand(segment, [cast.anna], by=maria)
    address = reverse("segments:go_back", args=[segment.number])
    seen = segment.version
    operations.add_by_hand(segment, [cast.bo], by=maria)
    page = staff.post(address, {"seen": seen, "other": "<b>"})
    assert page.status_code == 409
    html = page.content.decode()
    assert "Added Bo Lind by hand" in html
    assert "maria" in html
    assert 'name="other" value="&lt;b&gt;"' in html
    assert "Go one step back from the step that is in effect now." in html
    assert f'name="seen" value="{segment.version}"' in html
    assert now_on_sheet(segment) == ["anna", "bo"]
    staff.post(address, {"seen": segment.version})
    assert now_on_sheet(segment) == ["anna"]


def test_within_a_page_it_takes_the_place_of_what_is_shown(staff, segment, cast):
    add(segment, "country=DK")
    address = reverse("segments:go_back", args=[segment.number])
    page = staff.post(address, {"seen": 0}, headers={"HX-Request": "true"})
    assert (page.status_code, page["HX-Retarget"]) == (200, "main")


@pytest.mark.parametrize("seen", ["", "new", "-1", "99999999999999999999"])
def test_what_is_no_version_asks_nothing(staff, segment, cast, seen):
    add(segment, "country=DK")
    staff.post(reverse("segments:go_back", args=[segment.number]), {"seen": seen})
    assert now_on_sheet(segment) == []
