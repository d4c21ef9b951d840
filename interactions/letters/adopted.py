"""What a file takes from a template whose letters stand in it: styles, lists, namespaces."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from .defaults import write_defaults
from .problems import NotTogether
from .wordml import W, child

VAL = f"{W}val"
NAMES_OF_STYLES = tuple(
    f"{W}{name}"
    for name in (
        *("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink"),
    )
)
IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"


class Styles:
    """The styles of a template, renamed, and those of the file with them at the end."""

    def __init__(self, styles: etree._Element, there: etree._Element, prefix: str) -> None:
        self.renamed, self.together = styles, there
        self._prefix = prefix
        self._defaults = {
            style.get(f"{W}type", ""): style.get(f"{W}styleId", "")
            for style in styles.iter(f"{W}style")
            if style.get(f"{W}default") in ("1", "true", "on")
        }
        self._rename()

    def _rename(self) -> None:
        self._check_defaults()
        write_defaults(self.renamed, self.together)
        self.together = with_namespaces_of(self.together, self.renamed)
        names = {style.find(f"{W}name").get(VAL) for style in self.together.iter(f"{W}style")}
        for style in self.renamed.iter(f"{W}style"):
            self._rename_style(style, names)
        self.rename(self.renamed)
        for style in self.renamed.iter(f"{W}style"):
            adopted = deepcopy(style)
            adopted.attrib.pop(f"{W}default", None)
            self.together.append(adopted)

    def _check_defaults(self) -> None:
        """Text of no style of its own has that of the file, which has to say nothing."""
        for styles in (self.renamed, self.together):
            for style in styles.iter(f"{W}style"):
                of_text = style.get(f"{W}type") == "character" and style.get(f"{W}default")
                if of_text and style.find(f"{W}rPr") is not None:
                    raise NotTogether("a style of all text")
        if "paragraph" not in self._defaults:
            raise NotTogether("no style of all paragraphs")

    def _rename_style(self, style: etree._Element, names: set[str]) -> None:
        style.set(f"{W}styleId", self._prefix + style.get(f"{W}styleId", ""))
        style.set(f"{W}customStyle", "1")
        name = style.find(f"{W}name")
        name.set(VAL, f"{name.get(VAL)} ({self._prefix[1:-1]})")
        if name.get(VAL) in names:
            raise NotTogether("a style has the name of another")
        aliases = style.find(f"{W}aliases")
        if aliases is not None:
            style.remove(aliases)

    def rename(self, root: etree._Element) -> None:
        """Rename the styles that are spoken of."""
        for element in root.iter(*NAMES_OF_STYLES):
            name = element.get(VAL, "")
            if not name.startswith(self._prefix):
                element.set(VAL, self._prefix + name)

    def rename_in_story(self, root: etree._Element) -> None:
        """Rename the styles in a part with text, and name those that go without saying."""
        self.rename(root)
        for paragraph in root.iter(f"{W}p"):
            self._name(paragraph, "p", "paragraph")
        if "table" in self._defaults:
            for table in root.iter(f"{W}tbl"):
                self._name(table, "tbl", "table")

    def _name(self, element: etree._Element, word: str, kind: str) -> None:
        properties = element.find(f"{W}{word}Pr")
        if properties is None:
            properties = etree.Element(f"{W}{word}Pr")
            element.insert(0, properties)
        if properties.find(f"{W}{word}Style") is None:
            style = child(properties, f"{word}Style", (f"{word}Style",))
            style.set(VAL, self._prefix + self._defaults[kind])


class Lists:
    """The lists of a template, numbered on from those of the file; `together` are all of them."""

    def __init__(self, numbering: etree._Element, there: etree._Element | None) -> None:
        if next(numbering.iter(f"{W}numPicBullet"), None) is not None:
            raise NotTogether("a list with pictures")
        if there is None:
            there = etree.Element(numbering.tag, nsmap=numbering.nsmap)
        self._abstract = _first_free(there, "abstractNum", "abstractNumId")
        self._number = _first_free(there, "num", "numId")
        self._renumber_all(numbering)
        self.together = with_namespaces_of(there, numbering)
        self._take(numbering)

    def _renumber_all(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            _raise(abstract, f"{W}abstractNumId", self._abstract)
            # Word takes lists of the same one for the same list.
            for name in ("nsid", "tmpl"):
                for element in abstract.findall(f"{W}{name}"):
                    abstract.remove(element)
        for number in numbering.iter(f"{W}num"):
            _raise(number, f"{W}numId", self._number)
            _raise(number.find(f"{W}abstractNumId"), VAL, self._abstract)

    def _take(self, numbering: etree._Element) -> None:
        """Definitions stand before the numbers that use them."""
        for name in ("abstractNum", "num"):
            place = len(self.together)
            if name == "abstractNum":
                place = next(self._places("num"), place)
            elif last := list(self._places("num")) or list(self._places("abstractNum")):
                place = last[-1] + 1
            for element in reversed(numbering.findall(f"{W}{name}")):
                self.together.insert(place, deepcopy(element))

    def _places(self, name: str) -> Iterator[int]:
        return (i for i, element in enumerate(self.together) if element.tag == f"{W}{name}")

    def renumber(self, root: etree._Element) -> None:
        """Renumber the lists that paragraphs or styles belong to; 0 is none."""
        for number in root.iter(f"{W}numId"):
            if number.getparent().tag == f"{W}numPr" and number.get(VAL, "0") != "0":
                _raise(number, VAL, self._number)


def _first_free(numbering: etree._Element, element: str, attribute: str) -> int:
    numbers = [int(each.get(f"{W}{attribute}", 0)) for each in numbering.iter(f"{W}{element}")]
    return max(numbers, default=0) + 1


def _raise(element: etree._Element, attribute: str, by: int) -> None:
    element.set(attribute, str(int(element.get(attribute, 0)) + by))


def with_namespaces_of(root: etree._Element, other: etree._Element) -> etree._Element:
    """Return `root` declaring also what `other` declares, and ignoring what it has ignored."""
    names = {**other.nsmap, **root.nsmap}
    if any(names[prefix] != uri for prefix, uri in other.nsmap.items()):
        raise NotTogether("a prefix that means two things")
    made = etree.Element(root.tag, dict(root.attrib), nsmap=names)
    made.extend(list(root))
    ignored = {
        **dict.fromkeys(root.get(IGNORABLE, "").split()),
        **dict.fromkeys(other.get(IGNORABLE, "").split()),
    }
    if ignored:
        made.set(IGNORABLE, " ".join(ignored))
    return made
