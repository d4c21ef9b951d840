"""Templates whose letters stand in one file: what each calls its own gets a name of its own.

The first lends the file its settings, its theme and what it takes for granted. Styles, lists,
headers and pictures of the others are renamed before the engine reads them, and the first gets
their styles and lists.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from xml.sax.saxutils import quoteattr

from lxml import etree

from .adopted import Lists, Styles, with_namespaces_of
from .alike import look_alike
from .package_parts import (
    TYPES,
    Parts,
    is_external,
    kind_of,
    main_part,
    read_parts,
    related,
    relations,
    target_of,
    zipped,
)
from .problems import NotTogether
from .relations import relations_of, with_relation
from .wordml import CONTENT_TYPES, TYPE_OF_PART, R, W, canonical, whole_xml

CARRIED = {"image", "header", "footer", "hyperlink"}
# Of the first template alone; what they say must be alike, or is not seen in a letter.
SHARED = {
    *("styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "theme"),
    *("customXml", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
    *("footnotes", "endnotes", "glossaryDocument"),
}
NOTE_REFERENCES = (f"{W}footnoteReference", f"{W}endnoteReference")
NUMBERING = "word/numbering.xml"


def apart(templates: Sequence[bytes]) -> list[bytes]:
    """Return the templates so that letters of all of them can stand in one file.

    Raises `NotTogether` where they would not look as they do alone.
    """
    apart = Apart(templates[0])
    for template in templates[1:]:
        apart.add(template)
    return apart.files()


class Apart:
    """Templates that are told apart, one after another. `first` lends the file what is of all."""

    def __init__(self, first: bytes) -> None:
        self._origin = self._first = read_parts(first)
        self._others: list[Parts] = []

    def __len__(self) -> int:
        return 1 + len(self._others)

    def add(self, template: bytes) -> None:
        """Add a template. Raises `NotTogether`, and nothing is changed."""
        first, other = dict(self._first), read_parts(template)
        _Other(self._origin, first, other, len(self)).adopt()
        self._first = first
        self._others.append(other)

    def files(self) -> list[bytes]:
        """Return the templates as they can stand in one file."""
        return [zipped(self._first), *map(zipped, self._others)]


def own_name(name: str, number: int) -> str:
    """Return the name that part `name` of template `number` has beside those of the others."""
    folder, _stroke, file = name.rpartition("/")
    return f"{folder}/{prefix(number)}{file}"


def prefix(number: int) -> str:
    """Return what names that are template `number`'s own begin with."""
    return f"T{number}x"


def types_of_carried(others: Iterable[Parts]) -> Iterator[str]:
    """Yield what the list of contents has to say of parts that templates after the first have."""
    for number, parts in enumerate(others, start=1):
        types = etree.fromstring(parts[TYPES])
        defaults = {
            each.get("Extension", "").lower(): each.get("ContentType", "")
            for each in types.iter(f"{{{CONTENT_TYPES}}}Default")
        }
        overrides = {
            each.get("PartName", ""): each.get("ContentType", "")
            for each in types.iter(f"{{{CONTENT_TYPES}}}Override")
        }
        for name in parts:
            path = PurePosixPath(f"/{name}")
            if path.name.startswith(prefix(number)) and path.suffix != ".rels":
                kind = overrides.get(str(path)) or defaults.get(path.suffix[1:].lower(), "")
                yield f"<Override PartName={quoteattr(str(path))} ContentType={quoteattr(kind)}/>"


def relations_of_carried(others: Iterable[Parts]) -> Iterator[str]:
    """Yield the relations to what letters of templates after the first show."""
    for parts in others:
        for relation in relations(parts, main_part(parts)):
            if kind_of(relation) in CARRIED:
                yield etree.tostring(relation, encoding="unicode", with_tail=False)


@lru_cache(maxsize=32)
def _said(xml: bytes) -> object:
    return canonical(etree.fromstring(xml))


class _Other:
    """A template that is changed so that its letters can stand in the file of `first`."""

    def __init__(self, origin: Parts, first: Parts, parts: Parts, number: int) -> None:
        self._origin, self._first, self._parts, self._number = origin, first, parts, number
        self._main, self._main_of_first = main_part(parts), main_part(first)
        # The parts that go with its letters, and the names they have there.
        self._carried: dict[str, str] = {}

    def adopt(self) -> None:
        """Give `first` what the letters need, and rename it here."""
        look_alike(self._settings(self._first), self._settings(self._parts))
        if next(self._root(self._main).iter(*NOTE_REFERENCES), None) is not None:
            raise NotTogether("a template other than the first has notes")
        if not all(map(self._is_the_same, ("styles", "numbering"))):
            self._adopt_lists()
            self._adopt_styles()
        self._rename_relations()
        self._adopt_namespaces()

    def _is_the_same(self, kind: str) -> bool:
        """Whether the part says what that of the first template said before it got any more."""
        name = related(self._parts, self._main, kind)
        there = related(self._origin, self._main_of_first, kind)
        if not name or not there:
            return name == there
        return _said(self._parts[name]) == _said(self._origin[there])

    def _settings(self, parts: Parts) -> dict[str, etree._Element | None]:
        main = main_part(parts)
        names = {kind: related(parts, main, kind) for kind in ("settings", "theme")}
        found = {kind: etree.fromstring(parts[name]) for kind, name in names.items() if name}
        background = etree.fromstring(parts[main]).find(f"{W}background")
        return {**found, "background": background}

    def _root(self, name: str) -> etree._Element:
        return etree.fromstring(self._parts[name])

    def _change(self, names: Iterable[str], change: Callable[[etree._Element], object]) -> None:
        for name in names:
            root = self._root(name)
            change(root)
            self._parts[name] = whole_xml(root)

    @property
    def _stories(self) -> list[str]:
        """The parts with text: the body, headers and footers."""
        found = [
            target_of(self._main, relation)
            for relation in relations(self._parts, self._main)
            if kind_of(relation) in ("header", "footer")
        ]
        return [self._main, *dict.fromkeys(found)]

    def _adopt_lists(self) -> None:
        name = related(self._parts, self._main, "numbering")
        if not name:
            return
        numbering = self._root(name)
        there = related(self._first, self._main_of_first, "numbering")
        lists = Lists(numbering, etree.fromstring(self._first[there]) if there else None)
        styles = related(self._parts, self._main, "styles")
        self._change([*self._stories, *filter(None, [styles])], lists.renumber)
        self._parts[name] = whole_xml(numbering)
        if there:
            self._first[there] = whole_xml(lists.together)
        else:
            self._add_numbering(whole_xml(lists.together))

    def _add_numbering(self, xml: bytes) -> None:
        """The first template has no lists of its own."""
        self._first[NUMBERING] = xml
        name = relations_of(self._main_of_first)
        self._first[name] = with_relation(
            self._first.get(name, b""), "rIdNumbering", "numbering", f"/{NUMBERING}"
        )
        types = etree.fromstring(self._first[TYPES])
        override = etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override")
        override.set("PartName", f"/{NUMBERING}")
        override.set("ContentType", f"{TYPE_OF_PART}.numbering+xml")
        self._first[TYPES] = whole_xml(types)

    def _adopt_styles(self) -> None:
        name = related(self._parts, self._main, "styles")
        there = related(self._first, self._main_of_first, "styles")
        if not name or not there:
            raise NotTogether("a template without styles")
        styles = Styles(self._root(name), etree.fromstring(self._first[there]), self._prefix)
        self._change(self._stories, styles.rename_in_story)
        if numbering := related(self._parts, self._main, "numbering"):
            self._rename_styles_of_lists(numbering, styles)
        self._parts[name] = whole_xml(styles.renamed)
        self._first[there] = whole_xml(styles.together)

    def _rename_styles_of_lists(self, name: str, styles: Styles) -> None:
        """Those of the first template that came from here say the old names, too."""
        self._change([name], styles.rename)
        there = related(self._first, self._main_of_first, "numbering")
        numbering = etree.fromstring(self._first[there])
        own = {each.get(f"{W}abstractNumId") for each in self._root(name)}
        for element in numbering.iter(f"{W}abstractNum"):
            if element.get(f"{W}abstractNumId") in own:
                styles.rename(element)
        self._first[there] = whole_xml(numbering)

    @property
    def _prefix(self) -> str:
        return prefix(self._number)

    def _rename_relations(self) -> None:
        for name in self._stories:
            self._rename_relations_of(name)
        for name, own in self._carried.items():
            self._parts[own] = self._parts.pop(name)
            if relations_of(name) in self._parts:
                self._parts[relations_of(own)] = self._parts.pop(relations_of(name))
        self._change([TYPES], self._rename_types)

    def _rename_relations_of(self, name: str) -> None:
        found = relations(self._parts, name)
        allowed = CARRIED | SHARED if name == self._main else CARRIED
        for relation in found:
            if kind_of(relation) not in allowed:
                raise NotTogether(f"a relation of kind {kind_of(relation)}")
            self._rename_relation(name, relation)
        if found:
            self._parts[relations_of(name)] = whole_xml(found[0].getparent())
        self._change([name], self._rename_references)

    def _rename_relation(self, name: str, relation: etree._Element) -> None:
        relation.set("Id", self._prefix + relation.get("Id", ""))
        if kind_of(relation) in CARRIED and not is_external(relation):
            target = target_of(name, relation)
            self._carried[target] = own_name(target, self._number)
            relation.set("Target", f"/{self._carried[target]}")

    def _rename_references(self, root: etree._Element) -> None:
        """The relation of a picture that differs from letter to letter is a tag, and stays."""
        for element in root.iter(etree.Element):
            for key, value in element.attrib.items():
                if key.startswith(R) and value and "{" not in value:
                    element.set(key, self._prefix + value)
                elif key.endswith("}relid"):
                    raise NotTogether("a picture of an old kind")

    def _rename_types(self, types: etree._Element) -> None:
        for override in types.iter(f"{{{CONTENT_TYPES}}}Override"):
            name = str(override.get("PartName", "")).lstrip("/")
            if name in self._carried:
                override.set("PartName", f"/{self._carried[name]}")

    def _adopt_namespaces(self) -> None:
        """The body stands in the document of the first, which declares the namespaces."""
        name = self._main_of_first
        root = with_namespaces_of(etree.fromstring(self._first[name]), self._root(self._main))
        self._first[name] = whole_xml(root)
