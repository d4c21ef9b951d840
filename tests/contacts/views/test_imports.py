"""The import in the browser: upload, look, confirm, and only the file that was looked at."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.imports.waiting import WaitingFile
from contacts.models import Contact
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
GOOD = "name,email\nNordisk Lys,info@lys.example\nWeber,info@weber.example\n"


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


def upload(staff, text: str, name: str = "kunder.csv"):
    file = SimpleUploadedFile(name, text.encode(), "text/csv")
    return staff.post(reverse("contacts:import"), {"file": file})


def confirm(staff, sha256: str):
    return staff.post(reverse("contacts:import_confirm"), {"sha256": sha256}, follow=True)


def test_upload_look_and_confirm(staff):
    ContactFactory.create(email="info@weber.example", first_name="", surname="Weber", city="Ribe")
    seen = upload(staff, "email,city,name\ninfo@weber.example,Odense,Weber\nn@x.dk,Ribe,Ny\n")
    assert not Contact.objects.filter(name="Ny").exists()
    assert "kunder.csv" in seen.text
    assert "Import 2 contacts" in " ".join(seen.text.split())
    done = confirm(staff, seen.context["waiting"].sha256)
    assert "1 created, 1 updated, 0 unchanged." in done.text
    assert set(Contact.objects.values_list("name", "city")) == {("Weber", "Odense"), ("Ny", "Ribe")}
    assert all(name.endswith(".taken") for name in default_storage.listdir("imports")[1])


def test_refusals_are_listed_and_the_file_is_not_kept(staff):
    seen = upload(staff, "name,country\nAnna,Atlantis\n")
    assert seen.status_code == 422
    assert "“Atlantis” is not a country." in seen.text
    assert default_storage.listdir("imports")[1] == []
    assert "not waiting any more" in confirm(staff, seen.context["waiting"].sha256).text
    assert not Contact.objects.exists()


def test_only_the_file_that_was_looked_at_is_imported(staff):
    first = upload(staff, GOOD).context["waiting"]
    upload(staff, "name\nAnother\n")
    assert "not waiting any more" in confirm(staff, first.sha256).text
    assert not Contact.objects.exists()


def test_a_file_that_was_changed_meanwhile_is_not_imported(staff):
    waiting = upload(staff, GOOD).context["waiting"]
    with open(default_storage.path(waiting.path), "a") as file:
        file.write("Smuggled,s@x.dk\n")
    assert "not waiting any more" in confirm(staff, waiting.sha256).text
    assert not Contact.objects.exists()


def test_confirming_twice_imports_once(staff):
    waiting = upload(staff, GOOD).context["waiting"]
    confirm(staff, waiting.sha256)
    assert "not waiting any more" in confirm(staff, waiting.sha256).text
    assert Contact.objects.count() == 2


def test_two_clicks_at_the_same_moment_import_once(staff):
    upload(staff, GOOD)
    waiting = WaitingFile.of(staff.session)
    assert [waiting.claim({}), waiting.claim({})] == [True, False]


def test_an_empty_and_an_over_large_file_are_refused_by_the_form(staff, settings):
    assert "empty" in upload(staff, "").text
    settings.MAX_IMPORT_SIZE = 10
    assert "larger than" in upload(staff, GOOD).text


def test_another_persons_file_cannot_be_confirmed(staff, client, maria):
    waiting = upload(staff, GOOD).context["waiting"]
    client.logout()
    client.force_login(maria)
    assert "not waiting any more" in confirm(client, waiting.sha256).text
    assert not Contact.objects.exists()


def test_a_reader_imports_nothing(client, rasmus):
    client.force_login(rasmus)
    assert upload(client, GOOD).status_code == 403
    assert client.get(reverse("contacts:import_confirm")).status_code == 405
    assert client.post(reverse("contacts:import_confirm")).status_code == 403
