import io
import shutil
import subprocess
import tracemalloc
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from interactions.letters import merge
from interactions.letters.archive import letter_chunks, write_letters
from interactions.letters.check import DocumentError
from interactions.letters.merge import Letter, Merger, letter_file_name, safe_name
from interactions.models import Document

from . import documents
from .cast import ANNA, HAVN, TO_ANNA, TO_HAVN, shared


def stored(data: bytes) -> int:
    return Document.objects.store(data, name="letter.docx").pk


@pytest.fixture
def document(db) -> int:
    return stored(documents.letter("{{ contact.formal_salutation }}", "{{ interaction.comment }}"))


@pytest.mark.django_db
class TestMerger:
    def test_a_letter_is_merged(self, document):
        letter = Merger(shared()).letter(TO_ANNA._replace(document=document))

        words = documents.words(letter)
        assert "Kære Anna Marie Sørensen" in words
        assert "We have kept a table for you.\nSee you!" in words

    def test_a_letter_of_its_own_is_its_document(self):
        data = documents.letter("{{ not.a.field }} Dear Anna")
        source = TO_ANNA._replace(document=stored(data), own_letter=True)

        assert Merger(shared()).letter(source) == data

    def test_without_a_document_there_is_no_letter(self):
        with pytest.raises(DocumentError, match="no Word document"):
            Merger(shared()).letter(TO_ANNA)

    def test_problems_are_told_in_words(self, document):
        merger = Merger(shared())
        unknown = stored(documents.letter("{{ contact.shoe_size }}"))

        assert merger.problem(TO_ANNA._replace(document=document)) == ""
        assert "no Word document" in merger.problem(TO_ANNA)
        assert "shoe_size" in merger.problem(TO_ANNA._replace(document=unknown))
        assert "missing" in merger.problem(TO_ANNA._replace(document=0))
        garbage = TO_ANNA._replace(document=stored(b"garbage"))
        assert "damaged" in merger.problem(garbage)

    def test_a_document_missing_on_disk_is_a_problem(self, document):
        Document.objects.get(pk=document).file.delete()

        assert "missing" in Merger(shared()).problem(TO_ANNA._replace(document=document))

    def test_a_template_is_read_once(self, document, django_assert_num_queries):
        merger = Merger(shared())

        with django_assert_num_queries(1):
            for source in (TO_ANNA, TO_HAVN, TO_ANNA):
                merger.letter(source._replace(document=document))

    def test_only_so_many_templates_are_kept(self, monkeypatch):
        monkeypatch.setattr(merge, "TEMPLATES_KEPT", 2)
        merger = Merger(shared())
        for word in ("one", "two", "three"):
            merger.letter(TO_ANNA._replace(document=stored(documents.letter(word))))

        assert len(merger._templates) == 2


@pytest.mark.parametrize(
    ("number", "name", "company", "expected"),
    [
        (1, "Anna Sørensen", "Havn & Co", "0001 Havn & Co - Anna Sørensen.docx"),
        (12, "Havn & Co", "Havn & Co", "0012 Havn & Co.docx"),
        (12345, "Bo", "", "12345 Bo.docx"),
        (2, "../../etc/passwd", "", "0002 etc-passwd.docx"),
        (3, 'a\\b:c*d?e"f<g>h|i', "", "0003 a-b c d e f g h i.docx"),
        (4, "x\x00y\nz\r\t\u202egnp.exe", "", "0004 x y z gnp.exe.docx"),
        (5, "", "", "0005.docx"),
        (6, "שלום 漢字", "", "0006 שלום 漢字.docx"),
        (7, "A" * 500, "", f"0007 {'A' * 100}.docx"),
        (8, "A/S . ", "", "0008 A-S.docx"),
    ],
)
def test_file_names(number, name, company, expected):
    contact = {**ANNA, "name": name, "company_name": company}
    assert letter_file_name(number, TO_ANNA._replace(contact=contact)) == expected


def test_file_names_fit_every_file_system():
    contact = {**ANNA, "name": "🎉" * 300}
    assert len(letter_file_name(1, TO_ANNA._replace(contact=contact)).encode()) < 255


@given(st.text(alphabet="aÅ9 _-/\u0301\u212b\u200f\n", max_size=60))
def test_a_name_that_is_safe_already_stays(name):
    safe = safe_name(name)
    assert safe_name(safe) == safe == unicodedata.normalize("NFC", safe)
    assert not set(safe) & {"/", "\n", "\u200f"}
    assert safe == safe.strip(" .-")


class Letters:
    """A merger that makes one letter over and over, for archives of any size."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def ready(self, _source) -> Letter:
        return lambda: self.content


@pytest.mark.django_db
def test_all_letters_come_in_one_zip_with_names_of_their_own(document):
    sources = [source._replace(document=document) for source in (TO_ANNA, TO_HAVN, TO_ANNA)]
    stream = io.BytesIO()

    assert write_letters(sources, Merger(shared()), stream) == 3

    with zipfile.ZipFile(stream) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "0001 Havn & Co A-S - Anna Marie Sørensen.docx",
            "0002 Havn & Co A-S.docx",
            "0003 Havn & Co A-S - Anna Marie Sørensen.docx",
        ]
        letter = archive.read("0001 Havn & Co A-S - Anna Marie Sørensen.docx")
    assert "Kære Anna" in documents.words(letter)


@pytest.mark.django_db
def test_a_streamed_zip_is_the_same(document):
    sources = [TO_ANNA._replace(document=document)] * 2

    data = b"".join(letter_chunks(enumerate(sources, start=1), Merger(shared())))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 2
        assert archive.testzip() is None


def test_no_letters_are_an_empty_zip():
    data = b"".join(letter_chunks([], Letters(b"")))

    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == []


def test_a_letter_that_cannot_be_made_is_named():
    with pytest.raises(DocumentError, match=r"CT000042 Anna Marie Sørensen: .*no Word document"):
        write_letters([TO_ANNA], Merger(shared()), io.BytesIO())


def test_more_letters_than_an_ordinary_zip_holds(tmp_path: Path):
    path = tmp_path / "letters.zip"
    with path.open("wb") as stream:
        assert write_letters((TO_HAVN for _ in range(66_000)), Letters(b"letter"), stream) == 66_000

    with zipfile.ZipFile(path) as archive:
        assert len(archive.infolist()) == 66_000
        assert archive.read("66000 Havn & Co A-S.docx") == b"letter"


def test_an_archive_larger_than_an_ordinary_zip_can_be(tmp_path: Path):
    """The file has holes: no disk is filled."""
    gigabyte = bytes(2**30)

    class Holes:
        def __init__(self, stream) -> None:
            self.stream = stream

        def write(self, piece: bytes) -> None:
            if piece is gigabyte:
                self.stream.seek(len(piece), io.SEEK_CUR)
            else:
                self.stream.write(piece)

    class Mixed:
        def ready(self, source) -> Letter:
            return lambda: gigabyte if source is TO_HAVN else b"the last"

    path = tmp_path / "letters.zip"
    with path.open("wb") as stream:
        write_letters([*[TO_HAVN] * 5, TO_ANNA], Mixed(), Holes(stream))

    with zipfile.ZipFile(path) as archive:
        assert len(archive.infolist()) == 6
        assert archive.read(archive.infolist()[-1]) == b"the last"


def test_memory_does_not_grow_with_the_number_of_letters():
    class Nowhere:
        def write(self, _piece: bytes) -> None:
            pass

    def peak(count: int) -> int:
        tracemalloc.start()
        write_letters((TO_HAVN for _ in range(count)), Letters(b"letter"), Nowhere())
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(40_000) < peak(20_000) + 300_000


@pytest.mark.django_db
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_a_produced_letter(tmp_path: Path):
    """The words of the PDF are the words that went in."""
    data = documents.with_table()
    contact = {**HAVN, "name": "Marks & Spencer <UK> Æblegrød"}
    source = TO_HAVN._replace(
        contact=contact, comment="First line\nSecond line", document=stored(data)
    )
    path = tmp_path / "letter.docx"
    path.write_bytes(Merger(shared()).letter(source))

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    words = PdfReader(tmp_path / "letter.pdf").pages[0].extract_text()
    for text in (
        "Kære Marks & Spencer <UK> Æblegrød,",
        "First line & more",
        "Second line & more",
        "DK12345678",
        "You are invited",
    ):
        assert text in words
