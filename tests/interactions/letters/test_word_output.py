"""Letters of Word's mail merge beside what others make of the same documents."""

import io
import shutil
import subprocess

import docx
import pytest
from mailmerge import MailMerge

from interactions.letters.engine import LetterTemplate
from interactions.letters.fields import example_fields
from interactions.letters.pictures import prepared
from interactions.letters.starter import starter

from . import documents
from .word_documents import field, simple_field, word_letter, write

ANNA = example_fields()
NAMES = {"First_Name": "first_name", "City": "city", "Name": "name", "Address_2": "address_2"}


def everywhere() -> bytes:
    document = docx.Document()
    write(document.sections[0].header.paragraphs[0], "For {MERGEFIELD Name}")
    write(document.add_paragraph(), "Kære {MERGEFIELD First_Name \\* Upper}, hej {MERGEFIELD City}")
    simple_field(document.add_paragraph("x "), " MERGEFIELD Name ")
    field(document.add_paragraph("y "), 'MERGEFIELD City \\b "in "', cuts=4)
    table = document.add_table(rows=2, cols=2)
    write(table.cell(1, 0).paragraphs[0], "{MERGEFIELD City} and {MERGEFIELD Name}")
    return documents.saved(document)


def with_if() -> bytes:
    return word_letter('[{ IF "{MERGEFIELD City}" = "Odense" "at home" "away" }]')


def merged(data: bytes, contact: dict[str, str]) -> bytes:
    """What docx-mailmerge2 makes of it."""
    stream = io.BytesIO()
    with MailMerge(io.BytesIO(data)) as document:
        document.merge(**{name: contact[ours] for name, ours in NAMES.items()})
        document.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("city", ["Odense", "Aarhus C", "R&D <by>"])
def test_the_same_words_as_docx_mailmerge(city):
    data, contact = everywhere(), {**ANNA["contact"], "city": city}

    letter = LetterTemplate.load(data).render({**ANNA, "contact": contact})
    theirs = merged(data, contact)

    assert documents.words(letter) == documents.words(theirs)
    header = docx.Document(io.BytesIO(letter)).sections[0].header
    assert [p.text for p in header.paragraphs] == [
        p.text for p in docx.Document(io.BytesIO(theirs)).sections[0].header.paragraphs
    ]


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice"
)
def test_letters_open_in_libreoffice_and_say_what_they_should(tmp_path):
    logo = documents.picture(200, 100).getvalue()
    sources = {"everywhere": everywhere(), "if": with_if(), "starter": starter("da")}
    for name, data in sources.items():
        letter = LetterTemplate.load(prepared(data, logo)).render(ANNA)
        (tmp_path / f"{name}.docx").write_bytes(letter)

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    files = [str(tmp_path / f"{name}.docx") for name in sources]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)

    def said(name: str) -> str:
        text = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / f"{name}.pdf"), "-"],
            check=True,
            capture_output=True,
        ).stdout.decode()
        return " ".join(text.split())

    assert "Kære ANNA, hej Aarhus C" in said("everywhere")
    assert "For Anna Marie Sørensen" in said("everywhere")
    assert "in Aarhus C" in said("everywhere")
    assert "[away]" in said("if")
    assert "Kære Anna Marie Sørensen" in said("starter")
    assert "Dette afsnit er til virksomheder" in said("starter")
    assert "Fjord A/S · Kystvejen 5" in said("starter")
