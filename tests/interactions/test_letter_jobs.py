"""Making letters in the background: stopped, killed, resumed, tried again, and never mixed."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from contacts.errors import Refused
from interactions.letter_jobs import ask_for_letters, cancel_letters, resume_letters, retry_letters
from interactions.letter_keeping import tidy_letters
from interactions.letter_making import make_letters
from interactions.letters import libreoffice, output
from interactions.letters.frozen import Numbered
from interactions.letters.libreoffice import NotConverted, Stopped
from interactions.letters.merge import Merger
from interactions.letters.output import Options
from interactions.models import Document, LetterJob
from interactions.models.letter_job import DEAD_AFTER
from tests.factories import words_of
from tests.segments_app.operations.test_logging_whole import database_url

from .letters import documents
from .letters.cast import ANNA, TO_ANNA, shared

COUNT = 10


@pytest.fixture
def document(db) -> Document:
    return Document.objects.store(documents.letter("Dear {{ contact.name }}"), name="letter.docx")


def letters(document: Document, count: int = COUNT) -> list[Numbered]:
    return [
        Numbered(
            number,
            TO_ANNA._replace(contact={**ANNA, "name": f"Anna {number}"}, document=document.pk),
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture
def small_parts(monkeypatch, settings) -> None:
    """Three letters in a part, and nothing is made while the person waits."""
    settings.LETTERS_AT_ONCE = 0
    monkeypatch.setitem(output.LETTERS_IN_A_PART, "word_files", 3)


def asked(document: Document, **options) -> LetterJob:
    return ask_for_letters(
        letters(document),
        shared(),
        Options(**options),
        segment_number="SM00012",
        step=None,
        by=None,
    )


def contents(job: LetterJob) -> dict[str, str]:
    job.refresh_from_db()
    assert job.state == "done", job.reason
    with zipfile.ZipFile(job.path) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: words_of(archive.read(name)) for name in archive.namelist()}


def is_whole(job: LetterJob) -> bool:
    found = contents(job)
    return sorted(found.values()) == sorted(f"Dear Anna {n}" for n in range(1, COUNT + 1))


def let_the_worker_be_silent(job: LetterJob) -> None:
    LetterJob.objects.filter(pk=job.pk).update(alive_at=timezone.now() - 2 * DEAD_AFTER)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_and_doubles_nothing(document, small_parts, settings):
    """Killed in the second part, then in the third; the next worker makes what is missing."""
    job = asked(document)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DOCUMENT_ROOT": str(settings.MEDIA_ROOT),
        "LETTER_ROOT": str(settings.LETTER_ROOT),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    seen: dict[str, int] = {}
    for kill_at in (5, 4):
        command = [sys.executable, "-m", "tests.interactions.making_child"]
        child = subprocess.run(
            [*command, str(job.pk), "3", str(kill_at)], env=environment, cwd=settings.BASE_DIR
        )
        assert child.returncode == -signal.SIGKILL
        parts = {path.name: path.stat().st_mtime_ns for path in whole_parts(job)}
        assert seen.items() <= parts.items(), "a part that was whole is left alone"
        seen = parts
        assert LetterJob.objects.stalled().count() == 0, "it may be alive still"
        let_the_worker_be_silent(job)
    assert len(seen) == 2
    make_letters(job.pk)
    assert is_whole(job)


def whole_parts(job: LetterJob) -> list[Path]:
    return [path for path in (job.folder / "parts").iterdir() if path.name.isdecimal()]


def test_two_workers_never_make_the_same_job(document, small_parts, monkeypatch):
    job = asked(document)
    calls = []
    ready = Merger.ready

    def other_worker_comes(self, source):
        calls.append(source.contact["name"])
        make_letters(job.pk)
        return ready(self, source)

    monkeypatch.setattr(Merger, "ready", other_worker_comes)
    make_letters(job.pk)
    assert len(calls) == COUNT
    assert is_whole(job)


def test_a_worker_that_was_taken_for_dead_gives_way(document, small_parts, monkeypatch):
    """It was only slow; the other one has made all letters when it wakes up."""
    job = asked(document)
    ready = Merger.ready
    woken: list[bool] = []

    def slow(self, source):
        if not woken:
            woken.append(True)
            let_the_worker_be_silent(job)
            make_letters(job.pk)
        return ready(self, source)

    monkeypatch.setattr(Merger, "ready", slow)
    make_letters(job.pk)
    assert is_whole(job)


def test_canceling_stops_it_and_throws_away(document, small_parts, monkeypatch):
    job = asked(document)
    ready = Merger.ready

    def canceled_at_the_second(self, source):
        if source.contact["name"] == "Anna 5":
            assert cancel_letters(job)
        return ready(self, source)

    monkeypatch.setattr(Merger, "ready", canceled_at_the_second)
    make_letters(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("canceled", "")
    assert not (job.folder / "parts").exists()
    assert not cancel_letters(job), "it is over"
    monkeypatch.undo()
    assert retry_letters(job)
    make_letters(job.pk)
    assert is_whole(job)


def test_a_failed_part_is_tried_again_alone(document, small_parts, monkeypatch):
    job = asked(document)
    made = []
    ready = Merger.ready

    def failing(self, source):
        made.append(source.contact["name"])
        if source.contact["name"] == "Anna 8" and made.count("Anna 8") == 1:
            raise OSError("no space left")
        return ready(self, source)

    monkeypatch.setattr(Merger, "ready", failing)
    make_letters(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "Anna 8" in job.reason
    assert retry_letters(job)
    assert not retry_letters(job), "once is enough"
    make_letters(job.pk)
    assert is_whole(job)
    assert made.count("Anna 1") == 1, "the first part was kept"


def test_it_is_as_it_was_when_it_was_asked_for(document, small_parts):
    job = asked(document)
    Document.objects.exclude(pk=document.pk).delete()
    other = asked(document)
    make_letters(other.pk)
    make_letters(job.pk)
    assert is_whole(job)
    assert is_whole(other)
    assert job.folder != other.folder


def test_progress_and_the_time_left(document, small_parts, monkeypatch):
    job = asked(document)
    assert job.time_left is None
    job.state, job.made, job.started_at = "making", 5, timezone.now() - timedelta(seconds=10)
    assert job.percent == 50
    assert job.time_left is not None
    assert timedelta(seconds=9) < job.time_left < timedelta(seconds=12)


@pytest.mark.django_db(transaction=True)
def test_somebody_looks_after_the_job_when_its_worker_died(document, small_parts):
    job = asked(document)
    paths = [(each.task_path, each.run_after) for each in DBTaskResult.objects.order_by("pk")]
    assert {path for path, _after in paths} == {
        "interactions.tasks.make",
        "interactions.tasks.look_after",
    }
    let_the_worker_be_silent(job)
    LetterJob.objects.filter(pk=job.pk).update(state="making")
    assert resume_letters() == 1


def test_no_letter_no_job(db):
    with pytest.raises(Refused, match="No letter"):
        ask_for_letters([], shared(), Options(), segment_number="S", step=None, by=None)
    assert not LetterJob.objects.exists()


def test_what_is_old_is_removed(document, settings):
    old, new = asked(document), asked(document)
    long_ago = timezone.now() - timedelta(days=settings.LETTERS_KEPT_DAYS + 1)
    LetterJob.objects.filter(pk=old.pk).update(created_at=long_ago)
    unowned = Path(settings.LETTER_ROOT) / "unowned"
    unowned.mkdir()
    os.utime(unowned, (time.time() - 7200,) * 2)
    assert tidy_letters() == 1
    assert [path.name for path in Path(settings.LETTER_ROOT).iterdir()] == [str(new.key)]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("batch", [0, 2, 3])
def test_parts_cover_every_letter_once_and_keep_to_batches(count, batch, monkeypatch):
    monkeypatch.setitem(output.LETTERS_IN_A_PART, "word", 2)
    parts = list(output.parts(count, Options(format="word", batch=batch)))
    covered = [place for part in parts for place in range(part.first, part.last)]
    assert covered == list(range(count))
    for part in parts:
        assert part.last - part.first <= 2
        if batch:
            assert part.first // batch == (part.last - 1) // batch == part.batch - 1


def test_batches_and_the_list_come_in_a_zip(document):
    job = asked(document, batch=4, manifest=True, format="word")
    with zipfile.ZipFile(job.path) as archive:
        assert archive.namelist() == [
            "Batch 01/0001-0004 letter.docx",
            "Batch 02/0005-0008 letter.docx",
            "Batch 03/0009-0010 letter.docx",
            "manifest.csv",
        ]
        rows = archive.read("manifest.csv").decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Number;File;Contact no.;Name")
    assert rows[5].startswith("5;0005-0008 letter.docx;")
    assert len(rows) == COUNT + 1


SLEEPER = """#!/bin/sh
case "$*" in *--version*) echo "LibreOffice 7.4.7"; exit 0;; esac
sleep 300 & echo $! > {folder}/pid; echo started >> {folder}/log; wait
"""
DYING = """#!/bin/sh
case "$*" in *--version*) echo "LibreOffice 7.4.7"; exit 0;; esac
echo started >> {folder}/log; exit 77
"""
KILLED = DYING.replace("exit 77", "kill -9 $$")


def stand_in(script: str, folder: Path) -> str:
    path = folder / f"soffice-{len(script)}"
    path.write_text(script.format(folder=folder))
    path.chmod(0o755)
    return str(path)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


class TestLibreOffice:
    def test_one_that_hangs_is_ended_with_its_children_and_started_again(self, tmp_path, settings):
        settings.SOFFICE, settings.SOFFICE_SECONDS = stand_in(SLEEPER, tmp_path), 1
        with pytest.raises(NotConverted, match="too long"):
            libreoffice.convert([tmp_path / "a.docx"], tmp_path)
        assert (tmp_path / "log").read_text().count("started") == 2
        assert not is_running(int((tmp_path / "pid").read_text()))

    def test_one_that_dies_is_started_again(self, tmp_path, settings):
        settings.SOFFICE = stand_in(DYING, tmp_path)
        with pytest.raises(NotConverted, match="ended with status 77 and said nothing"):
            libreoffice.convert([tmp_path / "a.docx"], tmp_path)
        assert (tmp_path / "log").read_text().count("started") == 2

    def test_one_that_is_killed_says_by_what(self, tmp_path, settings):
        settings.SOFFICE = stand_in(KILLED, tmp_path)
        with pytest.raises(NotConverted, match="ended by signal SIGKILL"):
            libreoffice.convert([tmp_path / "a.docx"], tmp_path)

    def test_a_setting_that_names_nothing_is_told(self, settings):
        settings.SOFFICE = "/nowhere/soffice"
        assert "SOFFICE names “/nowhere/soffice”, which is no program" in libreoffice.problem()

    def test_another_program_is_not_used(self, tmp_path, settings):
        settings.SOFFICE = stand_in("#!/bin/sh\nexit 1\n", tmp_path)
        assert "does not start, or is another program" in libreoffice.problem()

    def test_what_to_install_is_said_in_the_language_of_the_page(self, settings):
        settings.SOFFICE = "/nowhere/soffice"
        assert "PDFs need" in libreoffice.problem()
        with override("da"):
            assert "PDFs need" not in libreoffice.problem()

    def test_canceling_ends_it_at_once(self, tmp_path, settings):
        settings.SOFFICE = stand_in(SLEEPER, tmp_path)

        def not_wanted() -> None:
            if (tmp_path / "pid").exists():
                raise Stopped

        with pytest.raises(Stopped):
            libreoffice.convert([tmp_path / "a.docx"], tmp_path, check=not_wanted)
        time.sleep(0.1)
        assert not is_running(int((tmp_path / "pid").read_text()))

    def test_one_that_is_too_old_is_not_used(self, tmp_path, settings):
        settings.SOFFICE = stand_in('#!/bin/sh\necho "LibreOffice 6.4.7.2 "\n', tmp_path)
        assert "is version 6.4" in libreoffice.problem()


@pytest.mark.skipif(not libreoffice.find_program(""), reason="LibreOffice is not installed")
def test_pdfs_of_several_templates_stand_in_the_order_of_the_list(document, tmp_path):
    """Every other letter has another template; one PDF, and one for each."""
    from pypdf import PdfReader

    two_pages = Document.objects.store(documents.letter("Hi {{ contact.name }}"), name="two.docx")
    mixed = [
        Numbered(number, source._replace(document=two_pages.pk) if number % 2 else source)
        for number, source in letters(document, 5)
    ]
    jobs = [
        ask_for_letters(
            mixed, shared(), Options(format=each), segment_number="S", step=None, by=None
        )
        for each in ("pdf", "pdf_files")
    ]
    for job in jobs:
        make_letters(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.reason
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(jobs[0].path).pages]
    expected = ["Hi Anna 1", "Dear Anna 2", "Hi Anna 3", "Dear Anna 4", "Hi Anna 5"]
    assert pages == expected
    with zipfile.ZipFile(jobs[1].path) as archive:
        each = [PdfReader(io.BytesIO(archive.read(name))) for name in sorted(archive.namelist())]
    assert [" ".join(pdf.pages[0].extract_text().split()) for pdf in each] == expected
