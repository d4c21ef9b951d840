"""Interactions and responses from files, in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interactions.imports import job, log_interactions
from interactions.models import InteractionLogEntry, LogImport
from tests.factories import CampaignFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
URL = reverse("interactions:import")
LOG = InteractionLogEntry.objects


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("calls.csv", text.encode())


def test_a_file_is_logged_all_of_it(anna, spring, jonas, mette):
    text = f"contact;template;date;salesperson\n{anna.number};SPRING;2026-03-12;JO\n"
    page = signed_in(mette).post(URL, {"file": file(text)}, follow=True)
    assert "1 interaction was logged." in page.text
    assert LOG.get().user == mette


def test_refused_rows_are_told_and_can_be_fetched(anna, spring, jonas, mette):
    rows = [f"{anna.number};SPRING;2026-03-12;JO", "CT999999;SPRING;2026-03-12;JO"]
    text = "\n".join(["contact;template;date;salesperson", *rows])
    client = signed_in(mette)
    page = client.post(URL, {"file": file(text)}, follow=True)
    assert "Nothing was logged: 1 row is refused." in page.text
    assert not LOG.exists()
    import_ = LogImport.objects.get()
    got = client.get(reverse("interactions:import_refused", args=[import_.pk, "semicolon"]))
    lines = b"".join(got).decode("utf-8-sig").splitlines()
    assert lines[0] == "contact;template;date;salesperson;Reason"
    assert lines[1].startswith("CT999999;SPRING;2026-03-12;JO;contact: There is no contact")
    assert len(lines) == 2


def test_a_list_of_responses_needs_only_say_who(anna, jens, spring, jonas, mette):
    jens.email = "Jens@nordisk.example"
    jens.save()
    fair = CampaignFactory.create(number="CP0001", salesperson=jonas)
    text = f"contact;e-mail;evaluation\n{anna.number};;positive\n;jens@nordisk.example;\n"
    values = {"file": file(text), "template": spring.pk}
    page = signed_in(mette).post(f"{URL}?campaign=CP0001", values, follow=True)
    assert "2 interactions were logged." in page.text
    assert {entry.contact for entry in LOG.responses().of_campaign(fair)} == {anna, jens}
    assert set(LOG.values_list("information_flow", flat=True)) == {"inbound"}


def test_a_large_file_waits_for_the_worker_and_is_logged_once(
    anna, spring, jonas, mette, monkeypatch
):
    monkeypatch.setattr(job, "AT_ONCE_SIZE", 0)
    text = f"contact;template;date;salesperson\n{anna.number};SPRING;2026-03-12;JO\n"
    client = signed_in(mette)
    page = client.post(URL, {"file": file(text)}, follow=True)
    assert "are being logged" in page.text
    assert 'hx-select-oob="#import-state"' in page.text, "the state beside the name follows"
    assert 'id="import-state"' in page.text
    assert not LOG.exists()
    import_ = LogImport.objects.get()
    job.run_import(import_.pk)
    job.run_import(import_.pk)
    assert LOG.count() == 1


def test_a_run_that_lost_the_import_logs_nothing(anna, spring, jonas, mette, monkeypatch):
    """Somebody began again while the first worker was still at it."""
    monkeypatch.setattr(job, "AT_ONCE_SIZE", 0)
    text = f"contact;template;date;salesperson\n{anna.number};SPRING;2026-03-12;JO\n"
    signed_in(mette).post(URL, {"file": file(text)})
    import_ = LogImport.objects.get()

    def meanwhile(*args, **kwargs):
        result = log_interactions(*args, **kwargs)
        LogImport.objects.update(alive_at=None)
        return result

    monkeypatch.setattr(job, "log_interactions", meanwhile)
    job.run_import(import_.pk)
    assert not LOG.exists()
