"""Letters of several templates in one Word file, each as it would be alone."""

import io
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from lxml import etree

from interactions.letters.apart import apart
from interactions.letters.combinable import Combinable
from interactions.letters.combine import CombinedFile
from interactions.letters.engine import LetterTemplate
from interactions.letters.libreoffice import convert
from interactions.letters.package_parts import zipped
from interactions.letters.problems import NotTogether

from . import documents
from .test_combine import (
    CAST,
    W,
    check_package,
    fields,
    joined,
    letter_of_two_pages,
    needs_libreoffice,
    root_of,
)

NAMES = CAST * 2


def other_letter() -> bytes:
    """Its styles are called as those of the first letter, and look otherwise."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Mono"
    document.styles["Normal"].font.size = Pt(14)
    document.styles["Heading 1"].font.size = Pt(30)
    document.styles["Table Grid"].font.italic = True
    document.sections[0].footer.paragraphs[0].text = "Foot of {{ contact.name }}"
    document.add_heading("Hej {{ contact.name }}", 1)
    for word in ("et", "to", "tre"):
        document.add_paragraph(word, style="List Number")
    document.add_table(1, 2, style="Table Grid").cell(0, 0).text = "celle"
    document.add_table(1, 2).cell(0, 0).text = "celle"
    document.add_picture(documents.picture())
    return documents.saved(document)


def both(first: bytes, second: bytes, **options) -> bytes:
    """Letters of the two in turn."""
    stream = io.BytesIO()
    file = CombinedFile(Combinable.together([first, second], **options), stream)
    for number, name in enumerate(NAMES):
        file.add(fields(name), number, of=number % 2)
    file.close()
    return stream.getvalue()


def alone(first: bytes, second: bytes) -> list[bytes]:
    engines = [LetterTemplate.load(first), LetterTemplate.load(second)]
    return [engines[number % 2].render(fields(name)) for number, name in enumerate(NAMES)]


def texts(data: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs if each.text]


def without(data: bytes, part: str) -> bytes:
    """The file without that part of its body."""
    members = documents.members(data)
    members.pop(f"word/{part}")
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        root = etree.fromstring(members[name])
        for element in list(root):
            if element.get("PartName", element.get("Target", "")).endswith(part):
                root.remove(element)
        members[name] = etree.tostring(root)
    return zipped(members)


def test_the_words_are_those_of_the_letters_alone():
    templates = letter_of_two_pages(), other_letter()
    expected = [text for letter in alone(*templates) for text in texts(letter)]
    assert texts(both(*templates)) == expected


def test_styles_of_one_name_are_told_apart():
    data = both(letter_of_two_pages(), other_letter())
    styles = list(root_of(data, "word/styles.xml").iter(f"{W}style"))
    names = [style.get(f"{W}styleId") for style in styles]
    assert len(names) == len(set(names))
    titles = [style.find(f"{W}name").get(f"{W}val") for style in styles]
    assert len(titles) == len(set(titles))
    used = {style.get(f"{W}val") for style in root_of(data).iter(f"{W}pStyle")}
    assert {"ListNumber", "T1xListNumber", "T1xHeading1", "T1xNormal"} <= used <= set(names)


def test_templates_of_the_same_styles_keep_them():
    data = both(letter_of_two_pages(), documents.letter("Hi {{ contact.name }}"))
    assert b"T1x" not in documents.members(data)["word/styles.xml"]


def test_lists_are_told_apart():
    data = both(letter_of_two_pages(), other_letter())
    numbers = {each.get(f"{W}val") for each in root_of(data).iter(f"{W}numId")}
    known = {
        each.get(f"{W}numId"): each.find(f"{W}abstractNumId").get(f"{W}val")
        for each in root_of(data, "word/numbering.xml").iter(f"{W}num")
    }
    assert len(numbers) == len(NAMES)
    assert len({known[number] for number in numbers}) == 2


def test_a_document_without_lists_takes_those_of_another():
    plain = without(documents.letter("Hi {{ contact.name }}"), "numbering.xml")
    data = both(plain, other_letter())
    check_package(data)
    numbers = {each.get(f"{W}val") for each in root_of(data).iter(f"{W}numId")}
    listed = root_of(data, "word/numbering.xml").iter(f"{W}num")
    assert len(numbers) == len(CAST)
    assert numbers <= {each.get(f"{W}numId") for each in listed}


@pytest.mark.parametrize("build", documents.FAST + documents.REPAIRED, ids=lambda b: b.__name__)
def test_any_template_may_be_the_first(build):
    data = both(build(), other_letter())
    check_package(data)
    assert all(text in "\n".join(texts(data)) for text in ("Hej", *CAST))


def test_headers_of_one_are_not_those_of_the_other():
    data = both(documents.letter("Hi {{ contact.name }}"), other_letter())
    sections = docx.Document(io.BytesIO(data)).sections
    feet = [section.footer.paragraphs[0].text for section in sections]
    assert feet == [f"Foot of {name}" if n % 2 else "" for n, name in enumerate(NAMES)]


SPACED = b'<w:pPrDefault><w:pPr><w:spacing w:after="240"/></w:pPr></w:pPrDefault>'
KEPT = b"<w:pPrDefault><w:pPr><w:keepNext/></w:pPr></w:pPrDefault>"
DEFAULTS = re.compile(rb"<w:pPrDefault/>|<w:pPrDefault>.*?</w:pPrDefault>", re.DOTALL)


def taking_for_granted(data: bytes, defaults: bytes, *, tables: bool) -> bytes:
    members = documents.members(data)
    styles, found = DEFAULTS.subn(defaults, members["word/styles.xml"])
    assert found == 1
    root = etree.fromstring(styles)
    for style in root.findall(f"{W}style"):
        if style.get(f"{W}type") == "table" and not tables:
            root.remove(style)
    members["word/styles.xml"] = etree.tostring(root)
    return zipped(members)


def test_what_one_takes_for_granted_is_said_in_its_styles():
    other = taking_for_granted(documents.letter("Hi {{ contact.name }}"), SPACED, tables=False)
    data = both(letter_of_two_pages(), other)
    styles = {
        style.get(f"{W}styleId"): style
        for style in root_of(data, "word/styles.xml").iter(f"{W}style")
    }
    spacing = styles["T1xNormal"].find(f"{W}pPr/{W}spacing")
    assert spacing.get(f"{W}after") == "240"
    assert styles["Normal"].find(f"{W}pPr/{W}spacing") is None


def test_a_style_of_tables_that_says_otherwise_keeps_them_apart():
    other = taking_for_granted(documents.letter("Hi {{ contact.name }}"), SPACED, tables=True)
    with pytest.raises(NotTogether, match="a style of tables says spacing"):
        apart([letter_of_two_pages(), other])


def test_what_the_first_alone_takes_for_granted_keeps_them_apart():
    first = taking_for_granted(documents.letter("Hi {{ contact.name }}"), KEPT, tables=False)
    with pytest.raises(NotTogether, match="keepNext"):
        apart([first, other_letter()])


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/settings.xml", "</w:settings>", "<w:evenAndOddHeaders/></w:settings>"),
        ("word/theme/theme1.xml", 'typeface="Calibri"', 'typeface="Georgia"'),
        ("word/document.xml", "<w:body>", '<w:background w:color="FF0000"/><w:body>'),
        ("word/_rels/document.xml.rels", "relationships/numbering", "relationships/chart"),
    ],
)
def test_what_would_look_otherwise_is_not_joined(part, old, new):
    with pytest.raises(NotTogether):
        apart([letter_of_two_pages(), documents.replaced(other_letter(), part, old, new)])


def test_notes_are_of_the_first_alone():
    reference = '<w:body><w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = documents.replaced(
        documents.with_footnotes(), "word/document.xml", "<w:body>", reference
    )
    check_package(both(notes, other_letter()))
    with pytest.raises(NotTogether, match="notes"):
        apart([other_letter(), notes])


@needs_libreoffice
def test_libreoffice_shows_every_page_as_it_would_be_alone(tmp_path: Path, settings):
    """Images of the pages, dot by dot."""
    templates = [letter_of_two_pages(), other_letter()]
    files = [both(*templates, for_pdf=True)]
    files += [joined(templates[n % 2], [name], n, for_pdf=True) for n, name in enumerate(NAMES)]
    paths = [tmp_path / f"{number}.docx" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    together, *single = map(images, convert(paths, tmp_path))
    assert len(together) == 9
    assert together == [page for pages in single for page in pages]


def images(pdf: Path) -> list[bytes]:
    subprocess.run(["pdftoppm", "-r", "50", pdf, pdf.with_suffix("")], check=True)
    return [path.read_bytes() for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.ppm"))]
