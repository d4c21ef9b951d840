"""Numbered lists that begin again in each letter of a combined file."""

from dataclasses import dataclass, field
from html import escape

from lxml import etree

from .marks import mark
from .wordml import W, child

LEVELS = 9
UNNUMBERED = {"bullet", "none"}
ORDER_IN_PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr"),
    *("widowControl", "numPr"),
)
NUM_TAIL = (f"{W}numIdMacAtCleanup",)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists that a template uses, in the order of their marks: definition and starts."""

    before: bytes = b""
    after: bytes = b""
    first_free: int = 0
    definitions: tuple[tuple[str, tuple[int, ...]], ...] = field(default=())

    def xml(self, first: int) -> bytes:
        """The definitions of the lists of one letter, numbered from `first`."""
        pieces = (
            _definition(number, *definition)
            for number, definition in enumerate(self.definitions, start=first)
        )
        return "".join(pieces).encode()


def _definition(number: int, abstract: str, starts: tuple[int, ...]) -> str:
    levels = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in enumerate(starts)
    )
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{escape(abstract)}"/>{levels}</w:num>'
    )


def mark_lists(
    body: etree._Element, numbering: etree._Element | None, styles: etree._Element | None
) -> Numbering:
    """Mark the numbers of the lists in `body`, also of those that come from a style."""
    if numbering is None:
        return Numbering()
    lists = _numbered_lists(numbering)
    by_style = _lists_of_styles(styles)
    used: dict[str, int] = {}
    for paragraph in list(body.iter(f"{W}p")):
        _mark_paragraph(paragraph, by_style, lists, used)
    before, after = _halves(numbering)
    numbers = [int(num.get(f"{W}numId", 0)) for num in numbering.iter(f"{W}num")]
    return Numbering(before, after, max(numbers, default=0) + 1, tuple(lists[key] for key in used))


def _mark_paragraph(
    paragraph: etree._Element,
    by_style: dict[str, tuple[str, str]],
    lists: dict[str, tuple[str, tuple[int, ...]]],
    used: dict[str, int],
) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return
    number = properties.find(f"{W}numPr/{W}numId")
    if number is None:
        number = _number_of_style(properties, by_style)
    key = "" if number is None else number.get(f"{W}val", "")
    if number is not None and key in lists:
        number.set(f"{W}val", mark("l", used.setdefault(key, len(used))))


def _number_of_style(
    properties: etree._Element, by_style: dict[str, tuple[str, str]]
) -> etree._Element | None:
    """The paragraph's own number, written out, for one whose style numbers it."""
    style = properties.find(f"{W}pStyle")
    found = by_style.get("" if style is None else style.get(f"{W}val", ""))
    if found is None:
        return None
    numbering = child(properties, "numPr", ORDER_IN_PARAGRAPH)
    if numbering.find(f"{W}ilvl") is None:
        etree.SubElement(numbering, f"{W}ilvl").set(f"{W}val", found[1])
    number = etree.SubElement(numbering, f"{W}numId")
    number.set(f"{W}val", found[0])
    return number


def _lists_of_styles(styles: etree._Element | None) -> dict[str, tuple[str, str]]:
    """Style -> number and level of its list, inherited from the style it is based on."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, str]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        base = style.find(f"{W}basedOn")
        based[name] = "" if base is None else base.get(f"{W}val", "")
        if number is not None:
            place = "0" if level is None else level.get(f"{W}val", "0")
            own[name] = (number.get(f"{W}val", ""), place)
    return {name: found for name in based if (found := _inherited(name, own, based))}


def _inherited(
    name: str, own: dict[str, tuple[str, str]], based: dict[str, str]
) -> tuple[str, str] | None:
    seen: set[str] = set()
    while name and name not in own and name not in seen:
        seen.add(name)
        name = based.get(name, "")
    return own.get(name)


def _numbered_lists(numbering: etree._Element) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Number of a list -> its definition and where each level starts; bullets are left out."""
    kinds = {each.get(f"{W}abstractNumId", ""): each for each in numbering.iter(f"{W}abstractNum")}
    lists = {}
    for num in numbering.iter(f"{W}num"):
        target = num.find(f"{W}abstractNumId")
        abstract = "" if target is None else target.get(f"{W}val", "")
        if abstract in kinds and _counts(kinds[abstract]):
            lists[num.get(f"{W}numId", "")] = (abstract, _starts(kinds[abstract], num))
    return lists


def _counts(abstract: etree._Element) -> bool:
    formats = [fmt.get(f"{W}val") for fmt in abstract.iter(f"{W}numFmt")]
    return not formats or any(fmt not in UNNUMBERED for fmt in formats)


def _starts(abstract: etree._Element, num: etree._Element) -> tuple[int, ...]:
    starts = [1] * LEVELS
    for level in abstract.iter(f"{W}lvl"):
        _put(starts, level, level.find(f"{W}start"))
    for override in num.iter(f"{W}lvlOverride"):
        _put(starts, override, override.find(f"{W}startOverride"))
    return tuple(starts)


def _put(starts: list[int], level: etree._Element, start: etree._Element | None) -> None:
    number = level.get(f"{W}ilvl", "")
    if start is not None and number.isdecimal() and int(number) < LEVELS:
        starts[int(number)] = int(start.get(f"{W}val", "1"))


def _halves(numbering: etree._Element) -> tuple[bytes, bytes]:
    """The part before and after the place where more definitions go."""
    place = etree.Element(f"{W}here")
    tail = numbering.find(NUM_TAIL[0])
    if tail is not None:
        tail.addprevious(place)
    else:
        numbering.append(place)
    before, _here, after = etree.tostring(numbering).partition(b"<w:here/>")
    return before, after
