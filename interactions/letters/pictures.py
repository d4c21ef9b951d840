"""Pictures in a template: put in their places once, so that letters with them are no slower.

Our logo is the same in every letter and becomes a part of the template. A picture that differs from
letter to letter becomes a drawing whose size and relation are fields; see `illustrations`.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from .illustrations import PER_LETTER, related_picture, values_group
from .line_height import EXACT, STYLES, give_room
from .picture import FORMATS, Picture, drawing
from .relations import relations_of
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
from .wordml import CONTENT_TYPES, whole_xml

LOGO = "company.logo"
LOGO_KEY = "company_logo"
ROOTS = (f"{W}document", f"{W}hdr", f"{W}ftr")
# Word may cut a tag up anywhere, but a brace stays one.
MENTIONED = re.compile(rb"\{|instrText|fldSimple")
TYPES = "[Content_Types].xml"
# Away from the numbers that Word gives to pictures of a document.
FIRST_NUMBER = 900_001

# A picture's field, and the run it stands in.
Place = tuple[str, Element]


def prepared(data: bytes, logo: bytes | None) -> bytes:
    """Return template `data` as letters are made from it: with pictures in their places.

    The list of recipients of Word's mail merge is left out. Without a logo its places are empty.
    A damaged document or logo changes nothing: the engine says what is wrong with the document.
    """
    try:
        return _with_pictures(without_data_source(data), Picture(logo, LOGO_KEY) if logo else None)
    except Exception:  # Whatever a damaged file can make its reader do.
        return data


def _with_pictures(data: bytes, logo: Picture | None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    changed = {name: found for name in members if (found := _illustrated(name, members, logo))}
    if not changed:
        return data
    for name, (xml, shown) in changed.items():
        members[name] = xml
        if logo and LOGO in shown:
            relations = members.get(relations_of(name), b"")
            members[relations_of(name)] = related_picture(relations, logo)
            members[logo.file] = logo.data
    members[TYPES] = _typed(members[TYPES])
    return _zipped(members)


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _illustrated(
    name: str, members: Mapping[str, bytes], logo: Picture | None
) -> tuple[bytes, set[str]] | None:
    """The part with pictures in it, and which; None when it has no place for one."""
    xml = members[name]
    if not (name.startswith("word/") and name.endswith(".xml") and MENTIONED.search(xml)):
        return None
    root = etree.fromstring(xml)
    if root.tag not in ROOTS:
        return None
    places = _places(root, (LOGO, *PER_LETTER) if logo else PER_LETTER)
    exact_by_style = EXACT in members.get(STYLES, b"")
    for _field, place in places:
        give_room(place, exact_by_style=exact_by_style)
    for number, (field, place) in enumerate(places, start=FIRST_NUMBER):
        if field == LOGO and logo:
            place.append(drawing(number, field, logo.values))
        else:
            _put_drawing(place, number, field)
    return (whole_xml(root), {field for field, _place in places}) if places else None


def _put_drawing(place: Element, number: int, field: str) -> None:
    """A drawing that is there when the letter has the picture."""
    group = values_group(field)
    values = {name: f"{{{{ {group}.{name} }}}}" for name in ("relation", "width", "height")}
    place.addprevious(text_run(f"{{%r if {group}.relation %}}"))
    place.append(drawing(number, field, values))
    place.addnext(text_run("{%r endif %}"))


def _places(root: Element, fields: Sequence[str]) -> list[Place]:
    """An empty run in the place of each picture."""
    return [*_field_places(root, fields), *_tag_places(root, fields)]


def _field_places(root: Element, fields: Sequence[str]) -> list[Place]:
    """In the place of each merge field of Word that names a picture."""
    places = []
    made_complex(root, {"MERGEFIELD"})
    for story in list(stories(root)):
        for field in find_fields(story)[0]:
            instruction = read_instruction(field.text)
            named = field_named(" ".join(instruction.words))
            if instruction.kind == "MERGEFIELD" and named in fields:
                place = like(field.begin)
                places.append((str(named), place))
                field.begin.addprevious(place)
                for run in list(field.runs()):
                    run.getparent().remove(run)
    return places


def _tag_places(root: Element, fields: Sequence[str]) -> list[Place]:
    """In the place of each tag such as `{{ company.logo }}`, however Word has cut it up."""
    names = "|".join(map(re.escape, fields))
    tag = re.compile(rf"\{{\{{-?\s*({names})\s*-?\}}\}}")
    paragraphs = list(root.iter(PARAGRAPH))
    return [place for paragraph in paragraphs for place in _in_line(paragraph, tag)]


def _in_line(paragraph: Element, tag: re.Pattern[str]) -> Iterator[Place]:
    while found := _find_tag(paragraph, tag):
        texts, match = found
        yield match[1], _cut_out(texts, *match.span())


def _texts(paragraph: Element) -> list[Element]:
    """The texts of a paragraph, without those of text boxes in it."""
    own = paragraph.iter(TEXT)
    return [text for text in own if next(text.iterancestors(PARAGRAPH)) is paragraph]


def _find_tag(
    paragraph: Element, tag: re.Pattern[str]
) -> tuple[list[Element], re.Match[str]] | None:
    texts = _texts(paragraph)
    match = tag.search("".join(text.text or "" for text in texts))
    return (texts, match) if match else None


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


def _typed(types: bytes) -> bytes:
    """The kinds of pictures that a letter may have."""
    root = etree.fromstring(types)
    name = f"{{{CONTENT_TYPES}}}Default"
    there = {item.get("Extension", "").lower() for item in root.iter(name)}
    for ending in FORMATS.values():
        if ending not in there:
            default = etree.Element(name)
            default.attrib.update({"Extension": ending, "ContentType": f"image/{ending}"})
            root.insert(0, default)
    return whole_xml(root)
