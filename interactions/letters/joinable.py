"""A Word template changed so that its letters can stand one after another in one file.

The file is changed before the engine reads it; what must differ from letter to letter without
being a field is marked (`marks`), and the marks become numbers when the letters are joined.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from .marks import is_marked, mark
from .numbering import Numbering, mark_lists
from .relations import relations_of
from .wordml import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    TYPE_OF_PART,
    WORD_2010,
    W,
    remove,
    whole_xml,
)

MAIN = f"{TYPE_OF_PART}.document.main+xml"
CORE = "docProps/core.xml"
TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
PARAGRAPH_TAG = re.compile(r"{[{%#]\s*(?:p|tr|tc)\s")
PAGES = re.compile(r"\b(?:NUMPAGES|SECTIONPAGES)\b")
NAMED = re.compile(r"^(\s*(?:REF|PAGEREF|NOTEREF)\s+)(\S+)|(\\l\s+\"?)([^\"\s]+)")
SAVED_BY_WORD = (
    *(f"{W}rsid{what}" for what in ("R", "RDefault", "P", "RPr", "Tr", "Sect")),
    *(f"{{{WORD_2010}}}{what}" for what in ("paraId", "textId")),
)
LEFT_OUT = (
    *("proofErr", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd"),
    "commentReference",
)
BOOKMARK_END = f"{W}bookmarkEnd"
NOTES = ("footnotes", "endnotes")
NOTE_REFERENCES = {"footnotes": f"{W}footnoteReference", "endnotes": f"{W}endnoteReference"}


@dataclass(frozen=True, slots=True)
class Joinable:
    """The changed file and what is known of it. Names are names of parts.

    `headers` are relation -> header or footer; `notes` the foot- and endnotes that it uses.
    """

    data: bytes
    main: str
    body: etree._Element
    headers: dict[str, str]
    notes: dict[str, str]
    numbering_part: str
    numbering: Numbering


def joinable(data: bytes, *, pages_by_bookmark: bool, number: bool) -> Joinable:
    """Return template `data` ready to be joined.

    The number of pages of a letter is Word's SECTIONPAGES, or with `pages_by_bookmark` (and for a
    letter of several sections) the page of a bookmark at its end. With `number` the letter's
    number stands small at the foot of its first page.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _Change(archive).joinable(pages_by_bookmark=pages_by_bookmark, number=number)


class _Change:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._types = etree.fromstring(archive.read("[Content_Types].xml"))
        self._changed: dict[str, bytes] = {}
        self.main = self._main()
        self._related = dict(self._relations(self.main))

    def joinable(self, *, pages_by_bookmark: bool, number: bool) -> Joinable:
        root = self._parse(self.main)
        body = root.find(f"{W}body")
        _simplify(root)
        _end_with_section(body)
        sections = len(list(body.iter(f"{W}sectPr")))
        pages = _pages_field(by_bookmark=pages_by_bookmark or sections > 1)
        self._headers_and_footers(pages)
        _mark_bookmarks(root)
        _mark_pages(root, pages)
        notes = self._mark_notes(root)
        part, numbering = self._mark_lists(body)
        _frame_letter(body, number=number)
        self._changed[self.main] = whole_xml(root)
        self._settings()
        self._properties()
        headers = {key: name for key, (kind, name) in self._related.items() if _is_header(kind)}
        return Joinable(self._saved(), self.main, body, headers, notes, part, numbering)

    def _main(self) -> str:
        for override in self._types.iter(f"{{{CONTENT_TYPES}}}Override"):
            if override.get("ContentType") == MAIN:
                return str(override.get("PartName", "")).lstrip("/")
        return "word/document.xml"

    def _relations(self, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
        part = relations_of(name)
        if part not in self._archive.namelist():
            return
        for relation in etree.fromstring(self._archive.read(part)).iter(
            f"{{{PACKAGE_RELATIONS}}}Relationship"
        ):
            kind = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") != "External":
                yield relation.get("Id", ""), (kind, _target(name, relation.get("Target", "")))

    def _part(self, kind: str) -> str:
        return next((name for other, name in self._related.values() if other == kind), "")

    def _parse(self, name: str) -> etree._Element:
        return etree.fromstring(self._archive.read(name))

    def _headers_and_footers(self, pages: str) -> None:
        for kind, name in self._related.values():
            if _is_header(kind):
                root = self._parse(name)
                _simplify(root)
                _mark_pages(root, pages)
                self._changed[name] = whole_xml(root)

    def _mark_notes(self, root: etree._Element) -> dict[str, str]:
        used = {}
        for kind in NOTES:
            references = list(root.iter(NOTE_REFERENCES[kind]))
            for reference in references:
                note = int(reference.get(f"{W}id", 0))
                reference.set(f"{W}id", mark(kind[0], note))
            if references and self._part(kind):
                used[kind] = self._part(kind)
        return used

    def _mark_lists(self, body: etree._Element) -> tuple[str, Numbering]:
        part, styles = self._part("numbering"), self._part("styles")
        if not part:
            return "", Numbering()
        styled = self._parse(styles) if styles else None
        return part, mark_lists(body, self._parse(part), styled)

    def _settings(self) -> None:
        """Without the data source of Word's own mail merge, which it would ask for."""
        if name := self._part("settings"):
            root = self._parse(name)
            remove(list(root.iter(f"{W}mailMerge", f"{W}rsids")))
            self._changed[name] = whole_xml(root)

    def _properties(self) -> None:
        """A property with a tag would say something of the first letter alone."""
        if CORE in self._archive.namelist():
            root = self._parse(CORE)
            for element in root:
                if TAG.search(element.text or ""):
                    element.text = ""
            self._changed[CORE] = whole_xml(root)

    def _saved(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._archive.infolist():
                content = self._changed.get(info.filename)
                archive.writestr(info, self._archive.read(info) if content is None else content)
        return stream.getvalue()


def _target(name: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return str(PurePosixPath(name).parent / target)


def _is_header(kind: str) -> bool:
    return kind in ("header", "footer")


def _simplify(root: etree._Element) -> None:
    """Leave out what Word notes for itself, and the comments of the template's authors."""
    remove(list(root.iter(*(f"{W}{name}" for name in LEFT_OUT))))
    remove(list(root.iterfind(f".//{W}sdtPr/{W}id")))
    for element in root.iter(etree.Element):
        for name in SAVED_BY_WORD:
            element.attrib.pop(name, None)


def _end_with_section(body: etree._Element) -> None:
    """Put the last section into the last paragraph, as it stands between two letters."""
    section = body.find(f"{W}sectPr")
    if section is None:
        section = etree.Element(f"{W}sectPr")
    else:
        body.remove(section)
    last = body[-1] if len(body) else None
    if last is None or not _can_end(last):
        last = _tiny_paragraph(body)
    properties = last.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        last.insert(0, properties)
    change = properties.find(f"{W}pPrChange")
    place = len(properties) if change is None else properties.index(change)
    properties.insert(place, section)


def _can_end(last: etree._Element) -> bool:
    if last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    # "-%}" joins the paragraph before with this one, and its properties would go.
    joins = "-%}" in _text(last.getprevious())
    return not joins and not PARAGRAPH_TAG.search(_text(last))


def _text(paragraph: etree._Element | None) -> str:
    texts = () if paragraph is None else paragraph.iter(f"{W}t")
    return "".join(text.text or "" for text in texts)


def _tiny_paragraph(body: etree._Element) -> etree._Element:
    """It takes no room, so that it makes no page of its own."""
    paragraph = etree.SubElement(body, f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    spacing = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(
        properties, f"{W}spacing", {f"{W}{name}": value for name, value in spacing.items()}
    )
    run = etree.SubElement(properties, f"{W}rPr")
    etree.SubElement(run, f"{W}sz").set(f"{W}val", "2")
    return paragraph


def _pages_field(*, by_bookmark: bool) -> str:
    return f"PAGEREF E{mark('n')}" if by_bookmark else "SECTIONPAGES"


def _mark_pages(root: etree._Element, pages: str) -> None:
    for text in root.iter(f"{W}instrText"):
        text.text = PAGES.sub(pages, text.text or "")
    for simple in root.iter(f"{W}fldSimple"):
        simple.set(f"{W}instr", PAGES.sub(pages, simple.get(f"{W}instr", "")))


def _mark_bookmarks(root: etree._Element) -> None:
    """Bookmarks are known by name in the whole file, so each letter has names of its own."""
    names: dict[str, str] = {}
    for index, bookmark in enumerate(list(root.iter(f"{W}bookmarkStart")), start=2):
        old, key = bookmark.get(f"{W}name", ""), bookmark.get(f"{W}id", "")
        names[old] = f"B{index}N{mark('n')}"
        bookmark.set(f"{W}name", names[old])
        _mark_bookmark(root, bookmark, key, index)
    for link in root.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        if anchor in names:
            link.set(f"{W}anchor", names[anchor])
    for text in root.iter(f"{W}instrText"):
        text.text = _renamed(text.text or "", names)
    for simple in root.iter(f"{W}fldSimple"):
        simple.set(f"{W}instr", _renamed(simple.get(f"{W}instr", ""), names))


def _mark_bookmark(root: etree._Element, bookmark: etree._Element, key: str, index: int) -> None:
    bookmark.set(f"{W}id", mark("b", index))
    for end in root.iter(BOOKMARK_END):
        if end.get(f"{W}id") == key:
            end.set(f"{W}id", mark("b", index))


def _renamed(instruction: str, names: dict[str, str]) -> str:
    def renamed(match: re.Match[str]) -> str:
        before, name = match[1] or match[3], match[2] or match[4]
        return before + names.get(name, name)

    return NAMED.sub(renamed, instruction)


def _frame_letter(body: etree._Element, *, number: bool) -> None:
    """A bookmark where the letter ends, E17: in its last paragraph, whatever it begins with."""
    last = body[-1]
    start, end = etree.SubElement(last, f"{W}bookmarkStart"), etree.SubElement(last, BOOKMARK_END)
    start.set(f"{W}id", mark("b", 1))
    start.set(f"{W}name", f"E{mark('n')}")
    end.set(f"{W}id", mark("b", 1))
    if number:
        body.insert(0, _number_in_margin())


FRAME = f"""<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:framePr w:w="1134" w:h="227" w:hRule="exact"
 w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="284" w:y="16330"/>
<w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:rPr><w:color w:val="808080"/><w:sz w:val="12"/>
</w:rPr><w:t>%s</w:t></w:r></w:p>"""


def _number_in_margin() -> etree._Element:
    """A paragraph in a frame: it stands at the edge of the paper and moves no text."""
    return etree.fromstring(FRAME % mark("n"))


def has_marks(data: bytes, name: str) -> bytes | None:
    """Return the part `name` of file `data` if something in it differs from letter to letter."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(name)
    return xml if is_marked(xml) else None
