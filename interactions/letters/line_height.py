"""Room for a picture in a line of text: lines of an exact height would cut it off."""

from lxml import etree

from .word_fields.structure import PARAGRAPH, Element, W
from .wordml import child

STYLES = "word/styles.xml"
EXACT = b'lineRule="exact"'
RULE = f"{W}lineRule"
BEFORE_SPACING = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing"),
)


def give_room(run: Element, *, exact_by_style: bool) -> None:
    """Let the line of `run` be as high as a picture in it, where its height is exact.

    `exact_by_style` says that the paragraph's style may say so.
    """
    paragraph = next(run.iterancestors(PARAGRAPH), None)
    if paragraph is None:
        return
    own = paragraph.find(f"{W}pPr/{W}spacing")
    rule = None if own is None else own.get(RULE)
    if rule == "exact" or (rule is None and exact_by_style):
        child(_properties(paragraph), "spacing", BEFORE_SPACING).set(RULE, "atLeast")


def _properties(paragraph: Element) -> Element:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties
