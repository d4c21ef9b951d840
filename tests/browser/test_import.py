"""A Danish file from Excel comes in, is mended, and goes out again, as Mette does it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from contacts.models import Contact, User
from tests.factories import ContactFactory, SalespersonFactory
from tests.worker import work

pytestmark = [pytest.mark.django_db(transaction=True)]
FILE = """Kundenr;Type;Navn;Fornavn;Efternavn;Virksomhed;Postnr.;By;Land;Telefon;Sælger;Omsætning
1;virksomhed;Nordisk Lys A/S;;;;0800;Høje Taastrup;Danmark;33 12 34 56;MH;1.234,50
2;person;;Anna;Sørensen;Nordisk Lys A/S;800;Høje Taastrup;DK;;MH;0,75
3;person;;Jens;Østergaard;Nordisk Lys A/S;5000;Odense;DK;;XX;
"""
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}


def test_importing_and_exporting(
    mette: User, sign_in, screenshot, page: Page, tmp_path: Path
) -> None:
    SalespersonFactory.create(code="MH", name="Mette Holm")
    ContactFactory.create(
        number="P1", first_name="Anna", surname="Sørensen", city="Ribe", external_id="2"
    )
    file = tmp_path / "kunder.csv"
    file.write_text(FILE, encoding="cp1252")
    sign_in(mette)
    _maps_and_looks(page, screenshot, file)
    _imports_the_good_rows(page, screenshot)
    _exports(page, screenshot)


def _seen(page: Page, screenshot, name: str) -> None:
    """The page as it looks on a desk and on a phone."""
    for width, size in (("", DESK), ("-phone", PHONE)):
        page.set_viewport_size(size)
        screenshot(f"{name}{width}")
    page.set_viewport_size(DESK)


def _maps_and_looks(page: Page, screenshot, file: Path) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Contacts").click()
    page.get_by_role("link", name="Import").click()
    _seen(page, screenshot, "import-upload")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_label("Encoding")).to_have_value("cp1252")
    expect(page.get_by_label("Postnr.")).to_have_value("postal_code")
    expect(page.get_by_label("Omsætning")).to_have_value("")
    page.get_by_label("Kundenr").select_option("external_id")
    page.get_by_label("Refused rows").select_option("good")
    _seen(page, screenshot, "import-columns")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("main")).to_contain_text("Waiting for the task worker")
    _seen(page, screenshot, "import-progress")
    work()
    expect(page.locator("main")).to_contain_text("“XX” is not known.")
    expect(page.locator("main")).to_contain_text("800 is read as 0800")
    _seen(page, screenshot, "import-preview")


def _imports_the_good_rows(page: Page, screenshot) -> None:
    assert not Contact.objects.filter(type="company").exists()
    page.get_by_role("button", name="Import 2 contacts").click()
    expect(page.locator("main")).to_contain_text("The contacts are being imported")
    work()
    expect(page.locator("main")).to_contain_text("The good rows are imported.")
    _seen(page, screenshot, "import-result")
    with page.expect_download() as download:
        page.get_by_role("link", name="Refused rows as CSV").click()
    assert "Østergaard" in Path(download.value.path()).read_text("utf-8-sig")
    anna = Contact.objects.get(number="P1")
    assert (anna.postal_code, anna.city, anna.company_name) == (
        "0800",
        "Høje Taastrup",
        "Nordisk Lys A/S",
    )
    page.get_by_role("link", name="Import another file").click()
    _seen(page, screenshot, "import-list")


def _exports(page: Page, screenshot) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Contacts").click()
    page.get_by_role("link", name="Export").click()
    _seen(page, screenshot, "export")
    page.locator("select[name=kind]").select_option("semicolon")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert "'+45 33 12 34 56" in text
