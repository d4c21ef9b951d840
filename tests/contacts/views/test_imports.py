"""The import in the browser: upload, map, look, import in the background, see the result."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from contacts.imports import job, tasks
from contacts.imports.folder import Folder
from contacts.models import Contact, ContactImport
from tests.factories import ContactFactory
from tests.worker import work

pytestmark = pytest.mark.django_db
GOOD = "name;email\nNordisk Lys;info@lys.example\nWeber;info@weber.example\n"
MIXED = "name;email;Farve\nNordisk Lys;info@lys.example;blå\nWeber;weber;rød\n"
State = ContactImport.State


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


def upload(staff, text: str | bytes, name: str = "kunder.csv") -> ContactImport:
    data = text if isinstance(text, bytes) else text.encode()
    staff.post(reverse("contacts:import"), {"file": SimpleUploadedFile(name, data)})
    return ContactImport.objects.latest("pk")


def post(staff, import_: ContactImport, act: str, data=None, *, then=work):
    """Press the button, let the worker do what waits, and look at the page."""
    response = staff.post(reverse(f"contacts:import_{act}", args=[import_.pk]), data, follow=True)
    then()
    import_.refresh_from_db()
    return staff.get(import_.get_absolute_url()) if import_.run else response


def check(staff, import_: ContactImport, columns: list[str], *, then=work, **options):
    data = {"match": "any", "empty": "leave", "rows": "all"} | options
    data |= {f"column_{at}": name for at, name in enumerate(columns)}
    return post(staff, import_, "check", data, then=then)


def nobody_works() -> None:
    """The worker is not there."""


def words(response) -> str:
    return " ".join(response.text.split())


def test_upload_map_look_and_import(staff):
    ContactFactory.create(email="info@weber.example", first_name="", surname="Weber", city="Ribe")
    import_ = upload(
        staff, "email;city;name;Kode\ninfo@weber.example;Odense;Weber;7\nn@x.dk;Ribe;Ny;8\n"
    )
    seen = staff.get(import_.get_absolute_url())
    assert import_.layout["columns"] == ["email", "city", "name", ""]
    assert "7 · 8" in seen.text
    looked = check(staff, import_, ["email", "city", "name", "external_id"])
    assert import_.state == State.CHECKED
    assert not Contact.objects.filter(name="Ny").exists()
    assert "2 rows were looked at, which are all that the file has." in words(looked)
    assert "Import 2 contacts" in words(looked)
    assert "<del>Ribe</del>" in looked.text
    assert "<ins>Odense</ins>" in looked.text
    done = post(staff, import_, "confirm")
    assert import_.state == State.IMPORTED
    assert (import_.created, import_.updated) == (1, 1)
    new = Contact.objects.get(name="Ny")
    assert new.external_id == "8"
    assert reverse("contacts:detail", args=[new.number]) in done.text


def test_one_refused_row_keeps_all_out_and_can_be_fetched_and_mended(staff):
    import_ = upload(staff, MIXED)
    seen = check(staff, import_, ["name", "email", ""])
    assert "1 row is refused, so nothing can be imported." in words(seen)
    assert "Import 1 contact" not in words(seen)
    assert "There is nothing to import" not in words(seen)
    url = reverse("contacts:import_refused", args=[import_.pk, "csv"])
    text = b"".join(staff.get(url).streaming_content).decode("utf-8-sig")
    assert text == (
        "name;email;Farve;Reason\r\n"
        "Weber;weber;rød;email: “weber”: Enter a valid email address.\r\n"
    )
    mended = upload(staff, text.replace(";weber;", ";info@weber.example;"))
    check(staff, mended, mended.layout["columns"])
    post(staff, mended, "confirm")
    assert [contact.name for contact in Contact.objects.all()] == ["Weber"]


def test_the_good_rows_are_imported_where_that_is_chosen(staff):
    import_ = upload(staff, MIXED)
    assert "Import 1 contact" in words(check(staff, import_, ["name", "email", ""], rows="good"))
    done = post(staff, import_, "confirm")
    assert "The good rows are imported." in words(done)
    assert (import_.created, import_.refused) == (1, 1)
    url = reverse("contacts:import_refused", args=[import_.pk, "xlsx"])
    book = openpyxl.load_workbook(io.BytesIO(b"".join(staff.get(url).streaming_content)))
    rows = list(book.active.values)
    assert rows[1][:3] == ("Weber", "weber", "rød")


def test_a_wrong_guess_is_corrected(staff):
    import_ = upload(staff, "navn|by\nÅse|Ærø\n".encode("mac_roman"))
    assert import_.layout["delimiter"] == "|"
    assert "Åse" not in staff.get(import_.get_absolute_url()).text
    seen = post(staff, import_, "layout", {"encoding": "mac_roman", "delimiter": "|"})
    assert "Åse" in seen.text
    assert import_.layout["columns"] == ["name", "city"]


def test_the_sheet_of_a_workbook_can_be_chosen(staff):
    book = openpyxl.Workbook()
    book.active.append(["Rabat"])
    kunder = book.create_sheet("Kunder")
    kunder.append(["Navn", "Postnr"])
    kunder.append(["Lys", 800])
    file = io.BytesIO()
    book.save(file)
    import_ = upload(staff, file.getvalue(), "kunder.xlsx")
    post(staff, import_, "layout", {"sheet": "Kunder"})
    assert import_.layout["columns"] == ["name", "postal_code"]
    check(staff, import_, ["name", "postal_code"])
    post(staff, import_, "confirm")
    assert Contact.objects.get().postal_code == "0800"


def test_a_sheet_without_rows_is_refused_when_it_is_uploaded_or_looked_at(staff):
    data = {"file": SimpleUploadedFile("kunder.csv", b"name;city\n;;\n")}
    assert "no rows below it" in staff.post(reverse("contacts:import"), data).text
    book = openpyxl.Workbook()
    book.active.append(["name", "city"])
    book.create_sheet("Kunder").append(["Navn"])
    file = io.BytesIO()
    book.save(file)
    import_ = upload(staff, file.getvalue(), "kunder.xlsx")
    assert "no rows below it" in check(staff, import_, ["name", "city"]).text
    assert import_.state == State.REFUSED


def test_what_a_file_is_decides_how_it_is_read_not_its_name(staff):
    assert upload(staff, GOOD, "kunder.xlsx").layout["columns"] == ["name", "email"]
    book = openpyxl.Workbook()
    book.active.append(["Navn", "Postnr"])
    book.active.append(["Lys", 800])
    file = io.BytesIO()
    book.save(file)
    assert upload(staff, file.getvalue(), "kunder.csv").layout["columns"] == ["name", "postal_code"]


def test_two_columns_cannot_be_the_same_and_somebody_must_be_named(staff):
    import_ = upload(staff, "a;b\n1;2\n")
    assert "chosen for two columns" in check(staff, import_, ["name", "name"]).text
    assert "No column says whom" in check(staff, import_, ["city", ""]).text
    assert import_.state == State.UPLOADED


def test_the_columns_are_remembered_for_the_next_file(staff):
    import_ = upload(staff, "Firma X;Sted\nLys;Ribe\n")
    check(staff, import_, ["name", "city"])
    post(staff, import_, "confirm")
    assert upload(staff, "Firma X;Sted\nWeber;Ribe\n").layout["columns"] == ["name", "city"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "The file is empty."),
        (b"PK\x03\x04 no zip", "no Excel workbook"),
        (b"name\nAn\0na\n", "NUL byte"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(staff, data, reason):
    file = SimpleUploadedFile("x.csv", data)
    response = staff.post(reverse("contacts:import"), {"file": file})
    assert response.status_code == 422
    assert reason in response.text
    assert not ContactImport.objects.exists()
    assert not default_storage.exists("imports") or default_storage.listdir("imports")[0] == []


def test_an_over_large_file_is_refused_by_the_form(staff, settings):
    settings.MAX_IMPORT_SIZE = 10
    file = SimpleUploadedFile("x.csv", GOOD.encode())
    assert "larger than" in staff.post(reverse("contacts:import"), {"file": file}).text


def test_confirming_twice_imports_once(staff):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    post(staff, import_, "confirm", then=nobody_works)
    post(staff, import_, "confirm", then=nobody_works)
    work()
    post(staff, import_, "confirm")
    import_.refresh_from_db()
    assert Contact.objects.count() == 2
    assert import_.run == 2


def test_an_import_that_waits_for_the_worker_can_be_stopped(staff):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"], then=nobody_works)
    page = staff.get(import_.get_absolute_url())
    assert "Waiting for the task worker" in words(page)
    post(staff, import_, "cancel", then=nobody_works)
    assert import_.state == State.CANCELED
    work()
    import_.refresh_from_db()
    assert import_.state == State.CANCELED


def test_an_import_under_way_stops_when_asked_and_writes_nothing(staff, monkeypatch):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    post(staff, import_, "confirm", then=nobody_works)
    monkeypatch.setattr(Folder, "is_to_cancel", lambda self: True)
    work()
    import_.refresh_from_db()
    assert import_.state == State.CANCELED
    assert not Contact.objects.exists()
    assert "Nothing was imported" in staff.get(import_.get_absolute_url()).text


def test_what_a_killed_worker_left_is_begun_again_and_done_once(staff, monkeypatch):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    post(staff, import_, "confirm", then=nobody_works)
    ContactImport.objects.update(started_at=timezone.now())
    monkeypatch.setattr(tasks, "PATIENCE", timedelta(minutes=-1))
    tasks.watch_import.call(import_.pk, 2)
    job.go(import_.pk, 2)
    assert not Contact.objects.exists()
    job.go(import_.pk, 3)
    job.go(import_.pk, 3)
    import_.refresh_from_db()
    assert (import_.state, import_.run) == (State.IMPORTED, 3)
    assert Contact.objects.count() == 2


def test_a_run_that_lost_the_import_writes_nothing(staff, monkeypatch):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    post(staff, import_, "confirm", then=nobody_works)
    beat = Folder.beat

    def taken_over(folder: Folder, done: float) -> None:
        beat(folder, done)
        ContactImport.objects.update(run=7)

    monkeypatch.setattr(Folder, "beat", taken_over)
    work()
    assert not Contact.objects.exists()


def test_a_contact_that_came_meanwhile_is_no_double(staff):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    ContactFactory.create(email="info@weber.example", first_name="", surname="Weber")
    post(staff, import_, "confirm")
    assert (import_.created, import_.updated, import_.unchanged) == (1, 0, 1)


def test_an_unexpected_failure_is_told_and_nothing_is_written(staff, monkeypatch):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    monkeypatch.setattr(job, "write", lambda *args, **kwargs: 1 / 0)
    assert "failed unexpectedly" in words(post(staff, import_, "confirm"))
    assert not Contact.objects.exists()


def test_another_persons_import_can_be_seen_but_not_confirmed(staff, client, maria):
    import_ = upload(staff, GOOD)
    check(staff, import_, ["name", "email"])
    client.force_login(maria)
    assert client.get(import_.get_absolute_url()).status_code == 200
    url = reverse("contacts:import_confirm", args=[import_.pk])
    assert client.post(url).status_code == 404
    assert not Contact.objects.exists()


def test_the_preview_has_pages_and_the_same_queries_on_each(staff, django_assert_max_num_queries):
    rows = "".join(f"Company {n};c{n}@x.dk\n" for n in range(120))
    import_ = upload(staff, f"name;email\n{rows}")
    check(staff, import_, ["name", "email"])
    with django_assert_max_num_queries(8):
        page = staff.get(import_.get_absolute_url(), {"rows": "created", "page": 3})
    assert "Company 119" in page.text
    assert "Company 99" not in page.text


def test_files_of_old_imports_are_removed(staff, settings):
    import_ = upload(staff, GOOD)
    ContactImport.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    upload(staff, GOOD)
    import_.refresh_from_db()
    assert import_.folder == ""
    assert len(default_storage.listdir("imports")[0]) == 1
    assert "removed" in staff.get(import_.get_absolute_url(), follow=True).text


def test_a_reader_imports_nothing(client, rasmus):
    client.force_login(rasmus)
    assert client.get(reverse("contacts:import")).status_code == 403
    for act in ("layout", "check", "reopen", "confirm", "cancel"):
        url = reverse(f"contacts:import_{act}", args=[1])
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 403
