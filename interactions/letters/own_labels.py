"""Labels from a Word document of one's own: a table whose cells are the labels."""

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from itertools import batched, chain
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from .check import DocumentError, check_template, refuse_unsafe_template
from .compiled import Fields
from .engine import LetterTemplate
from .word_fields.document import without_next
from .wordml import W, remove, whole_xml

MAIN = "word/document.xml"
HERE = f"{W}here"
ROWS, LABEL = b'<w:here w:val="rows"/>', b'<w:here w:val="label"/>'
EMPTY = b"<w:p/>"


def checked_labels(data: bytes) -> bytes:
    """Return the uploaded document `data` as `OwnLabels` takes it. Raises `DocumentError`.

    It may be one that Word's *Mailings, Labels* made: every label goes on to the next recipient
    here by itself. Nothing in it is read before it is known to be safe.
    """
    refuse_unsafe_template(data)
    labels = without_next(data)
    check_template(labels)
    return labels


class OwnLabels:
    """The first table of the document, and what stands in its first cell that has something.

    That is printed in every label, as Word's own "Update labels" does: in all cells that have
    something, or in all as wide as the first if it alone has. Raises `DocumentError`.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read(MAIN))
        table = root.find(f"{W}body/{W}tbl")
        cells = [] if table is None else table.findall(f"{W}tr/{W}tc")
        labels = _label_cells(cells)
        if table is None or not labels:
            raise DocumentError([_("The Word document has no table with a field in it.")])
        self.count = len(labels)
        self._template = LetterTemplate.load(_replaced(data, whole_xml(_single(root, labels[0]))))
        self._before, self._page, self._after = _cut(root, table, labels)

    def write(self, letters: Iterable[Fields], stream: BinaryIO, first: int = 1) -> None:
        """Write a document with a label for each letter, beginning at place `first`."""
        labels = chain([EMPTY] * (first - 1), map(self._label, letters))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with zipfile.ZipFile(io.BytesIO(self._data)) as source:
                for name in source.namelist():
                    if name != MAIN:
                        archive.writestr(name, source.read(name))
            with archive.open(MAIN, "w") as part:
                part.write(self._before)
                for sheet in batched(labels, self.count):
                    part.write(self._filled(list(sheet)))
                part.write(self._after)

    def _label(self, fields: Fields) -> bytes:
        body = dict(self._template.parts(fields))[MAIN]
        start = body.index(b">", body.index(b"<w:body")) + 1
        return body[start : body.rindex(b"<w:sectPr")] or EMPTY

    def _filled(self, labels: list[bytes]) -> bytes:
        labels += [EMPTY] * (self.count - len(labels))
        pairs = zip(self._page, [*labels, b""], strict=True)
        return b"".join(piece + label for piece, label in pairs)


def _label_cells(cells: list[etree._Element]) -> list[etree._Element]:
    filled = [cell for cell in cells if "".join(cell.itertext()).strip()]
    if len(filled) != 1:
        return filled
    return [cell for cell in cells if _width(cell) == _width(filled[0])]


def _width(cell: etree._Element) -> str | None:
    width = cell.find(f"{W}tcPr/{W}tcW")
    return None if width is None else width.get(f"{W}w")


def _contents(cell: etree._Element) -> list[etree._Element]:
    return [child for child in cell if child.tag != f"{W}tcPr"]


def _single(root: etree._Element, cell: etree._Element) -> etree._Element:
    """A document of one label."""
    single = deepcopy(root)
    body = single.find(f"{W}body")
    remove([child for child in body if child.tag != f"{W}sectPr"])
    if body.find(f"{W}sectPr") is None:
        etree.SubElement(body, f"{W}sectPr")
    for child in reversed(_contents(cell)):
        body.insert(0, deepcopy(child))
    return single


def _cut(
    root: etree._Element, table: etree._Element, labels: list[etree._Element]
) -> tuple[bytes, list[bytes], bytes]:
    """What stands before the rows, the pieces between the labels of a sheet, what comes after."""
    for cell in labels:
        remove(_contents(cell))
        etree.SubElement(cell, HERE).set(f"{W}val", "label")
    rows = table.findall(f"{W}tr")
    for add in (rows[0].addprevious, rows[-1].addnext):
        place = table.makeelement(HERE, nsmap=table.nsmap)
        place.set(f"{W}val", "rows")
        add(place)
    before, page, after = whole_xml(root).split(ROWS)
    return before, page.split(LABEL), after


def _replaced(data: bytes, main: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as archive:
        for info in source.infolist():
            archive.writestr(info, main if info.filename == MAIN else source.read(info))
    return stream.getvalue()
