"""Our logo in a template: put in its place once, so that letters with it are as fast as others."""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from PIL import Image

from .word_fields.document import without_data_source
from .word_fields.instruction import read_instruction
from .word_fields.names import field_named
from .word_fields.structure import (
    PARAGRAPH,
    RUN_PROPERTIES,
    TEXT,
    Element,
    W,
    find_fields,
    like,
    made_complex,
    stories,
    text_run,
)

LOGO = "company.logo"
TAG = re.compile(r"\{\{-?\s*company\.logo\s*-?\}\}")
ROOTS = (f"{W}document", f"{W}hdr", f"{W}ftr")
MENTIONED = re.compile(rb"logo|instrText|fldSimple", re.IGNORECASE)
TYPES, MEDIA = "[Content_Types].xml", "company_logo"
TYPE_NAMES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATION_NAMES = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
RELATION = "rIdCompanyLogo"
EMPTY_RELATIONS = f'<Relationships xmlns="{RELATION_NAMES}"/>'.encode()
FORMATS = {"PNG": "png", "JPEG": "jpeg"}
EMU_PER_INCH, EMU_PER_MM = 914_400, 36_000
MAX_WIDTH, MAX_HEIGHT = 80 * EMU_PER_MM, 30 * EMU_PER_MM
USUAL_DPI = 96
DRAWING = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"
/><wp:docPr id="{number}" name="Logo"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData
 uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr
 id="{number}" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"
/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext
 cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr
></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>
""".strip()
# Away from the numbers that Word gives to pictures of a document.
FIRST_NUMBER = 900_001


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG file that was checked when it was uploaded."""

    data: bytes

    @cached_property
    def _facts(self) -> tuple[str, int, int]:
        """Ending and size in Word's unit: its own, but never larger than a letterhead's."""
        with Image.open(io.BytesIO(self.data), formats=tuple(FORMATS)) as image:
            dpi = [float(value) or USUAL_DPI for value in image.info.get("dpi", (USUAL_DPI,) * 2)]
            sizes = [
                pixels / max(per_inch, 1.0) * EMU_PER_INCH
                for pixels, per_inch in zip(image.size, dpi, strict=True)
            ]
            kind = FORMATS[str(image.format)]
        scale = min(1.0, MAX_WIDTH / sizes[0], MAX_HEIGHT / sizes[1])
        return kind, max(round(sizes[0] * scale), 1), max(round(sizes[1] * scale), 1)

    @property
    def ending(self) -> str:
        """`png` or `jpeg`."""
        return self._facts[0]

    def drawing(self, number: int) -> Element:
        """Return the element that shows it in a line of text."""
        _kind, width, height = self._facts
        text = DRAWING.format(width=width, height=height, number=number, relation=RELATION)
        return etree.fromstring(text)


def prepared(data: bytes, logo: bytes | None) -> bytes:
    """Return template `data` as letters are made from it: with our logo in its places.

    The list of recipients of Word's mail merge is left out. Without a logo its places are empty.
    A damaged document or logo changes nothing: the engine says what is wrong with the document.
    """
    try:
        data = without_data_source(data)
        return _with_logo(data, Picture(logo)) if logo else data
    except Exception:  # Whatever a damaged file can make its reader do.
        return data


def _with_logo(data: bytes, logo: Picture) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    changed = {name: xml for name in members if (xml := _illustrated(name, members[name], logo))}
    if not changed:
        return data
    for name in changed:
        folder, _slash, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        members[relations] = _related(members.get(relations, EMPTY_RELATIONS), logo)
    members[f"word/media/{MEDIA}.{logo.ending}"] = logo.data
    members[TYPES] = _typed(members[TYPES], logo)
    return _zipped({**members, **changed})


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _illustrated(name: str, xml: bytes, logo: Picture) -> bytes | None:
    """The part with the logo in it; None when it has no place for one."""
    if not (name.startswith("word/") and name.endswith(".xml") and MENTIONED.search(xml)):
        return None
    root = etree.fromstring(xml)
    if root.tag not in ROOTS:
        return None
    places = [*_field_places(root), *_tag_places(root)]
    for number, place in enumerate(places, start=FIRST_NUMBER):
        place.append(logo.drawing(number))
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole if places else None


def _field_places(root: Element) -> list[Element]:
    """An empty run in the place of each merge field of Word that names the logo."""
    places = []
    made_complex(root, {"MERGEFIELD"})
    for story in list(stories(root)):
        for field in find_fields(story)[0]:
            instruction = read_instruction(field.text)
            name = " ".join(instruction.words)
            if instruction.kind == "MERGEFIELD" and field_named(name) == LOGO:
                places.append(like(field.begin))
                field.begin.addprevious(places[-1])
                for run in list(field.runs()):
                    run.getparent().remove(run)
    return places


def _tag_places(root: Element) -> list[Element]:
    """An empty run in the place of each `{{ company.logo }}`, however Word has cut it up."""
    return [place for paragraph in list(root.iter(PARAGRAPH)) for place in _in_line(paragraph)]


def _in_line(paragraph: Element) -> list[Element]:
    places = []
    while found := _find_tag(paragraph):
        places.append(_cut_out(*found))
    return places


def _texts(paragraph: Element) -> list[Element]:
    """The texts of a paragraph, without those of text boxes in it."""
    own = paragraph.iter(TEXT)
    return [text for text in own if next(text.iterancestors(PARAGRAPH)) is paragraph]


def _find_tag(paragraph: Element) -> tuple[list[Element], int, int] | None:
    texts = _texts(paragraph)
    match = TAG.search("".join(text.text or "" for text in texts))
    return (texts, *match.span()) if match else None


def _cut_out(texts: list[Element], start: int, end: int) -> Element:
    """Take the letters from `start` to `end` out; return the run that stands in their place."""
    place: Any = None
    position = 0
    for text in texts:
        letters = text.text or ""
        begin, stop = (min(max(at - position, 0), len(letters)) for at in (start, end))
        position += len(letters)
        if begin == stop:
            continue
        text.text = letters[:begin] if place is None else letters[stop:]
        if place is None:
            place = _after(text, letters[stop:])
    return place


def _after(text: Element, rest: str) -> Element:
    """A run after `text`, and the rest of its letters and of its run in another one."""
    run = text.getparent()
    place, last = like(run), like(run)
    following = list(text.itersiblings())
    if rest:
        last.append(text_run(rest).find(TEXT))
    last.extend(following)
    run.addnext(place)
    if any(child.tag != RUN_PROPERTIES for child in last):
        place.addnext(last)
    return place


def _related(relations: bytes, logo: Picture) -> bytes:
    root = etree.fromstring(relations)
    relation = etree.SubElement(root, f"{{{RELATION_NAMES}}}Relationship")
    target = f"media/{MEDIA}.{logo.ending}"
    relation.attrib.update({"Id": RELATION, "Type": IMAGE, "Target": target})
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _typed(types: bytes, logo: Picture) -> bytes:
    root = etree.fromstring(types)
    defaults = {item.get("Extension", "").lower() for item in root.iter(f"{{{TYPE_NAMES}}}Default")}
    if logo.ending not in defaults:
        default = etree.Element(f"{{{TYPE_NAMES}}}Default")
        default.attrib.update({"Extension": logo.ending, "ContentType": f"image/{logo.ending}"})
        root.insert(0, default)
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole
