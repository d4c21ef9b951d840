"""Steps are changed, the difference is seen, then it is accepted; any step is one click away."""

import pytest
from django.urls import reverse

from segments_app import operations
from segments_app.plan import plan_of
from tests.factories import ContactFactory
from tests.segments_app.conftest import add
from tests.segments_app.views.conftest import now_on_sheet, said

pytestmark = pytest.mark.django_db


def url(name: str, segment, *more) -> str:
    return reverse(f"segments:{name}", args=[segment.number, *more])


@pytest.fixture
def nordic(segment, cast):
    """Danes, then Bo by hand, then Swedes (nobody new)."""
    add(segment, "country=DK")
    operations.add_by_hand(segment, [cast.bo], by=None)
    add(segment, "country=SE")
    return segment


def test_any_step_is_one_click_away_and_says_what_it_does(staff, nordic):
    panel = staff.get(url("steps", nordic)).content.decode()
    assert "Go back here:" in panel
    assert "removes 1 line" in panel
    assert "The empty sheet" in panel
    page = staff.post(url("go_to", nordic, 1), follow=True)
    assert said(page) == "There are 3 lines now."
    assert now_on_sheet(nordic) == ["nordisk", "anna", "jens"]
    staff.post(url("go_to", nordic, 0))
    assert now_on_sheet(nordic) == []
    staff.post(url("go_to", nordic, 3))
    assert now_on_sheet(nordic) == ["nordisk", "anna", "jens", "bo"]


def test_a_step_that_is_not_there(staff, nordic):
    page = staff.post(url("go_to", nordic, 99), follow=True)
    assert said(page) == "That step is gone. Nothing was changed."


def test_a_step_is_deleted_after_a_look_at_the_difference(staff, nordic):
    page = staff.get(url("change_steps", nordic)).content.decode()
    assert "Nothing is changed yet" in page
    draft = "?step=2&step=3"
    assert "The steps are tried" in staff.get(url("change_steps", nordic) + draft).content.decode()
    shown = staff.get(url("step_difference", nordic) + draft)
    assert shown.context["difference"].gone.count == 3
    assert now_on_sheet(nordic) == ["nordisk", "anna", "jens", "bo"]
    page = staff.post(url("change_steps", nordic), {"step": ["2", "3"]}, follow=True)
    assert said(page) == "0 came, 3 went; there is 1 line now."
    assert "1 step before" not in page.content.decode()
    assert "3 steps before the steps were done anew" in page.content.decode()
    assert now_on_sheet(nordic) == ["bo"]


def test_the_conditions_of_a_step_are_changed(staff, nordic):
    address = url("change_step", nordic) + "?step=1&step=2&step=3&at=0&country=DE"
    page = staff.get(address)
    assert page.context["count"] == 2
    assert page.context["take"].startswith(url("change_steps", nordic) + "?step=1%3Fcountry%3DDE&")
    items = staff.get(page.context["take"]).context["items"]
    assert [item.step.changed for item in items] == [True, False, False]
    staff.post(url("change_steps", nordic), {"step": ["1?country=DE", "2", "3"]})
    assert now_on_sheet(nordic) == ["bo", "weber", "klaus"]


def test_a_step_is_added_at_the_end(staff, nordic):
    page = staff.get(url("change_step", nordic) + "?step=1&at=reduce&q=anna")
    assert "step=reduce%3Fq%3Danna" in page.context["take"]
    staff.post(url("change_steps", nordic), {"step": ["1", "reduce?q=anna"]})
    assert now_on_sheet(nordic) == ["nordisk", "jens"]


@pytest.mark.parametrize(
    "part", ["0", "9", "x", "1?", "1?country=", "2?country=DK", "add?colour=red", "²", "9" * 30]
)
def test_an_address_that_means_nothing_changes_nothing(staff, nordic, part):
    for method in (staff.get, staff.post):
        page = method(url("change_steps", nordic), {"step": [part]}, follow=True)
        assert page.status_code == 200
        assert said(page)
    assert len(now_on_sheet(nordic)) == 4


@pytest.mark.parametrize("at", ["", "9", "-1", "1", "reuse", "²"])
def test_only_a_step_with_conditions_has_a_page_of_them(staff, nordic, at):
    """The second step is a pick by hand."""
    assert staff.get(url("change_step", nordic), {"at": at}).status_code == 404


def test_a_draft_of_steps_that_have_changed_meanwhile_is_told(staff, nordic, maria):
    draft = {"step": "2", "seen": nordic.version}
    operations.go_back(nordic, by=maria)
    for ask in (staff.get, staff.post):
        page = ask(url("change_steps", nordic), draft)
        assert page.status_code == 409
        assert "Do it anyway" not in page.content.decode()


def test_refreshing_says_who_is_new_and_who_is_gone(staff, nordic, cast):
    """D7"""
    ContactFactory(first_name="Ny", surname="Mand", country="DK")
    cast.jens.excluded = True
    cast.jens.save()
    assert "tried" in staff.get(url("refresh", nordic)).content.decode()
    html = staff.get(url("step_difference", nordic)).content.decode()
    assert "now excluded from segments" in html
    assert "Ny Mand" in html
    page = staff.post(url("refresh", nordic), follow=True)
    assert said(page) == "1 came, 1 went; there are 4 lines now."
    assert now_on_sheet(nordic) == ["nordisk", "anna", "bo", "ny"]
    assert len(plan_of(nordic)) == 3


def test_what_cannot_be_tried_is_told(staff, nordic):
    step = nordic.steps.get(number=1)
    step.criteria = {"mailing_groups": ["GONE"]}
    step.save()
    html = staff.get(url("step_difference", nordic)).content.decode()
    assert "“GONE” is not known" in html


def test_the_pages_of_steps_ask_few_questions(staff, nordic, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        staff.get(url("change_steps", nordic))
    with django_assert_max_num_queries(25):
        staff.get(url("steps", nordic))


def test_resetting_is_said_first(staff, nordic):
    html = staff.get(url("reset", nordic)).content.decode()
    assert "Reset removes 4 lines, and forgets all steps." in html
    assert len(now_on_sheet(nordic)) == 4
    staff.post(url("reset", nordic))
    assert now_on_sheet(nordic) == []


@pytest.mark.parametrize(
    ("draft", "show", "names", "title"),
    [
        ("step=2&step=3", "gone", ["Nordisk Lys A/S", "Anna", "Jens"], "Change the steps"),
        ("step=1&step=2&step=3", "come", ["Ny"], "Refresh"),
    ],
)
def test_all_who_come_and_go_can_be_looked_at(staff, nordic, draft, show, names, title):
    ContactFactory(first_name="Ny", surname="Mand", country="DK")
    url_of_all = f"{url('step_difference', nordic)}?{draft}&seen={nordic.version}&show={show}"
    shown = staff.get(url_of_all.removesuffix(f"&show={show}")).content.decode()
    assert url_of_all.replace("&", "&amp;") in shown
    listed = staff.get(url_of_all)
    contacts = [sampled.contact for sampled in listed.context["sample"]]
    assert [contact.first_name or contact.name for contact in contacts] == names
    assert listed.context["title"] == title
    assert all(sampled.why for sampled in listed.context["sample"])
    assert now_on_sheet(nordic) == ["nordisk", "anna", "jens", "bo"]
