"""A whole Word file with its merge fields made into tags, and without its data source."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from interactions.letters.members import fastest_deflate
from interactions.letters.package import Package
from interactions.letters.problems import Refused
from interactions.letters.safety import DATA_SOURCE

from .expressions import Expression
from .kinds import kind_of, with_inner
from .paragraphs import remove
from .structure import Element, W, find_fields, made_complex, stories
from .translate import Translation, WordField

PLACES = {
    f"{W}document": "body",
    f"{W}hdr": "header",
    f"{W}ftr": "footer",
    f"{W}footnotes": "footnotes",
    f"{W}endnotes": "endnotes",
}
MAIL_MERGE, SETTINGS = f"{W}mailMerge", f"{W}settings"
NEXT = "NEXT"


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A template as the engine reads it. `expressions` are what its tags `_word.…` mean."""

    data: bytes
    fields: tuple[WordField, ...] = ()
    expressions: dict[str, Expression] = field(default_factory=dict)


def read_document(data: bytes) -> WordDocument:
    """Return the template `data` with Word's merge fields made into tags of ours.

    Raises `Refused` with every field that is unknown or cannot be used, and where it stands. A
    document without any comes back as it is.
    """
    reader = _Reader(data)
    reader.read(reader.translation.part)
    if reader.translation.problems:
        raise Refused(*reader.translation.problems)
    translation = reader.translation
    return WordDocument(reader.packed(), tuple(translation.fields), translation.expressions)


def without_data_source(data: bytes) -> bytes:
    """Return `data` without the list of recipients that it is connected to in Word."""
    reader = _Reader(data)
    reader.read()
    return reader.packed()


def without_next(data: bytes) -> bytes:
    """Return `data` without the fields that go on to the next recipient, and without the list.

    Word's *Mailings, Labels* puts such a field into every label but the first.
    """
    reader = _Reader(data)
    reader.read(_take_out_next)
    return reader.packed()


def _take_out_next(root: Element, _place: str) -> bool:
    made_complex(root, {NEXT})
    found = [each for story in stories(root) for each in with_inner(find_fields(story)[0])]
    to_next = [each for each in found if kind_of(each) == NEXT]
    for each in to_next:
        remove(each.runs())
    return bool(to_next)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.translation = Translation()
        self.changed: dict[str, bytes] = {}

    def read(self, change: Callable[[Element, str], bool] = lambda _root, _place: False) -> None:
        """Leave out the list of recipients; `change` the texts, which says whether it did."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist() if _may_hold(name)}
        parts = {name: etree.fromstring(xml) for name, xml in contents.items() if _speaks(xml)}
        for name, root in parts.items():
            if name.endswith(".rels"):
                self.leave_out_relations(name, root)
            elif root.tag == SETTINGS:
                self.settings(name, root)
        for name, root in parts.items():
            place = PLACES.get(root.tag)
            if place and change(root, place):
                self.changed[name] = _whole(root)

    def settings(self, name: str, root: Element) -> None:
        found = root.find(MAIL_MERGE)
        if found is not None:
            self.translation.use_settings(found)
            root.remove(found)
            self.changed[name] = _whole(root)

    def leave_out_relations(self, name: str, root: Element) -> None:
        for relation in list(root):
            if isinstance(relation.tag, str) and DATA_SOURCE.search(relation.get("Type", "")):
                root.remove(relation)
                self.changed[name] = _whole(root)

    def packed(self) -> bytes:
        if not self.changed:
            return self.data
        package = Package(self.data, list(self.changed), fastest_deflate)
        return package.pack(list(self.changed.values()))


def _may_hold(name: str) -> bool:
    return name.startswith("word/") and name.endswith((".xml", ".rels"))


def _speaks(xml: bytes) -> bool:
    """Only these parts are parsed; others cannot have a field or a data source."""
    lowered = xml.lower()
    return any(word in lowered for word in (b"instrtext", b"fldsimple", b"mailmerge"))


def _whole(root: Element) -> bytes:
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole
