"""Files that are no files of contacts are refused at once, in words, before they cost anything."""

import io
import zipfile

import openpyxl
import pytest
from django.db import models
from django.utils import translation

from contacts.imports.columns import heading_key
from contacts.imports.headings import headings, known_headings
from contacts.imports.reading import look, open_sheet
from contacts.imports.resource import all_columns
from contacts.imports.sheet import MOST_COLUMNS, Unreadable
from contacts.models import Contact

NAMES = {heading_key("name"): "name", heading_key("city"): "city"}


def workbook(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_missing_quotation_mark_is_told_in_words():
    rows = "".join(f"Havn {number};Aarhus\n" for number in range(9000))
    sheet = look(io.BytesIO(f'name;city\nLys;"Ribe\n{rows}'.encode()), NAMES)
    with pytest.raises(Unreadable, match=r"Row 2: .*Is a closing quotation mark missing"):
        list(sheet.rows())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_has_no_more_columns_than_a_page_can_show(kind):
    headings = [f"column {number}" for number in range(MOST_COLUMNS + 1)]
    data = ";".join(headings).encode() if kind == "csv" else workbook(headings)
    with pytest.raises(Unreadable, match="more than 500 columns"):
        look(io.BytesIO(data), NAMES)
    data = ";".join(headings[1:]).encode() if kind == "csv" else workbook(headings[1:])
    assert len(look(io.BytesIO(data), NAMES).headings) == MOST_COLUMNS


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size_is_refused():
    file = io.BytesIO(workbook(["name", "city"], ["Lys", "Ribe"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<row/>" * 2**22)
    with pytest.raises(Unreadable, match="unpacks to much more"):
        look(file, NAMES)


@pytest.mark.parametrize("rows", ["", "\n\n", ";;;\n;;\n", " ; \n"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_without_rows_is_refused(kind, rows):
    cells = [row.split(";") for row in rows.splitlines()]
    data = f"name;city\n{rows}".encode() if kind == "csv" else workbook(["name", "city"], *cells)
    with pytest.raises(Unreadable, match="a header and no rows below it"):
        open_sheet(io.BytesIO(data), names=NAMES, who=["name"])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "of the old kind"),
        (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF"),
        (b"<html><table><tr><td>name</td></tr></table></html>", "a page of the web"),
        (b"\x89PNG\r\n\x1a\n\0\0", "NUL byte"),
    ],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(data, reason):
    with pytest.raises(Unreadable, match=reason):
        look(io.BytesIO(data), NAMES)


def models_named() -> list[tuple[str, type[models.Model]]]:
    relations = [field for field in Contact._meta.get_fields() if field.name in all_columns()]
    return [(field.name, field.related_model) for field in relations if field.related_model]


@pytest.mark.parametrize("language", ["en", "da"])
def test_what_pages_call_a_field_is_known_as_a_heading(language):
    known = known_headings()
    with translation.override(language):
        for name, column in all_columns().items():
            assert known[heading_key(column.label)] == name
        for name, model in models_named():
            if name != "company":
                assert known[heading_key(str(model._meta.verbose_name))] == name
                assert known[heading_key(str(model._meta.verbose_name_plural))] == name


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ("Mailing group|Mailing group(s)|Postgruppe|Postgrupper|Mailgruppe(r)", "mailing_groups"),
        ("No.|Nr.|Nummer|Contact No.|Kontaktnr.", "number"),
        ("Company No.|Virksomhedsnr.|Virksomhed nr.", "company"),
        ("Phone No.|Telefonnr.|Tlf. nr.|Tlf.", "phone"),
        ("Mobile Phone No.|Mobilnr.|Mobiltelefonnr.", "mobile"),
        ("VAT Registration No.|CVR-nr.|CVR/SE-nr.|Momsnr.", "vat_number"),
        ("Country/Region Code|Land/område|Lande-/områdekode", "country"),
        ("Post Code|Postnr.|Post nr.", "postal_code"),
        ("Fornavn(e)|First Name(s)", "first_name"),
        ("Exclude from Segment|Udelad fra målgruppe", "excluded"),
    ],
)
def test_headings_of_other_systems_are_known(spellings, name):
    known = known_headings()
    found = {spelling: known.get(heading_key(spelling)) for spelling in spellings.split("|")}
    assert set(found.values()) == {name}, found


def test_no_heading_means_two_columns():
    meant: dict[str, set[str]] = {}
    for name, heading in headings():
        meant.setdefault(heading_key(heading), set()).add(name)
    assert not {key: names for key, names in meant.items() if len(names) > 1}
