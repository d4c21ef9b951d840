"""What a Word file says of all its text: written into its styles, where another file's holds."""

from copy import deepcopy

from lxml import etree

from .problems import NotTogether
from .wordml import W, canonical, child

PROPERTIES = ("rPr", "pPr")
ORDER_IN_STYLE = (
    *("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority"),
    *("semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose"),
    *("personalReply", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"),
)
# What holds where a file says nothing, by property.
NOTHING: dict[str, dict[str, str]] = {
    "sz": {"val": "20"},
    "szCs": {"val": "20"},
    "kern": {"val": "0"},
    "spacing": {"before": "0", "after": "0", "line": "240", "lineRule": "auto"},
    "lang": {},
}
# It changes no letter's look that a table's style could change back.
HARMLESS = {"lang"}
ORDER_IN_TEXT = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike"),
    *("outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden"),
    *("color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect"),
    *("bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
)
ORDER_IN_PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
)
ORDERS = {"rPr": ORDER_IN_TEXT, "pPr": ORDER_IN_PARAGRAPH}


def write_defaults(styles: etree._Element, others: etree._Element) -> None:
    """Write into `styles` what they take for granted and `others`, whose file it will be, do not.

    Raises `NotTogether` where that would not look the same: a style of a table comes after what is
    taken for granted, but before the styles of paragraphs.
    """
    for kind in PROPERTIES:
        own, foreign = _defaults(styles, kind), _defaults(others, kind)
        for name in sorted({*own, *foreign}):
            if canonical(own.get(name)) != canonical(foreign.get(name)):
                _write(styles, kind, _said(name, own.get(name), foreign.get(name)))


def _defaults(styles: etree._Element, kind: str) -> dict[str, etree._Element]:
    found = styles.find(f"{W}docDefaults/{W}{kind}Default/{W}{kind}")
    return {} if found is None else {etree.QName(element).localname: element for element in found}


def _said(
    name: str, own: etree._Element | None, foreign: etree._Element | None
) -> etree._Element | None:
    """The property with all that the other file says of it, too; None for nothing to say."""
    said = etree.Element(f"{W}{name}") if own is None else deepcopy(own)
    if own is None and foreign is not None and not foreign.attrib:
        raise NotTogether(f"{name} is taken for granted by one alone")
    missing = () if foreign is None else [key for key in foreign.attrib if key not in said.attrib]
    for key in missing:
        attribute = etree.QName(key).localname
        if name in HARMLESS:
            continue
        if attribute not in NOTHING.get(name, {}):
            raise NotTogether(f"{name} {attribute} is taken for granted by one alone")
        said.set(key, NOTHING[name][attribute])
    return said if said.attrib or own is not None else None


def _write(styles: etree._Element, kind: str, said: etree._Element | None) -> None:
    if said is None:
        return
    name = etree.QName(said).localname
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}type") == "table":
            if name not in HARMLESS and next(style.iter(f"{W}{name}"), None) is not None:
                raise NotTogether(f"a style of tables says {name}")
        elif style.get(f"{W}type") == "paragraph" and style.find(f"{W}basedOn") is None:
            _write_into(child(style, kind, ORDER_IN_STYLE), name, said, ORDERS[kind])


def _write_into(
    properties: etree._Element, name: str, said: etree._Element, order: tuple[str, ...]
) -> None:
    """What the style says itself stays."""
    element = child(properties, name, order)
    if len(said):
        raise NotTogether(f"{name} has parts")
    for key, value in said.attrib.items():
        if key not in element.attrib:
            element.set(key, value)
