"""Stories of import files: good ones, twice the same one, and each way to be refused."""

import datetime
import io
import json
import tracemalloc
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.imports import ImportResult, Options, Outcome, import_contacts
from contacts.models import (
    BusinessRelation,
    Consent,
    Contact,
    ContactMailingGroup,
    JobResponsibility,
    NumberSeries,
)
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    IndustryGroupFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SalutationFactory,
)

pytestmark = pytest.mark.django_db


def load(text: str | bytes, encoding: str = "utf-8", **kwargs) -> ImportResult:
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return import_contacts(io.BytesIO(data), **kwargs)


def outcomes(text: str | bytes, **kwargs) -> list[Outcome]:
    """What became of each row."""
    told: list[Outcome] = []
    load(text, journal=told.extend, **kwargs)
    return told


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, result.refused_rows


CLEAR = Options(empty="clear")
GOOD = Options(rows="good")


@pytest.fixture
def codes():
    SalespersonFactory.create(code="MH", name="Mette Holm")
    SalutationFactory.create(code="WOMEN")
    MailingGroupFactory.create(code="VIP")
    MailingGroupFactory.create(code="NEWS")
    IndustryGroupFactory.create(code="RETAIL")


DANISH = """Nummer;Type;Navn;Fornavn;Efternavn;Virksomhed;Adresse;Postnr.;By;Land;E-mail;Sprog;\
Sælger;Korrespondancetype;Mailgrupper;Branche;Udelad fra målgruppe
CT000777;virksomhed;Nordisk Lys A/S;;;;Havnegade 1;0800;Høje Taastrup;Danmark;info@lys.example;da;\
MH;papir;VIP;RETAIL;nej
;person;;Anna;Sørensen;Nordisk Lys A/S;Havnegade 1;0800;Høje Taastrup;DK;anna@lys.example;da;\
MH;e-mail;VIP|NEWS;;ja
"""


def test_a_danish_file_from_excel(codes):
    result = load(DANISH, "cp1252", by=None)
    assert counts(result) == (2, 0, 0, 0)
    nordisk = Contact.objects.get(number="CT000777")
    anna = Contact.objects.get(email="anna@lys.example")
    assert nordisk.company == nordisk
    assert (nordisk.type, nordisk.postal_code, nordisk.country) == ("company", "0800", "DK")
    assert list(nordisk.industry_groups.values_list("code", flat=True)) == ["RETAIL"]
    assert (anna.name, anna.company, anna.company_name) == (
        "Anna Sørensen",
        nordisk,
        "Nordisk Lys A/S",
    )
    assert anna.excluded
    assert anna.correspondence_type == "email"
    assert str(anna.salesperson) == "Mette Holm (MH)"
    assert set(anna.mailing_groups.values_list("code", flat=True)) == {"VIP", "NEWS"}
    assert list(Contact.objects.search("sorensen taastrup")) == [anna]


def test_the_same_file_twice_changes_nothing(codes):
    load(DANISH)
    before = list(Contact.objects.order_by("pk").values())
    assert counts(load(DANISH)) == (0, 0, 2, 0)
    assert list(Contact.objects.order_by("pk").values()) == before
    assert ContactMailingGroup.objects.count() == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters_are_found_out(encoding, delimiter):
    text = f'name{delimiter}city\n"Bjørn, Ås; & Søn"{delimiter}Ærø\n'
    assert counts(load(text, encoding)) == (1, 0, 0, 0)
    contact = Contact.objects.get()
    assert (contact.name, contact.city) == ("Bjørn, Ås; & Søn", "Ærø")
    assert contact.is_company


def test_only_columns_of_the_file_change_and_an_empty_cell_empties():
    ContactFactory.create(
        number="CT9", first_name="Jens", surname="Holm", city="Aarhus", phone="11"
    )
    (outcome,) = outcomes("number,phone,city\nCT9,,Odense\n", options=CLEAR)
    jens = Contact.objects.get()
    assert (jens.name, jens.city, jens.phone, jens.address) == (
        "Jens Holm",
        "Odense",
        "",
        "Havnegade 1",
    )
    assert [(change.field, change.old, change.new) for change in outcome.changes] == [
        ("city", "Aarhus", "Odense"),
        ("phone", "11", ""),
    ]


def test_rows_find_their_contact_by_number_then_external_id_then_email():
    ContactFactory.create(number="CT1", external_id="a", email="x@e.example", job_title="0")
    ContactFactory.create(number="CT2", external_id="b", email="Y@e.example", job_title="0")
    ContactFactory.create(number="CT3", external_id="", email="z@e.example", job_title="0")
    result = load(
        "number,external_id,email,job_title,first_name\n"
        "CT1,a,x@e.example,1,One\n"
        ",b,y@e.example,2,Two\n"
        ",c,Z@e.example,3,Three\n"
        ",d,y@e.example,4,Shares the address of Two\n"
    )
    assert counts(result) == (1, 3, 0, 0)
    titles = dict(Contact.objects.values_list("external_id", "job_title"))
    assert titles == {"a": "1", "b": "2", "c": "3", "d": "4"}


def test_new_contacts_get_numbers_that_nobody_has():
    series = NumberSeries.objects.get(pk="contacts")
    ContactFactory.create(number=series.format(series.last + 1))
    taken = series.format(series.last + 2)
    load(f"number,name\n{taken},Taken\n,First\n,Second\n")
    numbers = dict(Contact.objects.values_list("name", "number"))
    assert numbers["First"] == series.format(series.last + 3)
    assert numbers["Second"] == series.format(series.last + 4)


def test_marks_that_cannot_be_seen_do_not_come_in():
    load("first_name,surname,notes\n\u202eAnna,Ho\u200blm,\ufeffLikes tea\n")
    anna = Contact.objects.get()
    assert (anna.first_name, anna.surname, anna.notes) == ("Anna", "Holm", "Likes tea")


def test_full_names_are_divided_and_stay_so():
    text = "number,type,name\nP1,person,Karen Marie Holm\nP2,person,Plato\n"
    assert counts(load(text)) == (2, 0, 0, 0)
    karen = Contact.objects.get(number="P1")
    assert (karen.first_name, karen.middle_name, karen.surname) == ("Karen", "Marie", "Holm")
    assert Contact.objects.get(number="P2").surname == "Plato"
    assert counts(load(text)) == (0, 0, 2, 0)


def test_a_company_of_an_earlier_row_is_told_and_counted_as_it_will_be_done():
    ContactFactory.create(number="P1", first_name="Anna", surname="Holm")
    text = "number,type,name,company\nC1,company,Lys,\nP1,,,Lys\n"
    _company, anna = outcomes(text, dry_run=True)
    assert [(change.field, change.old, change.new) for change in anna.changes] == [
        ("company", "", "Lys")
    ]
    assert counts(load(text)) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("columns", "cells", "reason"),
    [
        ("minor,privacy_blocked", "yes,no", "stays privacy blocked"),
        ("job_responsibilities", "BUY", ""),
        ("business_relations", "CUST", "belong to companies"),
        ("consent_email_date", "2026-01-31", "not whether the contact consents"),
        ("consent_email,consent_email_date", "yes,31-02-2026", "not a date"),
        ("consent_email,consent_email_date", "yes,2999-01-01", "in the future"),
        ("phone,country", "12,DK", "too short"),
        ("vat_number,country", "1234,DK", "is no VAT number"),
        ("vat_number", "1.23457E+07", "shortened"),
        ("city", "#N/A", "error #N/A"),
    ],
)
def test_the_rules_of_the_form_hold_for_a_person(columns, cells, reason):
    JobResponsibility.objects.create(code="BUY")
    BusinessRelation.objects.create(code="CUST")
    result = load(f"first_name,{columns}\nAnna,{cells}\n")
    assert (result.created == 0) == bool(reason)
    assert reason in (result.refused[0].reason if result.refused else "")


def test_texts_are_kept_as_the_form_keeps_them():
    load("name,postal_code,country,vat_number\nLys  og\tlygter,sw1a  1aa,GB,gb 123 4567 89\n")
    lys = Contact.objects.get()
    assert (lys.name, lys.postal_code) == ("Lys og lygter", "SW1A 1AA")
    assert lys.vat_number == "GB 123 4567 89"


def test_minors_are_blocked_and_consents_dated():
    load("first_name,minor,consent_email,consent_email_source\nEmil,ja,nej,opkald\n")
    emil = Contact.objects.get()
    assert emil.privacy_blocked
    (consent,) = emil.consents.all()
    assert (consent.given, consent.source, consent.date) == (False, "opkald", timezone.localdate())


def test_the_good_rows_alone_are_imported_where_that_is_asked():
    result = load("name,email\nGood,good@x.dk\nBad,bad\n", options=GOOD)
    assert (result.is_written, counts(result)) == (True, (1, 0, 0, 1))
    assert Contact.objects.get().name == "Good"


@pytest.mark.parametrize(
    ("match", "found"), [("number", "One"), ("external_id", "Two"), ("email", "Three")]
)
def test_rows_find_their_contact_by_what_is_chosen(match, found):
    ContactFactory.create(number="CT1", first_name="One", surname="")
    ContactFactory.create(number="CT2", external_id="b", first_name="Two", surname="")
    ContactFactory.create(number="CT3", email="y@e.example", first_name="Three", surname="")
    columns = {"number": "CT1", "external_id": "b", "email": "Y@e.example"}
    text = f"{match},city\n{columns[match]},Ribe\n"
    (outcome,) = outcomes(text, options=Options(match=match))
    assert (outcome.act, outcome.name) == ("updated", found)


def workbook(*rows) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active["B2"].number_format = "0000"
    file = io.BytesIO()
    book.save(file)
    return file


def test_numbers_and_dates_of_a_workbook_become_the_right_texts():
    day = datetime.datetime(2026, 3, 1)
    file = workbook(
        ["Navn", "Postnr", "Land", "Eksternt id", "Consent to e-mail", "Consent to e-mail: date"],
        ["Lys", 800, "DK", 4711.0, True, day],
        [],
        ["Weber", 900, "DK", 12345678901, "nej", "02-03-2026"],
    )
    assert counts(import_contacts(file)) == (2, 0, 0, 0)
    rows = Contact.objects.order_by("name").values_list("postal_code", "external_id")
    assert list(rows) == [("0800", "4711"), ("0900", "12345678901")]
    dates = Consent.objects.order_by("date").values_list("given", "date")
    assert list(dates) == [(True, day.date()), (False, datetime.date(2026, 3, 2))]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(settings):
    settings.MAX_IMPORT_UNPACKED = 1000
    assert "when it is unpacked" in import_contacts(workbook(["name"], ["A"])).refused[0].reason


def test_memory_does_not_grow_with_the_file():
    def peak(rows: int) -> int:
        text = "name,email\n" + "".join(f"C{n},c{n}@x.dk\n" for n in range(rows))
        tracemalloc.start()
        load(text, dry_run=True)
        most = tracemalloc.get_traced_memory()[1] - 2 * len(text)
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(12_000) < 1.5 * peak(3_000)


def test_the_command_takes_a_mapping_and_writes_refused_rows(tmp_path):
    file, errors = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text("Kunde;Farve;email\nLys;rød;a@x.dk\nWeber;blå;bad\n")
    options = ["--map", "Kunde=name", "--map", "Farve=", "--errors", str(errors)]
    with pytest.raises(CommandError, match="1 created, 0 updated, 1 refusal"):
        call_command("import_contacts", str(file), *options, "--good-rows")
    assert Contact.objects.get().name == "Lys"
    assert "Weber;blå;bad;email: “bad”" in errors.read_text("utf-8-sig")
    with pytest.raises(CommandError, match="no column “Kunden”"):
        call_command("import_contacts", str(file), "--map", "Kunden=name")


def test_persons_follow_the_new_name_of_their_company():
    nordisk = CompanyFactory.create(number="C1", name="Nordisk")
    anna = ContactFactory.create(number="P1", first_name="Anna", surname="Holm", company=nordisk)
    assert counts(load("number,name,city\nC1,Nordisk Lys,Odense\nP1,,Ribe\n")) == (0, 2, 0, 0)
    anna.refresh_from_db()
    assert (anna.company_name, anna.city) == ("Nordisk Lys", "Ribe")
    assert list(Contact.objects.search("lys anna")) == [anna]


def test_a_dry_run_counts_and_writes_nothing(codes):
    assert counts(load(DANISH, dry_run=True)) == (2, 0, 0, 0)
    assert not Contact.objects.exists()
    assert NumberSeries.objects.get(pk="contacts").last == 0


def test_many_rows_go_in_chunks(codes):
    rows = "".join(f"C{n},company,Company {n},,VIP\n" for n in range(1200))
    rows += "".join(f"P{n},person,Per Nr{n},Company {n},NEWS\n" for n in range(1200))
    text = f"number,type,name,company,mailing_groups\n{rows}"
    assert counts(load(text)) == (2400, 0, 0, 0)
    assert Contact.objects.get(number="P1199").company == Contact.objects.get(number="C1199")
    assert counts(load(text)) == (0, 0, 2400, 0)


HEADER_REFUSALS: list[tuple[str | bytes, int, str, str]] = [
    (b"", 1, "", "The file is empty."),
    (b"\n\n", 1, "", "The file is empty."),
    ("nam,city\nAnna,Ribe\n", 1, "nam", "Did you mean “name”?"),
    ("name,shoe size\nAnna,38\n", 1, "shoe size", "not known"),
    ("name,Navn\nAnna,Anna\n", 1, "Navn", "twice"),
    ("city,phone\nRibe,1\n", 1, "", "No column says whom a row is about"),
    ("name,,city\nAnna,1,Ribe\n", 1, "", "A column has no name."),
    (b"name\nAnna\0\n", 2, "", "NUL byte"),
    (b"PK\x03\x04name", 1, "", "no Excel workbook"),
    (b"name\nS\x81ren\n", 2, "name", "control character"),
    ("name,\nAnna,1\n", 2, "", "2 cells, the header 1"),
]

ROW_REFUSALS: list[tuple[str | bytes, int, str, str]] = [
    ("name,email\nAnna,anna(at)x\n", 2, "email", "“anna(at)x”: Enter a valid email address."),
    ("name,country\nAnna,Denmarkk\n", 2, "country", "“Denmarkk” is not a country."),
    ("name,Sprog\nAnna,tlh\n", 2, "Sprog", "“tlh” is not known."),
    ("name,salesperson\nAnna,QQ\n", 2, "salesperson", "“QQ” is not known."),
    ("name,salutation\nAnna,QQ\n", 2, "salutation", "“QQ” is not known."),
    ("name,mailing_groups\nAnna,VIP|NOPE\n", 2, "mailing_groups", "“NOPE” is not known."),
    ("name,industry_groups\nAnna,NOPE\n", 2, "industry_groups", "“NOPE” is not known."),
    ("name,type\nAnna,robot\n", 2, "type", "“robot” is not known."),
    ("name,excluded\nAnna,maybe\n", 2, "excluded", "neither yes nor no"),
    ("name,city\nAnna," + "x" * 81 + "\n", 2, "city", "81 characters; there is room for 80"),
    ("name,city\nOne,Ribe\n\nAnna,Ri\x07be\n", 4, "city", "control character"),
    ('name,city\nAnna,"Ri\nbe"\n', 2, "city", "line break"),
    ("name,city\nAnna,Ribe,8000\n", 2, "", "3 cells, the header 2"),
    ("first_name,company\nAnna,Nowhere\n", 2, "company", "no company “Nowhere”"),
    ("first_name,company\nAnna,Twin\n", 2, "company", "2 companies are called “Twin”"),
    ("type,name,company\nperson,Anna,Late\ncompany,Late,\n", 2, "company", "no company “Late”"),
    ("type,name,company\ncompany,New,Twin\n", 2, "company", "belongs to no other company"),
    ("number,name\nX1,One\nX1,Two\n", 3, "number", "Row 2 is about the same contact."),
    ("external_id,name\n1,One\n1,Two\n", 3, "external_id", "Row 2"),
    ("email,name\na@x.dk,One\nA@x.dk,Two\n", 3, "email", "Row 2"),
    ("number,email,name\nT1,,One\n,t@x.dk,Two\n", 3, "", "Row 2 is about the same contact."),
    ("email,phone\nshared@x.dk,1\n", 2, "email", "2 contacts have it."),
    ("number,city\nNEW1,Ribe\n", 2, "name", "A contact needs a name."),
    ("number,type\nT1,company\n", 2, "type", "does not change by import"),
    ("type,name,first_name\ncompany,New,Anna\n", 2, "first_name", "A company has no such name"),
    ("type,name,industry_groups\nperson,Anna,RETAIL\n", 2, "industry_groups", "companies"),
    ("name,home_page\nNew,not a page\n", 2, "home_page", "Enter a valid URL."),
]


@pytest.fixture
def known(codes):
    CompanyFactory.create(number="C1", name="Twin")
    CompanyFactory.create(number="C2", name="Twin")
    ContactFactory.create(number="T1", email="t@x.dk", first_name="Tea", surname="Lund")
    ContactFactory.create(number="T2", email="shared@x.dk")
    ContactFactory.create(number="T3", email="shared@x.dk")


@pytest.mark.parametrize(("file", "row", "column", "reason"), HEADER_REFUSALS + ROW_REFUSALS)
def test_a_refusal_names_row_column_and_reason_and_nothing_is_written(
    known, file, row, column, reason
):
    before = list(Contact.objects.order_by("pk").values())
    result = load(file)
    refusal = result.refused[0]
    assert (refusal.row, refusal.column) == (row, column)
    assert reason in refusal.reason
    assert list(Contact.objects.order_by("pk").values()) == before
    assert NumberSeries.objects.get(pk="contacts").last == 0


def test_one_bad_row_keeps_all_good_rows_out():
    result = load("name,email\nGood,good@x.dk\nBad,bad\nWorse,worse\n")
    assert [(refusal.row, refusal.column) for refusal in result.refused] == [
        (3, "email"),
        (4, "email"),
    ]
    assert not Contact.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.MAX_IMPORT_SIZE = 10
    assert "larger than 10" in load("name\nAnna Sørensen\n").refused[0].reason


def test_refusals_are_told_up_to_a_bound_and_all_counted():
    result = load("name,email\n" + "A,b\n" * 3000)
    assert (len(result.refused), result.refused_rows) == (1000, 3000)


def test_the_command_imports_and_counts(codes, tmp_path):
    file = tmp_path / "kunder.csv"
    file.write_text(DANISH, encoding="cp1252")
    out = StringIO()
    call_command("import_contacts", str(file), "--dry-run", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "refused_rows": 0,
        "refused": [],
    }
    assert not Contact.objects.exists()
    out = StringIO()
    call_command("import_contacts", str(file), stdout=out)
    assert out.getvalue() == "2 created, 0 updated, 0 unchanged.\n"
    out = StringIO()
    call_command("import_contacts", str(file), "--dry-run", stdout=out)
    assert out.getvalue() == (
        "Looked at all 2 rows, nothing was written: 0 would be created, 0 updated, 2 unchanged.\n"
    )
    assert Contact.objects.count() == 2


def test_the_command_refuses_in_one_line_and_tells_programs_all(tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("name,email\nA,b\nC,d\n")
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_contacts", str(file), "--json", stdout=out)
    assert str(refused.value) == (
        "Nothing was imported, 2 refusals. Row 2, email: “b”: Enter a valid email address."
    )
    assert refused.value.returncode == 1
    assert [refusal["row"] for refusal in json.loads(out.getvalue())["refused"]] == [2, 3]
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_contacts", str(tmp_path / "none.csv"))
