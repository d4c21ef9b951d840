"""The parts of a Word file as a dictionary, and what relates them."""

import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from lxml import etree

from .relations import relations_of
from .wordml import CONTENT_TYPES, PACKAGE_RELATIONS, TYPE_OF_PART, remove, whole_xml

TYPES = "[Content_Types].xml"
MAIN = f"{TYPE_OF_PART}.document.main+xml"
Parts = dict[str, bytes]


def read_parts(data: bytes) -> Parts:
    """Return name -> bytes of all that is in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    """Return the file of `parts`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def main_part(parts: Parts) -> str:
    """Return the name of the part with the body."""
    types = etree.fromstring(parts[TYPES])
    for override in types.iter(f"{{{CONTENT_TYPES}}}Override"):
        if override.get("ContentType") == MAIN:
            return str(override.get("PartName", "")).lstrip("/")
    return "word/document.xml"


def relations(parts: Parts, name: str) -> list[etree._Element]:
    """Return the relations of part `name`, as elements of one tree."""
    xml = parts.get(relations_of(name))
    return list(etree.fromstring(xml).iter(f"{{{PACKAGE_RELATIONS}}}Relationship")) if xml else []


def kind_of(relation: etree._Element) -> str:
    """Return the last word of the relation's type, such as "image"."""
    return str(relation.get("Type", "")).rpartition("/")[2]


def is_external(relation: etree._Element) -> bool:
    """Whether it leads out of the file."""
    return bool(relation.get("TargetMode") == "External")


def target_of(name: str, relation: etree._Element) -> str:
    """Return the name of the part that part `name` is related to."""
    target = str(relation.get("Target", ""))
    if target.startswith("/"):
        return target.lstrip("/")
    return str(PurePosixPath(name).parent / target)


def related(parts: Parts, name: str, kind: str) -> str:
    """Return the name of the part of that kind, "" if there is none."""
    return next(_related(parts, name, kind), "")


def _related(parts: Parts, name: str, kind: str) -> Iterator[str]:
    for relation in relations(parts, name):
        if kind_of(relation) == kind and not is_external(relation):
            yield target_of(name, relation)


def read_part(data: bytes, name: str) -> bytes:
    """Return one part of the file, nothing if there is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else b""


class Listing:
    """A part that lists others: content types, or relations."""

    def __init__(self, xml: bytes, namespace: str, root: str) -> None:
        self._namespace = namespace
        self._tree = etree.fromstring(xml) if xml else etree.Element(root, nsmap={None: namespace})

    def changed(self, attribute: str, without: Collection[str], more: Iterable[str]) -> bytes:
        """Return the part without the elements named so, and with `more` at its end."""
        for element in etree.fromstring(f'<x xmlns="{self._namespace}">{"".join(more)}</x>'):
            self._tree.append(element)
        remove([element for element in self._tree if element.get(attribute) in without])
        return whole_xml(self._tree)
