"""Lines go into a file, or their contacts into a mailing group."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from contacts.models import ContactMailingGroup, MailingGroup
from segments_app import operations
from segments_app.exports import export_lines
from segments_app.shown import Shown
from tests.factories import ContactFactory
from tests.segments_app.conftest import add, line_of
from tests.segments_app.views.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(segment, cast):
    add(segment, "country=DK")
    operations.change_line(
        line_of(segment, cast.anna), by=None, cost="1234.5", comment='=HYPERLINK("x")'
    )
    return segment


def fetch(staff, segment, query: str = "", **form) -> bytes:
    asked = {"kind": "comma", "columns": ["name"], "line_columns": ["cost", "comment"]} | form
    return staff.post(reverse("segments:export", args=[segment.number]) + query, asked).getvalue()


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_file_has_the_contact_and_what_holds_for_the_line(staff, sheet):
    headings, *rows = read(fetch(staff, sheet))
    assert headings == ["Number", "Name", "May not be selected", "Cost (line)", "Comment (line)"]
    assert [row[1] for row in rows] == ["Nordisk Lys A/S", "Anna Sørensen", "Jens Østergaard"]
    assert [row[3] for row in rows] == ["8.00", "1234.50", "8.00"]


def test_what_only_a_line_says_is_exported_too(staff, sheet, cast):
    operations.change_line(line_of(sheet, cast.jens), by=None, contact_via="+45 33 12 34 56")
    headings, *rows = read(fetch(staff, sheet, columns=[], line_columns=["contact_via"]))
    assert "Contact via (line)" in headings
    assert [row[-1] for row in rows] == ["", "", "'+45 33 12 34 56"]


def test_no_cell_is_run_as_a_formula(staff, sheet):
    assert read(fetch(staff, sheet))[2][4] == '\'=HYPERLINK("x")'
    book = openpyxl.load_workbook(io.BytesIO(fetch(staff, sheet, kind="xlsx")))
    cell = book.active.cell(3, 5)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_a_workbook_can_add_up_what_is_a_number(staff, sheet):
    data = fetch(staff, sheet, kind="xlsx", columns=["postal_code"], line_columns=["cost"])
    cells = openpyxl.load_workbook(io.BytesIO(data)).active[3]
    assert [(cell.value, cell.data_type) for cell in cells[-2:]] == [(None, "n"), (1234.5, "n")]
    assert cells[-1].number_format == "0.00"


def test_numbers_are_written_as_danes_write_them(sheet):
    rows = list(export_lines(Shown().in_order(sheet), ["name"], ["cost", "duration"], "da"))
    assert rows[2][-2:] == ["1234,50", "2"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?changed=cost", ["Anna Sørensen"]),
        ("?q=jens", ["Jens Østergaard"]),
        ("?sort=-contact", ["Nordisk Lys A/S", "Jens Østergaard", "Anna Sørensen"]),
    ],
)
def test_the_lines_of_the_page_are_the_lines_of_the_file(staff, sheet, query, names):
    assert [row[1] for row in read(fetch(staff, sheet, query))[1:]] == names


def test_ticked_lines_alone_or_all_that_are_shown(staff, sheet, cast):
    key = line_of(sheet, cast.anna).pk
    assert len(read(fetch(staff, sheet, f"?line={key}"))) == 2
    assert len(read(fetch(staff, sheet, f"?line={key}&all=on"))) == 4


def test_the_columns_are_remembered(staff, sheet):
    fetch(staff, sheet, line_columns=["duration"])
    page = staff.get(reverse("segments:export", args=[sheet.number]))
    assert page.context["form"].initial["line_columns"] == ["duration"]


def test_a_file_asks_the_database_the_same_for_3_lines_and_for_30(
    sheet, django_assert_max_num_queries
):
    def export() -> int:
        lines = Shown().in_order(sheet)
        return len(list(export_lines(lines, ["name", "mailing_groups"], ["template"], "en")))

    with django_assert_max_num_queries(8) as few:
        assert export() == 4
    ContactFactory.create_batch(27, city="Odense")
    add(sheet, "city=Odense")
    with django_assert_max_num_queries(len(few)):
        assert export() == 31


def test_all_contacts_go_into_a_mailing_group_each_once(staff, sheet, cast):
    """R54: who is in it already stays, and it is told before how many are new."""
    group = MailingGroup.objects.get(code="VIP")
    url = reverse("segments:mailing_group", args=[sheet.number])
    page = staff.get(url, {"group": group.pk}).text
    assert "2 contacts are new" in " ".join(page.split())
    assert "1 is in it already" in " ".join(page.split())
    page = staff.post(url, {"group": group.pk}, follow=True)
    assert said(page) == "Put 2 contacts into VIP customers. 1 were in it already."
    members = set(ContactMailingGroup.objects.values_list("contact", flat=True))
    assert members == {cast.anna.pk, cast.bo.pk, cast.nordisk.pk, cast.jens.pk}


def test_everyone_else_can_be_taken_out_first(staff, sheet, cast):
    """R54: delete old assignments."""
    group = MailingGroup.objects.get(code="VIP")
    url = reverse("segments:mailing_group", args=[sheet.number])
    asked = {"group": group.pk, "alone": "on"}
    assert "1 leaves it" in " ".join(staff.get(url, asked).text.split())
    assert "1 left it." in said(staff.post(url, asked, follow=True))
    assert not cast.bo.mailing_groups.exists()
    assert cast.anna.mailing_groups.exists()


@pytest.mark.parametrize("group", ["", "999999", "x"])
def test_an_unknown_mailing_group_changes_nothing(staff, sheet, group):
    url = reverse("segments:mailing_group", args=[sheet.number])
    before = ContactMailingGroup.objects.count()
    assert staff.post(url, {"group": group}).status_code == 200
    assert ContactMailingGroup.objects.count() == before


def test_a_reader_exports_and_puts_nobody_into_a_group(reader, sheet):
    assert len(read(fetch(reader, sheet))) == 4
    assert reader.get(reverse("segments:mailing_group", args=[sheet.number])).status_code == 403
