"""Proof that a part is well-formed XML whichever branches are taken.

Every branch of a condition must leave the same elements open, and a loop those it found: then no
contact's letter can come out broken, not only those that were tried.
"""

import re
from dataclasses import dataclass, replace

from jinja2 import nodes

from .problems import refused

# Word shows text only inside the runs' text elements; here it would make the file invalid.
CONTAINERS = frozenset(
    {"w:body", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes", "w:footnote", "w:endnote"}
    | {"w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:hyperlink"}
    | {"w:txbxContent", "w:ins", "w:smartTag", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"}
)
TEXT = re.compile(r"[^<]+")
END_OF_SPECIAL = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
IN_TAG = re.compile(r"""[^"'>]*(["'>])""")
TAG_NAME = re.compile(r"<(/?)([^\s/>]*)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in XML: the open elements, and what we are inside of ("" is text, ">" a tag)."""

    open: tuple[str, ...] = ()
    inside: str = ""
    tag: str = ""

    def after(self, xml: str) -> "Place":
        """Return the place reached by reading `xml`. Raises `ValueError` if it does not fit."""
        place, position = self, 0
        while position < len(xml):
            place, position = place._step(xml, position)
        return place

    def _step(self, xml: str, position: int) -> tuple["Place", int]:
        if self.inside == "":
            return self._step_in_text(xml, position)
        if self.inside == ">":
            return self._step_in_tag(xml, position)
        end = xml.find(self.inside, position)
        if end < 0:
            return self, len(xml)
        after = ">" if self.inside in "\"'" else ""
        return replace(self, inside=after), end + len(self.inside)

    def _step_in_text(self, xml: str, position: int) -> tuple["Place", int]:
        start = xml.find("<", position)
        if start < 0:
            return self, len(xml)
        for special, end in END_OF_SPECIAL.items():
            if xml.startswith(special, start):
                return replace(self, inside=end), start + len(special)
        match = TAG_NAME.match(xml, start)
        assert match is not None  # noqa: S101 -- the pattern begins with what was found
        return replace(self, inside=">", tag=match[1] + match[2]), match.end()

    def _step_in_tag(self, xml: str, position: int) -> tuple["Place", int]:
        match = IN_TAG.match(xml, position)
        if not match:
            return self, len(xml)
        if match[1] != ">":
            return replace(self, inside=match[1]), match.end()
        if xml.endswith("/>", position, match.end()):
            return Place(self.open), match.end()
        return Place(self._opened_or_closed()), match.end()

    def _opened_or_closed(self) -> tuple[str, ...]:
        if not self.tag.startswith("/"):
            return (*self.open, self.tag)
        if not self.open or self.open[-1] != self.tag[1:]:
            raise ValueError(self.tag)
        return self.open[:-1]

    def takes_text(self) -> bool:
        """Whether a field's value may stand here."""
        if self.inside == "":
            return bool(self.open) and self.open[-1] not in CONTAINERS
        return self.inside in "\"'"


def prove_balanced(template: nodes.Template) -> None:
    """Raise `Refused` with the line of the tag whose branches do not fit together."""
    end = _walk(template.body, Place(), 1)
    if end != Place():
        raise refused("unbalanced", line="1")


def _walk(body: list[nodes.Node], place: Place, line: int) -> Place:
    for node in body:
        place = _walk_node(node, place, node.lineno or line)
    return place


def _walk_node(node: nodes.Node, place: Place, line: int) -> Place:
    if isinstance(node, nodes.Output):
        for child in node.nodes:
            place = _walk_output(child, place, line)
        return place
    if isinstance(node, nodes.If):
        return _walk_condition(node, place, line)
    if isinstance(node, nodes.For):
        return _walk_loop(node, place, line)
    return place


def _walk_output(node: nodes.Node, place: Place, line: int) -> Place:
    if isinstance(node, nodes.TemplateData):
        try:
            return place.after(node.data)
        except ValueError:
            raise refused("unbalanced", line=str(line)) from None
    if not place.takes_text():
        raise refused("no_place_for_text", line=str(node.lineno))
    return place


def _walk_condition(node: nodes.If, place: Place, line: int) -> Place:
    branches = [node.body, *(branch.body for branch in node.elif_), node.else_]
    ends = {_walk(branch, place, line) for branch in branches}
    if len(ends) > 1:
        raise refused("unbalanced", line=str(node.lineno))
    return ends.pop()


def _walk_loop(node: nodes.For, place: Place, line: int) -> Place:
    if {_walk(node.body, place, line), _walk(node.else_, place, line)} != {place}:
        raise refused("unbalanced", line=str(node.lineno))
    return place
