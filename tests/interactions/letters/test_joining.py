"""One Word file for the printer, whatever its letters are made of."""

import zipfile
from pathlib import Path

import pytest

from interactions.letters import joining
from interactions.letters.frozen import Numbered
from interactions.letters.output import Options
from interactions.letters.source import LetterSource
from interactions.letters.work import Work
from interactions.models import Document

from . import documents
from .cast import ANNA, TO_ANNA, shared
from .test_apart import other_letter, texts
from .test_combine import letter_of_two_pages

pytestmark = pytest.mark.django_db


def stored(data: bytes, name: str) -> int:
    return Document.objects.store(data, name=f"{name}.docx").pk


def to(name: str, document: int, **changes) -> LetterSource:
    return TO_ANNA._replace(contact={**ANNA, "name": name}, document=document, **changes)


def made(folder: Path, *sources: LetterSource) -> Path:
    letters = [Numbered(number, source) for number, source in enumerate(sources, start=1)]
    work = Work.begin(folder / "work", letters, shared(), Options(format="word"))
    return work.make(check=lambda: None, report=lambda _made: None)


def test_letters_of_several_documents_come_in_one_file_in_order(tmp_path):
    danish, english = stored(other_letter(), "da"), stored(letter_of_two_pages(), "en")
    sources = [to("Anna", danish), to("Bo", english), to("Çelik", danish), to("Dorte", english)]
    path = made(tmp_path, *sources)
    assert path.name == "result.docx"
    greetings = [text for text in texts(path.read_bytes()) if text.startswith(("Hej", "Dear"))]
    assert greetings == ["Hej Anna", "Dear Bo", "Hej Çelik", "Dear Dorte"]


def test_letters_of_their_own_stand_where_they_belong(tmp_path):
    template = stored(letter_of_two_pages(), "en")
    own = stored(documents.letter("Dear Bo, this is for you alone"), "own")
    path = made(
        tmp_path, to("Anna", template), to("Bo", own, own_letter=True), to("Carl", template)
    )
    words = texts(path.read_bytes())
    greetings = [text for text in words if text.startswith("Dear")]
    assert greetings == ["Dear Anna", "Dear Bo, this is for you alone", "Dear Carl"]


@pytest.mark.parametrize("text", ["Dear {{ contact.name }}", "Use {braces}", "{_{ contact }_}"])
def test_a_letter_of_its_own_is_never_merged(tmp_path, text):
    """It is sent as it is, so one that would be changed stands alone."""
    template = stored(letter_of_two_pages(), "en")
    data = documents.letter(text)
    own = stored(data, "own")
    path = made(tmp_path, to("Anna", template), to("Bo", own, own_letter=True))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["0001 en.docx", "0002 Havn & Co A-S - Bo.docx"]
        assert archive.read("0002 Havn & Co A-S - Bo.docx") == data


def test_documents_that_cannot_stand_together_come_in_few_files(tmp_path):
    english, danish = stored(letter_of_two_pages(), "en"), stored(other_letter(), "da")
    theme = ("word/theme/theme1.xml", 'typeface="Calibri"', 'typeface="Georgia"')
    german = stored(documents.replaced(documents.letter("Hallo"), *theme), "de")
    names = ["Anna", "Bo", "Carl", "Dorte"]
    keys = [english, german, danish, english]
    path = made(tmp_path, *map(to, names, keys))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["0001-0004.docx", "0002 de.docx"]


def test_only_so_many_documents_stand_in_one_file(tmp_path, monkeypatch):
    monkeypatch.setattr(joining, "MOST", 2)
    keys = [stored(documents.letter(f"Hi {word}"), word) for word in ("one", "two", "three")]
    path = made(tmp_path, *(to("Anna", key) for key in keys))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["0001-0002.docx", "0003 three.docx"]
