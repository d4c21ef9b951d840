"""Interactions from a file: all or nothing, and every bad cell by its name."""

import datetime
import io
import json
import tracemalloc
from decimal import Decimal
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from contacts.exports import export_rows, ordered
from contacts.exports.rows import USUAL
from contacts.imports.resource import all_columns
from contacts.models import Contact
from interactions.imports import LogResult, log_interactions
from interactions.models import Campaign, InteractionLogEntry
from tests.factories import CampaignFactory, ContactFactory

pytestmark = pytest.mark.django_db

DANISH = """Kontakt;Skabelon;Dato;Beskrivelse;Sælger;Kostpris;Varighed;Vurdering;Emne;Kampagne;\
Korrespondancetype;Informationsstrøm;Indledt af
CT000002;spring;12-3-2026;Besøg på messen;jo;1.234,50;45;very positive;Lamper;CP0001;email;\
inbound;them

CT000003;SPRING;2026-03-13;;;;;;;;;;
"""


def load(text: str, encoding: str = "utf-8", **kwargs) -> LogResult:
    return log_interactions(io.BytesIO(text.encode(encoding)), **kwargs)


def refused(text: str) -> list[tuple[int, str, str]]:
    result = load(text)
    assert result.entries == 0
    assert not InteractionLogEntry.objects.exists()
    return [(refusal.row, refusal.column, refusal.reason) for refusal in result.refused]


@pytest.fixture
def cast(anna, jens, spring, jonas):
    """Anna without a salesperson of her own, Jens with Jonas."""
    jens.salesperson = jonas
    jens.save()
    CampaignFactory.create(number="CP0001")


def test_a_danish_file_from_excel(cast, anna, jens, spring, jonas, nordisk, mette):
    assert load(DANISH, "cp1252", by=mette).entries == 2
    campaign = Campaign.objects.get(number="CP0001")
    visit = InteractionLogEntry.objects.get(contact=anna)
    assert (visit.date, visit.description) == (datetime.date(2026, 3, 12), "Besøg på messen")
    assert (visit.salesperson, visit.company, visit.user) == (jonas, nordisk, mette)
    assert (visit.cost, visit.duration) == (Decimal("1234.50"), 45)
    assert (visit.evaluation, visit.subject) == ("very_positive", "Lamper")
    assert (str(visit.campaign), visit.correspondence_type) == (str(campaign), "email")
    assert (visit.information_flow, visit.initiated_by) == ("inbound", "them")
    letter = InteractionLogEntry.objects.get(contact=jens)
    assert (letter.template, letter.group) == (spring, spring.group)
    assert (letter.description, letter.cost, letter.duration) == ("Spring catalogue", Decimal(8), 2)
    assert (letter.correspondence_type, letter.information_flow) == ("hard_copy", "outbound")
    assert (letter.initiated_by, letter.salesperson) == ("us", jonas)
    assert letter.logged_segment is None


def test_a_list_of_contacts_as_we_export_it(cast, anna, jonas):
    """What it says of the contact besides the number is left out."""
    anna.salesperson, anna.correspondence_type = jonas, "email"
    anna.save()
    for language in ("en", "da"):
        for names in (USUAL, sorted(all_columns())):
            rows = export_rows(Contact.objects.filter(pk=anna.pk), ordered(names), language)
            head, row = (";".join(cells) for cells in rows)
            text = f"{head};Template;Date\n{row};SPRING;2026-03-12\n"
            assert load(text).refused == []
    assert InteractionLogEntry.objects.filter(contact=anna).count() == 4
    [(_row, column, reason)] = refused_of_new("Nummer;Navn;Skabelonn\n")
    assert (column, reason) == ("Skabelonn", "The column is not known. Did you mean “template”?")


def refused_of_new(text: str) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.reason) for each in load(text).refused]


def test_a_dry_run_counts_and_writes_nothing(cast):
    assert load(DANISH, dry_run=True).entries == 2
    assert not InteractionLogEntry.objects.exists()


def test_what_happened_is_recorded_for_everyone(cast, anna, jens):
    anna.privacy_blocked, anna.active = True, False
    anna.save()
    assert load(DANISH).entries == 2


HEAD = (
    "contact,template,date,salesperson,cost,duration,evaluation,description,campaign,time,"
    "contact_via\n"
)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("CT999999,SPRING,2026-03-12,JO,,,,,", "contact", "no contact “CT999999”"),
        (",SPRING,2026-03-12,JO,,,,,", "contact", "empty"),
        ("CT000002,WINTER,2026-03-12,JO,,,,,", "template", "“WINTER” is not known"),
        ("CT000002,SPRING,2026-02-31,JO,,,,,", "date", "“2026-02-31” is not a date"),
        ("CT000002,SPRING,12/3/2026,JO,,,,,", "date", "Write 2026-12-31 or 31-12-2026"),
        ("CT000002,SPRING,,JO,,,,,", "date", "empty"),
        ("CT000002,SPRING,2026-03-12,XX,,,,,", "salesperson", "“XX” is not known"),
        ("CT000002,SPRING,2026-03-12,,,,,,", "salesperson", "must name one"),
        ("CT000002,SPRING,2026-03-12,JO,,,,,,25:00,", "time", "“25:00” is not a time"),
        ("CT000002,SPRING,2026-03-12,JO,,,,,,at 3,", "time", "Write 14:30"),
        (f"CT000002,SPRING,2026-03-12,JO,,,,,,,{'x' * 255}", "contact_via", "255 characters"),
        ("CT000002,SPRING,2026-03-12,JO,-1,,,,", "cost", "greater than or equal to 0"),
        ("CT000002,SPRING,2026-03-12,JO,free,,,,", "cost", "“free”"),
        ("CT000002,SPRING,2026-03-12,JO,1.234,,,,", "cost", "2 decimal places"),
        ("CT000002,SPRING,2026-03-12,JO,99999999999,,,,", "cost", "10 digits"),
        ("CT000002,SPRING,2026-03-12,JO,NaN,,,,", "cost", "“NaN”"),
        ("CT000002,SPRING,2026-03-12,JO,,1.5,,,", "duration", "whole number"),
        ("CT000002,SPRING,2026-03-12,JO,,99999999999,,,", "duration", "less than"),
        ("CT000002,SPRING,2026-03-12,JO,,,splendid,,", "evaluation", "“splendid” is not known"),
        (f"CT000002,SPRING,2026-03-12,JO,,,,{'x' * 151},", "description", "151 characters"),
        ("CT000002,SPRING,2026-03-12,JO,,,,,CP9", "campaign", "“CP9” is not known"),
        ("CT000002,SPRING,2026-03-12,JO,,,,,,,,,more", "", "13 cells"),
    ],
)
def test_each_bad_cell_is_named_and_nothing_is_written(cast, row, column, words):
    good = "CT000003,SPRING,2026-03-12,JO,,,,,\n"
    [(number, named, reason)] = refused(HEAD + good + row + "\n")
    assert (number, named) == (3, column)
    assert words in reason


def test_all_bad_cells_are_told_at_once(cast):
    rows = refused(HEAD + "X,Y,Z,,,,,,\nCT000002,SPRING,2026-01-01,JO,a,b,c,,\n")
    assert [(row, column) for row, column, _reason in rows] == [
        (2, "template"),
        (2, "date"),
        (3, "cost"),
        (3, "duration"),
        (3, "evaluation"),
        (2, "contact"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("contact,template\nCT000002,SPRING\n", "columns are missing: date"),
        ("contact,templte,date\n", "Did you mean “template”?"),
        ("date,template\n", "No column says whom a row is about"),
    ],
)
def test_a_wrong_header_is_told(cast, text, words):
    [(row, _column, reason)] = refused(text)
    assert row == 1
    assert words in reason


def test_a_file_in_utf_16_and_a_workbook_are_read_as_well(cast):
    assert log_interactions(io.BytesIO(DANISH.encode("utf-16")), dry_run=True).refused == []
    book = openpyxl.Workbook()
    for line in DANISH.splitlines():
        book.active.append(line.split(";"))
    file = io.BytesIO()
    book.save(file)
    again = log_interactions(file)
    assert (again.refused, again.entries) == (
        [],
        log_interactions(io.BytesIO(DANISH.encode())).entries,
    )


def peak(rows: int) -> int:
    """The most memory, in bytes, that a file of so many rows takes."""
    row = "CT000003,SPRING,2026-03-12,JO,8.50,2,positive,A letter,CP0001\n"
    file = io.BytesIO((HEAD + row * rows).encode())
    tracemalloc.start()
    assert log_interactions(file).entries == rows
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_longer_file_takes_no_more_memory(cast):
    peak(1)
    assert peak(2500) < 1.5 * peak(1000)
    assert InteractionLogEntry.objects.count() == 3501


def test_the_database_is_asked_once_for_each_chunk(cast, django_assert_max_num_queries):
    row = "CT000003,SPRING,2026-03-12,JO,8.50,2,positive,A letter,CP0001\n"
    with django_assert_max_num_queries(60):
        assert load(HEAD + row * 2000).entries == 2000


def test_a_late_refusal_takes_everything_back(cast):
    row = "CT000003,SPRING,2026-03-12,JO,,,,,\n"
    rows = refused(HEAD + row * 2500 + "CT000003,SPRING,soon,JO,,,,,\n")
    assert [(number, column) for number, column, _reason in rows] == [(2502, "date")]


@pytest.fixture
def danish_file(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(DANISH, encoding="utf-8")
    return path


def test_the_command_tells_programs_and_people(cast, danish_file):
    out = StringIO()
    call_command("log_interactions", danish_file, "--json", "--dry-run", stdout=out)
    assert json.loads(out.getvalue()) == {"entries": 2}
    assert not InteractionLogEntry.objects.exists()
    out = StringIO()
    call_command("log_interactions", danish_file, "--dry-run", stdout=out)
    assert out.getvalue() == "Would log 2 interactions.\n"
    out = StringIO()
    call_command("log_interactions", danish_file, stdout=out)
    assert out.getvalue() == "2 interactions were logged.\n"
    assert InteractionLogEntry.objects.count() == 2


def test_a_file_for_refused_rows_that_cannot_be_written_is_named(cast, tmp_path):
    bad, nowhere = tmp_path / "bad.csv", tmp_path / "nowhere" / "refused.csv"
    bad.write_text("contact,template,date\nCT999999,SPRING,2026-03-12\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"nowhere/refused.csv cannot be written: No such file"):
        call_command("log_interactions", bad, "--errors", nowhere)


def test_the_command_refuses_with_one_line(cast, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("contact;template;date\nX;SPRING;2026-01-01\n")
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("log_interactions", path, "--json", stdout=out)
    assert "\n" not in str(refusal.value)
    assert "Row 2, contact: There is no contact “X”." in str(refusal.value)
    assert json.loads(out.getvalue())["refused"][0]["column"] == "contact"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("log_interactions", tmp_path / "none.csv")


def test_contacts_are_asked_for_by_chunk(cast):
    numbers = [ContactFactory.create().number for _ in range(5)]
    rows = "".join(f"{number},SPRING,2026-03-12,JO,,,,,\n" for number in numbers)
    assert load(HEAD + rows).entries == 5


@pytest.mark.parametrize(
    ("time", "kept"),
    [
        ("14:30", datetime.time(14, 30)),
        ("9.05", datetime.time(9, 5)),
        ("09:05:30", datetime.time(9, 5, 30)),
        ("", None),
    ],
)
def test_when_and_by_what_number(cast, time, kept):
    head = "Kontakt;Skabelon;Dato;Klokkeslæt;Kontakt via\n"
    assert load(f"{head}CT000003;SPRING;2026-03-12;{time};'+45 20 30 40 50\n").refused == []
    call = InteractionLogEntry.objects.get()
    assert (call.time, call.contact_via) == (kept, "+45 20 30 40 50")
