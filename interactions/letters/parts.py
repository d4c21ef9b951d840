"""The parts of a Word template that have tags, as docxtpl would hand them to Jinja."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from docx.opc.oxml import parse_xml
from docx.opc.part import Part
from docxtpl import DocxTemplate
from lxml import etree

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NOTES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml": "footnotes",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml": "endnotes",
}
# The properties that docxtpl renders, as elements of docProps/core.xml.
PROPERTIES = ("creator", "description", "identifier", "language", "subject", "title")
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
TAG = re.compile(r"({[{%#].*?[}%#]})", re.DOTALL)
# What repeats or merges table cells; docxtpl then repairs the table's grid in every letter.
CELL_TAGS = re.compile(r"{[{%#]\s*tc\s|{%\s*(?:colspan\s|cellbg\s|vm\s*%|hm\s*%)")


@dataclass(frozen=True, slots=True)
class PartSource:
    """One part: constant text around the XML that Jinja compiles. `place` is a word of `check`."""

    name: str
    place: str
    xml: str
    before: str = ""
    after: str = ""
    cell_tags: bool = False
    # What Jinja is given, before docxtpl's changes; None where docxtpl makes none.
    original: str | None = field(default=None, repr=False)


def part_sources(data: bytes) -> list[PartSource]:
    """Return body, headers, footers, notes and properties of the Word file `data`."""
    template = DocxTemplate(io.BytesIO(data))
    template.init_docx()
    return [
        _body(template),
        *_headers_and_footers(template),
        *_notes(template),
        *_properties(template),
    ]


def _body(template: DocxTemplate) -> PartSource:
    whole = template.xml_to_string(template.docx._element)
    xml = template.get_xml()
    return PartSource(
        name=_name(template.docx._part),
        place="body",
        xml=template.patch_xml(xml),
        before=DECLARATION + whole[: whole.index("<w:body")],
        after=whole[whole.rindex("</w:body>") + len("</w:body>") :],
        cell_tags=bool(CELL_TAGS.search(re.sub(r"<[^>]*>", "", xml))),
    )


def _headers_and_footers(template: DocxTemplate) -> Iterator[PartSource]:
    seen = set()
    for uri, place in ((template.HEADER_URI, "header"), (template.FOOTER_URI, "footer")):
        for _relation, part in template.get_headers_footers(uri):
            if _name(part) in seen:
                continue
            seen.add(_name(part))
            xml = template.xml_to_string(parse_xml(part.blob))
            patched = template.patch_xml(xml)
            yield PartSource(_name(part), place, patched, before=DECLARATION, original=xml)


def _notes(template: DocxTemplate) -> Iterator[PartSource]:
    for part in template.docx._part.package.parts:
        if place := NOTES.get(part.content_type):
            xml = template.xml_to_string(etree.fromstring(part.blob))
            patched = template.patch_xml(xml)
            yield PartSource(_name(part), place, patched, before=DECLARATION, original=xml)


def _properties(template: DocxTemplate) -> Iterator[PartSource]:
    """Only if a property has a tag: docxtpl would write empty elements otherwise."""
    properties = template.docx.core_properties
    root = parse_xml(etree.tostring(properties._element))
    texts = {}
    for name in PROPERTIES:
        element = root.find(DUBLIN_CORE + name)
        if element is not None and TAG.search(element.text or ""):
            texts[f"\ue000{name}\ue001"] = element.text
            element.text = f"\ue000{name}\ue001"
    if texts:
        xml = etree.tostring(root, encoding="unicode")
        for mark, text in texts.items():
            xml = xml.replace(mark, _escaped_around_tags(text))
        part = template.docx._part.package._core_properties_part
        yield PartSource(_name(part), "properties", xml, before=DECLARATION, original="")


def _escaped_around_tags(text: str) -> str:
    pieces = TAG.split(text)
    return "".join(piece if i % 2 else escape(piece) for i, piece in enumerate(pieces))


def _name(part: Part | Any) -> str:
    return str(part.partname).lstrip("/")
