"""Sections of a letter that stands among others: its own headers, its own page numbers."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from lxml import etree

from .marks import mark
from .wordml import NAMESPACE, ORDER_IN_SECTION, RELATIONS, R, W, child

SECTION = re.compile(rb"<w:sectPr\b[^>]*?(?:/>|>.*?</w:sectPr>)", re.DOTALL)
REFERENCES = ("headerReference", "footerReference")
BLANK = {"headerReference": "rIdBlankHeader", "footerReference": "rIdBlankFooter"}
SAME_PAGE = {"continuous", "nextColumn"}
ORDER_OF_NOTES = ("pos", "numFmt", "numStart", "numRestart")


class Sections:
    """Rewrites the sections of one template's letters. Every rewriting is done once.

    `varying` are the relations of headers and footers that each letter has of its own, with the
    numbers of their marks. With `new_sheet` a letter begins on the front of a sheet.
    """

    def __init__(
        self, body: etree._Element, varying: Mapping[str, int], *, notes: bool, new_sheet: bool
    ) -> None:
        self._varying = varying
        self._notes = notes
        self._new_sheet = new_sheet
        sections = list(body.iter(f"{W}sectPr"))
        self.count = len(sections)
        # Kinds of headers and footers that the letter before may have.
        self.used = set().union(*(set(_references(section)) for section in sections))
        self._namespaces = {"w": NAMESPACE, "r": RELATIONS, **_named(body)}
        self._known: dict[tuple[bytes, bool], bytes] = {}

    def rewrite(self, body: bytes) -> bytes:
        """Return the body of a letter with its sections rewritten."""
        first = iter([True])
        return SECTION.sub(lambda match: self._rewritten(match[0], next(first, False)), body)

    def _rewritten(self, section: bytes, first: bool) -> bytes:
        key = (section, first)
        if key not in self._known:
            self._known[key] = self._new(section, first)
        return self._known[key]

    def _new(self, xml: bytes, first: bool) -> bytes:
        section = etree.fromstring(b"%s%s</x>" % (self._opening, xml))[0]
        if first:
            self._begin_letter(section)
        for reference in section.iter(*(f"{W}{name}" for name in REFERENCES)):
            relation = reference.get(f"{R}id", "")
            if relation in self._varying:
                reference.set(f"{R}id", mark("h", self._varying[relation]))
        return self._without_namespaces(section)

    def _begin_letter(self, section: etree._Element) -> None:
        """On a page of its own that is page 1, without the headers of the letter before it."""
        for name, kind in sorted(self.used - set(_references(section))):
            blank = etree.Element(f"{W}{name}")
            blank.set(f"{W}type", kind)
            blank.set(f"{R}id", BLANK[name])
            section.insert(0, blank)
        start = section.find(f"{W}type")
        if start is not None and start.get(f"{W}val") in SAME_PAGE:
            section.remove(start)
        if self._new_sheet:
            child(section, "type", ORDER_IN_SECTION).set(f"{W}val", "oddPage")
        pages = child(section, "pgNumType", ORDER_IN_SECTION)
        if pages.get(f"{W}start") is None:
            pages.set(f"{W}start", "1")
        if self._notes:
            _restart_notes(section)

    @cached_property
    def _opening(self) -> bytes:
        names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in self._namespaces.items())
        return f"<x{names}>".encode()

    def _without_namespaces(self, section: etree._Element) -> bytes:
        """The document that it stands in declares them."""
        return re.sub(rb'\sxmlns:[\w.-]+="[^"]*"', b"", etree.tostring(section, with_tail=False))


def _references(section: etree._Element) -> Iterator[tuple[str, str]]:
    for name in REFERENCES:
        for reference in section.iterchildren(f"{W}{name}"):
            yield name, reference.get(f"{W}type", "default")


def _restart_notes(section: etree._Element) -> None:
    for name in ("footnotePr", "endnotePr"):
        notes = child(section, name, ORDER_IN_SECTION)
        restart = notes.find(f"{W}numRestart")
        if restart is None:
            child(notes, "numRestart", ORDER_OF_NOTES).set(f"{W}val", "eachSect")


def _named(body: etree._Element) -> dict[str, str]:
    return {prefix: uri for prefix, uri in body.nsmap.items() if prefix}
