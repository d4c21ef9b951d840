"""Line breaks, tabs and pages in the values of a letter, as docxtpl's Listing makes them."""

import io
import re
from collections.abc import Iterator

from docxtpl import DocxTemplate

BREAKS = "\n\t\a\f"
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
END = "</w:p>"
TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*</w:t>")
LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
NOT_LINES = ("\t", "\a", "\f", "<w:txbxContent", "<w:pict", "<w:drawing")
DOCXTPL = DocxTemplate(io.BytesIO())


def resolve_breaks(xml: str) -> str:
    """Return `xml` with line breaks in text made into Word's.

    The same as docxtpl's `resolve_listing`, which reads every paragraph: this one looks only at
    those that have something to resolve.
    """
    marks = [mark for mark in BREAKS if mark in xml]
    if not marks:
        return xml
    return _resolved(xml, sorted(place for mark in marks for place in _positions(xml, mark)))


def _positions(xml: str, mark: str) -> Iterator[int]:
    place = xml.find(mark)
    while place >= 0:
        yield place
        place = xml.find(mark, place + 1)


def _resolved(xml: str, positions: list[int]) -> str:
    pieces: list[str] = []
    done = 0
    for position in positions:
        if position < done:
            continue
        # docxtpl's paragraphs end at the first end tag, so one can begin only after the last.
        begin = max(xml.rfind(END, done, position), done)
        match = PARAGRAPH.search(xml, begin)
        if match and match.start() < position:
            pieces += (xml[done : match.start()], _paragraph(match[0]))
            done = match.end()
    result = "".join([*pieces, xml[done:]])
    # What stood outside a paragraph's text; XML has no place for it.
    return result.replace("\a", "").replace("\f", "")


def _paragraph(xml: str) -> str:
    """Lines alone, in runs that hold no others, need no reading of the runs."""
    if any(mark in xml for mark in NOT_LINES):
        resolved: str = DOCXTPL.resolve_listing(xml)
        return resolved
    return TEXT.sub(_lines, xml)


def _lines(text: re.Match[str]) -> str:
    return text[0].replace("\n", LINE_BREAK)
