"""The table of lines: Mette edits cells where they stand, sorts, narrows, and chooses columns."""

import pytest
from django.urls import reverse

from segments_app import operations
from segments_app.columns import COLUMNS
from segments_app.models.line import EDITED
from tests.factories import CampaignFactory, ContactFactory
from tests.segments_app.conftest import add, line_of
from tests.segments_app.views.conftest import marked

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def anna(segment, cast, greetings):
    add(segment, "country=DK")
    return line_of(segment, cast.anna)


def cell_url(line, name: str) -> str:
    return reverse("segments:field", args=[line.segment.number, line.pk, name])


def shown(staff, segment, query: str = "") -> list[str]:
    page = staff.get(f"{segment.get_absolute_url()}?{query}")
    return [row.line.contact.name.split()[0].lower() for row in page.context["page_obj"]]


def test_a_cell_is_edited_where_it_stands(staff, anna):
    field = staff.get(cell_url(anna, "cost"), headers=HTMX).text
    assert 'name="cost"' in field
    assert 'placeholder="8.00"' in field
    row = staff.post(cell_url(anna, "cost"), {"cost": "12.50", "place": "7"}, headers=HTMX).text
    assert "12.50" in row
    assert "The header says: 8.00" in row
    assert ">7<" in row
    anna.refresh_from_db()
    assert anna.own_fields == ["cost"]


@pytest.mark.parametrize("name", EDITED)
def test_every_field_can_be_edited_in_its_cell(staff, anna, name):
    assert f'name="{name}"' in staff.get(cell_url(anna, name), headers=HTMX).text


def test_delete_puts_a_cell_back(staff, anna):
    operations.change_line(anna, by=None, cost=12, comment="Hello")
    for name, said in (("cost", "the header says"), ("comment", "Emptied")):
        response = staff.post(cell_url(anna, name), {"inherit": "on"}, headers=HTMX)
        assert said in response["HX-Trigger"]
    anna.refresh_from_db()
    assert (anna.cost, anna.comment) == (None, "")


@pytest.mark.parametrize("name", ["cost", "comment"])
def test_a_cell_is_not_put_back_over_marias_head(staff, anna, maria, name):
    row = staff.get(anna.segment.get_absolute_url()).text
    seen = {"inherit": "on", "seen": str(anna.segment.version)}
    assert f'data-seen="{anna.segment.version}"' in row
    operations.change_line(anna, by=maria, cost=9, comment="Call her first")
    response = staff.post(cell_url(anna, name), seen, headers=HTMX)
    assert "Changed 1 line: cost, comment" in response.text
    assert response["HX-Retarget"] == "main"
    anna.refresh_from_db()
    assert (anna.cost, anna.comment) == (9, "Call her first")


def test_a_cell_is_saved_whatever_maria_did_elsewhere(staff, anna, cast, maria):
    seen = marked(staff.get(cell_url(anna, "cost"), headers=HTMX))
    operations.change_line(anna, by=maria, comment="Call her first")
    add(anna.segment, "country=SE")
    staff.post(cell_url(anna, "cost"), {"cost": "12", "seen": seen}, headers=HTMX)
    anna.refresh_from_db()
    assert (anna.cost, anna.comment) == (12, "Call her first")


@pytest.mark.parametrize(("name", "value"), [("cost", "12"), ("contact_via", "a@b.example")])
def test_the_facts_are_counted_anew_after_what_they_depend_on(staff, anna, name, value):
    response = staff.post(cell_url(anna, name), {name: value}, headers=HTMX)
    assert response["HX-Trigger"] == '{"counted-anew": {}}'
    response = staff.post(cell_url(anna, name), {"inherit": "on"}, headers=HTMX)
    assert "counted-anew" in response["HX-Trigger"]


def test_the_facts_are_not_counted_anew_after_a_comment_or_a_refusal(staff, anna):
    for name, value in (("comment", "Call her"), ("cost", "-1")):
        response = staff.post(cell_url(anna, name), {name: value}, headers=HTMX)
        assert "HX-Trigger" not in response


def test_esc_shows_the_cell_again(staff, anna):
    cell = staff.get(cell_url(anna, "cost"), {"leave": ""}, headers=HTMX).text
    assert "8.00" in cell
    assert "<form" not in cell


def test_a_wrong_value_is_told_in_the_cell(staff, anna):
    row = staff.post(cell_url(anna, "cost"), {"cost": "-1"}, headers=HTMX).text
    assert "greater than or equal to 0" in row
    assert 'value="-1"' in row
    anna.refresh_from_db()
    assert anna.cost is None


def test_what_jonas_wrote_meanwhile_is_told_once(staff, anna):
    operations.change_line(anna, by=None, cost="9")
    typed = {"cost": "12", "initial-cost": ""}
    row = staff.post(cell_url(anna, "cost"), typed, headers=HTMX).text
    assert "Somebody changed this meanwhile" in row
    anna.refresh_from_db()
    assert anna.cost == 9
    staff.post(cell_url(anna, "cost"), {"cost": "12", "initial-cost": "9.00"}, headers=HTMX)
    anna.refresh_from_db()
    assert anna.cost == 12


def test_without_javascript_the_cell_leads_to_the_line(staff, anna):
    response = staff.get(cell_url(anna, "cost"))
    assert response.url.endswith(f"/lines/{anna.pk}/#id_cost")


def test_a_line_that_is_gone_lets_the_page_load_anew(staff, anna):
    operations.remove_by_hand(anna.segment, anna.segment.sheet(), by=None)
    response = staff.post(cell_url(anna, "cost"), {"cost": "9"}, headers=HTMX)
    assert response["HX-Refresh"] == "true"
    assert "The line is gone" in staff.get(anna.segment.get_absolute_url()).text


@pytest.mark.parametrize("name", ["contact", "segment", "nope", "document"])
def test_what_is_no_field_of_a_line_is_not_found(staff, anna, name):
    assert staff.get(cell_url(anna, name), headers=HTMX).status_code == 404


def test_a_reader_has_no_cells_to_edit(reader, anna):
    table = reader.get(anna.segment.get_absolute_url()).text.split("<tbody>")[1]
    assert "hx-get" not in table.split("</tbody>")[0]
    assert reader.post(cell_url(anna, "cost"), {"cost": "9"}, headers=HTMX).status_code == 403


@pytest.mark.parametrize("name", ["contact", *COLUMNS])
def test_every_column_sorts_up_and_down(staff, anna, cast, name):
    fair = CampaignFactory(number="TC9")
    operations.change_line(anna, by=None, campaign=fair, evaluation="neutral", comment="x")
    segment = anna.segment
    staff.post(reverse("segments:choose_columns", args=[segment.number]), {"column": list(COLUMNS)})
    up, down = shown(staff, segment, f"sort={name}"), shown(staff, segment, f"sort=-{name}")
    assert sorted(up) == sorted(down) == ["anna", "jens", "nordisk"]


def test_sorting_puts_in_order_and_what_has_nothing_comes_last(staff, anna, cast):
    segment = anna.segment
    assert shown(staff, segment, "sort=-contact") == ["nordisk", "jens", "anna"]
    operations.change_line(anna, by=None, campaign=CampaignFactory(number="TC2"))
    operations.change_line(
        line_of(segment, cast.jens), by=None, campaign=CampaignFactory(number="TC1")
    )
    assert shown(staff, segment, "sort=campaign") == ["jens", "anna", "nordisk"]
    assert shown(staff, segment, "sort=-campaign") == ["anna", "jens", "nordisk"]
    assert shown(staff, segment, "sort=nonsense") == ["nordisk", "anna", "jens"]


def test_search_problem_and_change_narrow_together(staff, anna, cast):
    segment = anna.segment
    operations.change_line(anna, by=None, cost=9)
    assert shown(staff, segment, "changed=cost") == ["anna"]
    assert shown(staff, segment, "changed=cost&q=jens") == []
    assert shown(staff, segment, "changed=subject") == []
    cast.jens.privacy_blocked = True
    cast.jens.save()
    assert shown(staff, segment, "problem=unselectable") == ["jens"]
    assert shown(staff, segment, "problem=unselectable&changed=any") == []


def test_mettes_columns_hold_in_every_segment(staff, anna):
    url = reverse("segments:choose_columns", args=[anna.segment.number])
    response = staff.post(f"{url}?q=anna", {"column": ["contact_email", "duration", "nonsense"]})
    assert response.url.endswith("?q=anna")
    page = staff.get(anna.segment.get_absolute_url())
    assert [each["column"].name for each in page.context["columns"]["shown"]] == [
        "duration",
        "contact_email",
    ]
    assert "anna@nordisk.example" in page.text
    staff.post(url, {"usual": ""})
    assert "anna@nordisk.example" not in staff.get(anna.segment.get_absolute_url()).text


def test_a_change_that_no_column_shows_is_flagged(staff, anna):
    operations.change_line(anna, by=None, subject="Mine")
    assert 'title="subject"' in staff.get(anna.segment.get_absolute_url()).text


def test_htmx_gets_the_table_alone_and_the_back_button_the_page(staff, anna):
    url = anna.segment.get_absolute_url()
    part = staff.get(url, headers={**HTMX, "HX-Target": "lines"}).text
    assert "<html" not in part
    back = {**HTMX, "HX-Target": "lines", "HX-History-Restore-Request": "true"}
    assert "<html" in staff.get(url, headers=back).text


def test_all_columns_ask_the_database_the_same_for_3_lines_and_for_50(
    staff, anna, django_assert_max_num_queries
):
    segment = anna.segment
    staff.post(reverse("segments:choose_columns", args=[segment.number]), {"column": list(COLUMNS)})
    with django_assert_max_num_queries(20) as few:
        staff.get(segment.get_absolute_url())
    ContactFactory.create_batch(49, city="Odense")
    add(segment, "city=Odense")
    with django_assert_max_num_queries(len(few)):
        staff.get(segment.get_absolute_url())


def test_a_line_keeps_its_number_however_the_sheet_is_sorted_and_narrowed(staff, segment, anna):
    def numbers(asked: str) -> list[int]:
        lines = staff.get(segment.get_absolute_url() + f"?{asked}").context["page_obj"]
        return [row.place for row in lines]

    assert numbers("") == [1, 2, 3]
    assert numbers("sort=-contact") == [1, 3, 2]
    assert numbers("q=Jens") == [3]
    assert numbers("q=Nobody") == []
