"""The relations of a part of a Word file: to its pictures, its headers, its links."""

from pathlib import PurePosixPath

from lxml import etree

from .wordml import PACKAGE_RELATIONS, RELATIONS, whole_xml

NO_RELATIONS = f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>'.encode()


def relations_of(name: str) -> str:
    """Return the name of the part with the relations of part `name`."""
    path = PurePosixPath(name)
    return str(path.parent / "_rels" / f"{path.name}.rels")


def with_relation(relations: bytes, key: str, kind: str, target: str) -> bytes:
    """Return `relations`, a part or nothing, with one more: `kind` such as "image"."""
    root = etree.fromstring(relations or NO_RELATIONS)
    relation = etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship")
    relation.attrib.update({"Id": key, "Type": f"{RELATIONS}/{kind}", "Target": target})
    return whole_xml(root)
