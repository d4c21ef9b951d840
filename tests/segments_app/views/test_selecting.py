"""Add, reduce and refine with their preview (D2)."""

import pytest
from django.urls import reverse

from segments_app.errors import TookTooLong
from tests.factories import (
    CampaignFactory,
    LoggedSegmentFactory,
    MailingGroupFactory,
    SegmentFactory,
)
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


def url(segment, action: str, query: str = "") -> str:
    return f"{reverse(f'segments:{action}', args=[segment.number])}?{query}"


def test_the_number_shown_is_the_number_done(staff, segment, cast):
    page = staff.get(url(segment, "add", "country=DK&country=SE"))
    assert page.context["preview"].count == 4
    done = staff.post(url(segment, "add", page.context["query_string"]), follow=True)
    assert said(done) == "Added 4 contacts."
    assert len(now_on_sheet(segment)) == 4


def test_the_preview_says_who_is_skipped_and_why(staff, segment, cast):
    cast.bo.excluded = True
    cast.bo.save()
    add(segment, "q=Anna")
    page = staff.get(url(segment, "add", "mailing_groups=VIP"))
    assert page.context["preview"].by_reason.counts == {"present": 1, "excluded": 1}
    assert "excluded from segments" in page.content.decode()


@pytest.mark.parametrize(
    ("action", "gone", "left"),
    [("reduce", 1, ["nordisk", "jens"]), ("refine", 2, ["anna"])],
)
def test_reduce_takes_out_who_matches_and_refine_keeps_them(
    staff, segment, cast, action, gone, left
):
    """R39."""
    add(segment, "country=DK")
    page = staff.get(url(segment, action, "mailing_groups=VIP"))
    assert page.context["preview"].count == gone
    staff.post(url(segment, action, "mailing_groups=VIP"))
    assert now_on_sheet(segment) == left


def test_options_travel_in_the_address(staff, segment, cast):
    """R33."""
    staff.post(url(segment, "add", "q=Anna&expand_companies=on"))
    assert now_on_sheet(segment) == ["nordisk", "anna", "jens"]
    assert segment.steps.get().options == {"expand_companies": True}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "Choose at least one condition: none would select everyone."),
        ("country=XX", "“XX” is not known."),
        ("contry=DK", "Did you mean “country”?"),
        ("interaction_date=soon", "At character 1: ▸soon"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(staff, segment, cast, query, reason):
    page = staff.post(url(segment, "add", query))
    assert reason in page.content.decode()
    assert not segment.steps.exists()


def test_htmx_gets_the_preview_alone_and_a_clean_address(staff, segment, cast):
    page = staff.get(url(segment, "add", "q=&country=DK&city="), headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert page["HX-Replace-Url"] == "?country=DK"


def test_nobody_matches(staff, segment, cast):
    page = staff.get(url(segment, "add", "city=Nowhere"))
    assert page.context["preview"].count == 0
    assert "disabled" in page.content.decode()


def test_the_form_keeps_what_was_typed_and_says_where_it_is_wrong(staff, segment, cast):
    page = staff.get(url(segment, "add", "country=DK&interaction_date=soon&mailing_groups_not=VIP"))
    form = page.context["filter"].form
    assert form["interaction_date"].value() == "soon"
    assert form["mailing_groups_not"].value() == ["VIP"]
    assert "At character 1: ▸soon" in str(form["interaction_date"].errors)
    opened = [under.group.slug for under in page.context["filter"].groups() if under.is_open]
    assert {"groups", "interactions"} <= set(opened)
    assert "preview" not in page.context


def test_each_condition_can_be_taken_away_by_itself(staff, segment, cast):
    page = staff.get(url(segment, "add", "country=DK&interaction_date=-9d..&expand_companies=on"))
    text = page.content.decode()
    assert 'href="?country=DK&amp;expand_companies=on"' in text
    assert 'href="?interaction_date=-9d..&amp;expand_companies=on"' in text


@pytest.mark.parametrize("several", [2, 40])
def test_the_form_asks_as_often_for_long_lists_as_for_short(
    staff, segment, cast, several, django_assert_max_num_queries
):
    """One query for each table that is picked from, whatever stands in it."""
    MailingGroupFactory.create_batch(several)
    CampaignFactory.create_batch(several)
    LoggedSegmentFactory.create_batch(several)
    SegmentFactory.create_batch(several)
    with django_assert_max_num_queries(36):
        staff.get(url(segment, "add", "country=DK&mailing_groups=VIP&interaction_date=-9d.."))


def test_a_reason_opens_the_list_of_its_contacts(staff, segment, cast):
    cast.bo.excluded = True
    cast.bo.save()
    page = staff.get(url(segment, "add", "mailing_groups=VIP")).content.decode()
    assert 'href="?mailing_groups=VIP&amp;show=excluded"' in page
    listed = staff.get(url(segment, "add", "mailing_groups=VIP&show=excluded"))
    assert [sampled.contact for sampled in listed.context["sample"]] == [cast.bo]
    assert listed.context["sample"][0].why == ["in mailing group VIP customers"]
    assert listed.context["back"].endswith("/add/?mailing_groups=VIP")
    nobody = staff.get(url(segment, "add", "mailing_groups=VIP&show=nonsense"))
    assert "There is no contact like that" in nobody.content.decode()


def test_a_preview_that_takes_too_long_can_be_done_unseen(staff, segment, cast, monkeypatch):
    def endless(*args: object) -> None:
        raise TookTooLong(10)

    monkeypatch.setattr("segments_app.views.selecting.preview_of", endless)
    query = "country=SE&expand_companies=on"
    text = staff.get(url(segment, "add", query), headers={"HX-Request": "true"}).content.decode()
    assert "The preview was given up after 10 seconds." in text
    assert "Entire companies" in text
    assert "Add contacts without a preview" in text
    staff.post(url(segment, "add", "country=SE"))
    assert now_on_sheet(segment) == ["bo"]


def test_a_list_that_takes_too_long_leads_back_to_its_preview(staff, segment, cast, monkeypatch):
    """Its address was opened by itself: there is no page before that could tell it."""

    def endless(*args: object) -> None:
        raise TookTooLong(10)

    monkeypatch.setattr("segments_app.views.selecting.touched", endless)
    page = staff.get(url(segment, "add", "country=SE&show=added&page=2"))
    text = page.content.decode()
    assert "The preview was given up after 10 seconds." in text
    assert f'href="{url(segment, "add", "country=SE")}"' in text
    assert f'href="{url(segment, "add", "country=SE&amp;show=added&amp;page=2")}"' in text


def test_the_options_in_force_are_told(staff, segment, cast):
    query = "country=SE&expand_companies=on&related_companies=on"
    words = "Entire companies: the company and everyone in it · Also the company of each person"
    htmx = {"HX-Request": "true"}
    assert words in staff.get(url(segment, "add", query), headers=htmx).content.decode()
    assert words in staff.get(url(segment, "add", f"{query}&show=added")).content.decode()
    assert words not in staff.get(url(segment, "add", "country=SE"), headers=htmx).content.decode()
