"""Word documents with merge fields, written as Word writes them."""

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from .documents import replaced, rezipped, saved

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SOURCE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/mailMergeSource" '
    'Target="file:///C:\\Users\\Anna\\Customers.xlsx" TargetMode="External"/></Relationships>'
)
MAIL_MERGE = (
    '<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:linkToQuery/>'
    '<w:connectString w:val="Provider=Microsoft.ACE.OLEDB.12.0"/>'
    '<w:query w:val="SELECT * FROM `Customers$`"/><w:dataSource r:id="rId1" xmlns:r="'
    f'{RELATIONS}"/><w:odso><w:fieldMapData><w:type w:val="dbColumn"/>'
    '<w:name w:val="Kaldenavn"/><w:mappedName w:val="First Name"/></w:fieldMapData></w:odso>'
    "%s</w:mailMerge>"
)


def mark(paragraph: Paragraph, kind: str):
    run = paragraph.add_run()
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    run._r.append(character)
    return run


def code(paragraph: Paragraph, text: str):
    run = paragraph.add_run()
    instruction = OxmlElement("w:instrText")
    instruction.text = text
    instruction.set(qn("xml:space"), "preserve")
    run._r.append(instruction)
    return run


def field(paragraph: Paragraph, instruction: str, result: str = "«x»", cuts: int = 1) -> None:
    """A complex field. Fields within it stand between braces; its text is cut into runs."""
    mark(paragraph, "begin")
    _code(paragraph, instruction, cuts)
    if result:
        mark(paragraph, "separate")
        paragraph.add_run(result)
    mark(paragraph, "end")


def _code(paragraph: Paragraph, instruction: str, cuts: int) -> None:
    while "{" in instruction:
        before, rest = instruction.split("{", 1)
        inner, instruction = _inner(rest)
        _pieces(paragraph, before, cuts)
        field(paragraph, inner)
    _pieces(paragraph, instruction, cuts)


def _inner(text: str) -> tuple[str, str]:
    depth = 1
    for place, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if not depth:
            return text[:place], text[place + 1 :]
    raise ValueError(text)


def _pieces(paragraph: Paragraph, text: str, cuts: int) -> None:
    size = max(len(text) // cuts, 1)
    for start in range(0, len(text), size):
        code(paragraph, text[start : start + size])


def simple_field(paragraph: Paragraph, instruction: str, result: str = "«x»"):
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), instruction)
    paragraph._p.append(simple)
    run = paragraph.add_run(result)
    simple.append(run._r)
    return run


def word_letter(*lines: str, cuts: int = 1) -> bytes:
    """A letter of paragraphs. Text between braces is a merge field."""
    document = docx.Document()
    for line in lines:
        write(document.add_paragraph(), line, cuts)
    return saved(document)


def write(paragraph: Paragraph, line: str, cuts: int = 1) -> None:
    """Write a line, in which what stands between braces is a field."""
    while "{" in line:
        before, rest = line.split("{", 1)
        inner, line = _inner(rest)
        paragraph.add_run(before)
        field(paragraph, inner, cuts=cuts)
    paragraph.add_run(line)


def connected(data: bytes, more: str = "") -> bytes:
    """`data` as Word leaves it, connected to a list of recipients."""
    data = replaced(data, "word/settings.xml", "<w:zoom", (MAIL_MERGE % more) + "<w:zoom")
    return rezipped(data, add={"word/_rels/settings.xml.rels": SOURCE})
