"""One Word file of many letters: each as it would be alone."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from lxml import etree

from interactions.letters import libreoffice
from interactions.letters.combinable import Combinable
from interactions.letters.combine import CombinedFile
from interactions.letters.engine import LetterTemplate
from interactions.letters.fields import example_fields

from . import documents

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACE = f'xmlns:w="{W[1:-1]}"'
CAST = ("Anna Sørensen", "Bo <Lind> & søn", "Çelik ÆØÅ")


def fields(name: str) -> dict[str, dict[str, str]]:
    example = example_fields()
    return {**example, "contact": {**example["contact"], "name": name}}


def joined(data: bytes, names=CAST, first: int = 1, **options) -> bytes:
    stream = io.BytesIO()
    file = CombinedFile(Combinable(data, **options), stream)
    for number, name in enumerate(names, start=first):
        file.add(fields(name), number)
    file.close()
    return stream.getvalue()


def field(paragraph, instruction: str) -> None:
    simple = (
        f'<w:fldSimple {NAMESPACE} w:instr=" {instruction} "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    )
    paragraph._p.append(parse_xml(simple))


def letter_of_two_pages() -> bytes:
    """A header with the name, page numbers, a numbered list, a bookmark and a reference to it."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "To {{ contact.name }}"
    footer = section.footer.paragraphs[0]
    footer.add_run("page ")
    field(footer, "PAGE")
    footer.add_run(" of ")
    field(footer, "NUMPAGES")
    document.add_paragraph("Dear {{ contact.name }}")
    for word in ("first", "second"):
        document.add_paragraph(word, style="List Number")
    marked = document.add_paragraph("marked")
    start = f'<w:bookmarkStart {NAMESPACE} w:id="7" w:name="Here"/>'
    marked._p.append(parse_xml(start))
    marked._p.append(parse_xml(f'<w:bookmarkEnd {NAMESPACE} w:id="7"/>'))
    reference = document.add_paragraph("see page ")
    field(reference, "PAGEREF Here")
    document.add_page_break()
    document.add_paragraph("The second page")
    return documents.saved(document)


def root_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(documents.members(data)[part])


@pytest.mark.parametrize("build", documents.FAST + documents.REPAIRED, ids=lambda b: b.__name__)
def test_the_words_are_those_of_the_letters_alone(build):
    """For every template of our own; and python-docx opens the file."""
    data = build()
    template = LetterTemplate.load(data)
    alone = [documents.words(template.render(fields(name))) for name in CAST]
    whole = documents.words(joined(data))
    assert [line for line in whole.split("\n") if line.strip()] == [
        line for words in alone for line in words.split("\n") if line.strip()
    ]


@pytest.mark.parametrize("build", documents.FAST + documents.REPAIRED, ids=lambda b: b.__name__)
def test_every_part_is_listed_and_every_relation_leads_somewhere(build):
    check_package(joined(build()))


def check_package(data: bytes) -> None:
    members = documents.members(data)
    assert len(members) == len(zipfile.ZipFile(io.BytesIO(data)).namelist())
    types = etree.fromstring(members["[Content_Types].xml"])
    listed = {each.get("PartName").lstrip("/") for each in types if each.get("PartName")}
    assert listed <= set(members)
    relations = etree.fromstring(members["word/_rels/document.xml.rels"])
    for relation in relations:
        if relation.get("TargetMode") != "External":
            target = relation.get("Target")
            name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            assert name.replace("word/../", "") in members
    for name, content in members.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
    assert not re.search(rb"mg[0-9a-f]{16}", b"".join(members.values())), "a mark was left"


def test_each_recipient_has_their_own_header():
    document = docx.Document(io.BytesIO(joined(letter_of_two_pages())))
    headers = [section.header.paragraphs[0].text for section in document.sections]
    assert headers == [f"To {name}" for name in CAST]


def test_equal_headers_are_kept_once():
    names = documents.members(joined(letter_of_two_pages(), ("Anna", "Bo", "Anna", "Anna")))
    assert len([name for name in names if re.match(r"word/header1_\d+\.xml", name)]) == 2


def test_page_numbers_begin_again_in_each_letter():
    root = root_of(joined(letter_of_two_pages()))
    assert [start.get(f"{W}start") for start in root.iter(f"{W}pgNumType")] == ["1", "1", "1"]


def test_numbered_lists_begin_again_in_each_letter():
    data = joined(letter_of_two_pages())
    body = [number.get(f"{W}val") for number in root_of(data).iter(f"{W}numId")]
    assert len(body) == 6
    assert len(set(body)) == 3
    numbering = root_of(data, "word/numbering.xml")
    definitions = {num.get(f"{W}numId"): num for num in numbering.iter(f"{W}num")}
    for key in body:
        assert definitions[key].find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"


def test_names_and_numbers_are_unique():
    root = root_of(joined(letter_of_two_pages()))
    names = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    keys = [each.get(f"{W}id") for each in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) == len(set(keys)) == 6
    assert keys == [each.get(f"{W}id") for each in root.iter(f"{W}bookmarkEnd")]
    references = [each.get(f"{W}instr").split()[1] for each in root.iter(f"{W}fldSimple")]
    assert set(references) < set(names)
    pictures = root_of(joined(documents.with_headers_and_pictures()))
    numbers = [each.get("id") for each in pictures.iter() if each.tag.endswith("}docPr")]
    assert len(numbers) == len(set(numbers))


def test_each_letter_has_its_own_footnotes():
    data = joined(documents.with_footnotes())
    notes = root_of(data, "word/footnotes.xml")
    keys = [note.get(f"{W}id") for note in notes]
    assert len(keys) == len(set(keys))


def test_a_first_section_does_not_inherit_the_header_of_the_letter_before():
    """The header begins with the second section; the first page of each letter has none."""
    document = docx.Document()
    document.add_paragraph("First page of {{ contact.name }}")
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Only here"
    document.add_paragraph("Second page")
    whole = docx.Document(io.BytesIO(joined(documents.saved(document))))
    headers = ["".join(p.text for p in section.header.paragraphs) for section in whole.sections]
    assert headers == ["", "Only here"] * 3


def test_a_letter_never_begins_on_the_page_of_another():
    document = docx.Document()
    document.add_paragraph("Text")
    document.sections[0].start_type = WD_SECTION.CONTINUOUS
    whole = docx.Document(io.BytesIO(joined(documents.saved(document))))
    assert {section.start_type for section in whole.sections} == {WD_SECTION.NEW_PAGE}
    whole = docx.Document(io.BytesIO(joined(documents.saved(document), new_sheet=True)))
    assert {section.start_type for section in whole.sections} == {WD_SECTION.ODD_PAGE}


def test_the_number_on_the_list_can_be_printed():
    root = root_of(joined(letter_of_two_pages(), first=214, number=True))
    frames = [each for each in root.iter(f"{W}p") if each.find(f"{W}pPr/{W}framePr") is not None]
    assert ["".join(frame.itertext()).strip() for frame in frames] == ["214", "215", "216"]


def test_a_file_without_letters_is_an_error():
    with pytest.raises(ValueError, match="without letters"):
        CombinedFile(Combinable(letter_of_two_pages()), io.BytesIO()).close()


needs_libreoffice = pytest.mark.skipif(
    not libreoffice.find_program(""), reason="LibreOffice is not installed"
)


@needs_libreoffice
def test_libreoffice_shows_every_page_as_it_would_be_alone(tmp_path: Path, settings):
    """Page counts, headers, page numbers, pages of each letter, and lists, read from the PDF."""
    path = tmp_path / "joined.docx"
    path.write_bytes(joined(letter_of_two_pages(), for_pdf=True))
    (pdf,) = libreoffice.convert([path], tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = [" ".join(page.split()) for page in text.split("\f") if page.strip()]
    assert len(pages) == 6
    for index, name in enumerate(CAST):
        first, second = pages[2 * index : 2 * index + 2]
        assert first.startswith(f"To {name} Dear {name} 1. first 2. second marked see page 1")
        assert first.endswith("page 1 of 2")
        assert second == f"To {name} The second page page 2 of 2"
