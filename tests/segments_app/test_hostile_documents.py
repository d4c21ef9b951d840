"""Every hostile document, at every door: a clear refusal, nothing stored, in bounded time and room.

The doors are the admin's form of templates, the edited copy of a segment, the letter of a line, and
the Word document of one's own for labels.
"""

import html
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from interactions.models import Document, LetterJob, TemplateDocument
from tests.factories import InteractionGroupFactory
from tests.interactions.letters.hostile import HOSTILE, fine
from tests.segments_app.conftest import add

pytestmark = pytest.mark.django_db

SECONDS = 40
MEBIBYTES = 150
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@pytest.fixture
def segment(segment, cast, greetings):
    add(segment, "q=Anna")
    return segment


@pytest.fixture
def client(maria) -> Client:
    """Maria, marketing manager, who may enter the admin."""
    maria.is_staff = True
    maria.save()
    client = Client()
    client.force_login(maria)
    return client


def at_the_admin(client: Client, segment, file: Any):
    form = {
        "code": "EVIL",
        "description": "Letter",
        "group": InteractionGroupFactory.create().pk,
        "language": "en",
        "unit_cost": "8",
        "unit_duration": "2",
        "email_attachment": "none",
        "documents-TOTAL_FORMS": 1,
        "documents-INITIAL_FORMS": 0,
        "documents-0-language": "en",
        "documents-0-upload": file,
    }
    return client.post(reverse("admin:interactions_interactiontemplate_add"), form, follow=True)


def at_the_segment(client: Client, segment, file: Any):
    original = segment.template.documents.get(language="en")
    url = reverse("segments:put_document", args=[segment.number, original.pk])
    return client.post(url, {"document": file}, follow=True)


def at_the_line(client: Client, segment, file: Any):
    line = segment.sheet().get()
    url = reverse("segments:put_letter", args=[segment.number, line.pk])
    return client.post(url, {"document": file}, follow=True)


def at_the_labels(client: Client, segment, file: Any):
    url = reverse("segments:letters", args=[segment.number])
    form = {"what": "labels", "format": "word", "order": "line", "sheet": "L7160", "own": file}
    return client.post(url, form, follow=True)


FOR_TEMPLATES = [at_the_admin, at_the_segment, at_the_labels]
DOORS: list[Callable[..., Any]] = [*FOR_TEMPLATES, at_the_line]
TRIED = [
    pytest.param(door, name, id=f"{door.__name__}-{name}")
    for name, hostile in HOSTILE.items()
    for door in (FOR_TEMPLATES if hostile.tags else DOORS)
]


def kept() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Document, TemplateDocument, LetterJob))


def peak() -> float:
    """The most room the process took, in MiB, since it was last told to forget; Linux knows."""
    if not CLEAR.exists():
        return 0
    return int(STATUS.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def forget_peak() -> float:
    if CLEAR.exists():
        CLEAR.write_text("5")
    return peak()


@pytest.mark.parametrize(("door", "name"), TRIED)
def test_it_is_refused_in_words_and_nothing_is_stored(client, segment, door, name):
    hostile = HOSTILE[name]
    file = SimpleUploadedFile("letter.docx", hostile.build())
    stored, room, start = kept(), forget_peak(), time.monotonic()

    page = door(client, segment, file)

    assert page.status_code == 200
    assert hostile.reason in html.unescape(page.text)
    assert kept() == stored
    assert not segment.documents.exists()
    assert segment.sheet().get().document is None
    assert time.monotonic() - start < SECONDS
    assert peak() - room < MEBIBYTES


@pytest.mark.parametrize("door", DOORS)
def test_what_is_fine_goes_through_the_same_door(client, segment, door):
    before = kept()
    page = door(client, segment, SimpleUploadedFile("letter.docx", fine()))
    assert page.status_code == 200
    assert kept() != before


@pytest.mark.parametrize("door", DOORS)
def test_what_is_too_big_is_not_even_read(client, segment, door, settings):
    settings.MAX_DOCUMENT_SIZE = 2**20
    file = SimpleUploadedFile("letter.docx", b"PK\3\4" + b"\0" * 2**20)
    before = kept()
    page = door(client, segment, file)
    assert "larg" in page.text
    assert kept() == before
