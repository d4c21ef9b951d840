"""Names and orders of WordprocessingML that several modules need."""

from collections.abc import Iterator, Sequence

from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
W = f"{{{NAMESPACE}}}"
R = f"{{{RELATIONS}}}"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPE_OF_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ORDER_IN_SECTION = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar"),
    *("paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign"),
    *("noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid"),
    *("printerSettings", "sectPrChange"),
)


def child(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """Return the child `name`, made at its place in `order` if there is none."""
    found = parent.find(W + name)
    if found is not None:
        return found
    made = etree.Element(W + name)
    parent.insert(_place(parent, name, order), made)
    return made


def _place(parent: etree._Element, name: str, order: Sequence[str]) -> int:
    before = set(order[: order.index(name)])
    places = [i for i, other in enumerate(parent) if etree.QName(other).localname in before]
    return places[-1] + 1 if places else 0


def whole_xml(root: etree._Element) -> bytes:
    """Return the XML of a part."""
    xml: bytes = etree.tostring(root, encoding="UTF-8", standalone=True)
    return xml


def remove(elements: Iterator[etree._Element] | Sequence[etree._Element]) -> None:
    """Take elements out of their tree."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def canonical(element: etree._Element | None) -> object:
    """Return a value that is equal for elements that say the same."""
    if element is None:
        return None
    inside = [canonical(each) for each in element.iterchildren(etree.Element)]
    return element.tag, sorted(element.attrib.items()), (element.text or "").strip(), inside
