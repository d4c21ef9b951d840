"""Runs and paragraphs of a part: what stands where, and putting and taking away."""

from collections.abc import Iterable

from lxml import etree

from .structure import NAMES, PARAGRAPH, TEXT, Element, W, text_run

INVISIBLE = (f"{W}rPr", f"{W}lastRenderedPageBreak", f"{W}annotationRef")
TABLE = f"{W}tbl"


def text_in(run: Element) -> str:
    """Return the text that a run shows."""
    return "".join(text.text or "" for text in run.iter(f"{W}t")).strip()


def remove(runs: Iterable[Element]) -> None:
    """Take runs out of the document."""
    for run in list(runs):
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)


def put_before(run: Element, text: str) -> Element:
    """Put a run of `text` before `run`, and return it."""
    new = text_run(text)
    run.addprevious(new)
    return new


def paragraph_around(run: Element) -> Element | None:
    """Return the paragraph that a run stands in."""
    return next(run.iterancestors(PARAGRAPH), None)


def siblings_between(one: Element, other: Element) -> list[Element] | None:
    """What follows `one` up to `other`; None when they are not in the same place."""
    found: list[Element] = []
    for item in one.itersiblings():
        found.append(item)
        if item is other:
            return found
    return None


def paragraph_of(text: str) -> Element:
    """Return a paragraph of `text`."""
    paragraph = etree.Element(PARAGRAPH, nsmap=NAMES)
    paragraph.append(text_run(text))
    return paragraph


def is_blank(run: Element) -> bool:
    """Whether a run shows nothing."""
    return all(
        child.tag in INVISIBLE or (child.tag == TEXT and not (child.text or "").strip())
        for child in run
    )


def may_be_missing(paragraph: Element) -> bool:
    """Every cell, note and box needs a paragraph at its end; two tables need one between them."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    if after is None or paragraph.find(f".//{W}sectPr") is not None:
        return False
    if after.tag == TABLE:
        return before is not None and before.tag == PARAGRAPH
    return bool(after.tag == PARAGRAPH)
