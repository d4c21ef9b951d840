"""Files that are no files of contacts are refused at once, in words, before they cost anything."""

import io
import zipfile

import openpyxl
import pytest

from contacts.imports.columns import heading_key
from contacts.imports.reading import look
from contacts.imports.sheet import MOST_COLUMNS, Unreadable

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
