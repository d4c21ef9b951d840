"""The foot- and endnotes of all letters of a combined file."""

import re

from .spool import Spool

NOTE = re.compile(rb"<w:(?:foot|end)note\b(?:(?!w:type=)[^>])*>.*?</w:(?:foot|end)note>", re.DOTALL)
NOTE_ID = re.compile(rb'(<w:(?:foot|end)note\b[^>]*?\sw:id=")(-?\d+)')


class Notes:
    """The notes of one kind. `xml` is the part in the template."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._span = max([0, *(int(match[2]) for match in NOTE_ID.finditer(self._xml))]) + 1
        self._spool = Spool()
        self._begun = False
        self._end = self._xml[self._xml.rindex(b"</") :]

    def number(self, note: int, letter: int) -> int:
        """The number of the template's note `note` in letter `letter` (0, 1 ...)."""
        return note + letter * self._span

    def add(self, xml: bytes | None, letter: int) -> None:
        """Append the notes of a letter: `xml`, or those of the template."""
        xml = self._xml if xml is None else xml
        if not self._begun:
            self._begun = True
            self._spool.write(NOTE.sub(b"", xml[: xml.rindex(b"</")]))
        for note in NOTE.finditer(xml):
            self._spool.write(NOTE_ID.sub(lambda match: self._renumbered(match, letter), note[0]))

    def _renumbered(self, match: re.Match[bytes], letter: int) -> bytes:
        return b"%s%d" % (match[1], self.number(int(match[2]), letter))

    def end(self) -> Spool:
        """Return the whole part."""
        self._spool.write(self._end)
        return self._spool
