"""Where the fields of Word are in a part: found by their marks in the runs, nested as they are."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W.strip("{}")}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PARAGRAPH, RUN, RUN_PROPERTIES = f"{W}p", f"{W}r", f"{W}rPr"
CHARACTER, KIND = f"{W}fldChar", f"{W}fldCharType"
CODE, SIMPLE, INSTRUCTION = f"{W}instrText", f"{W}fldSimple", f"{W}instr"
TEXT, TEXT_BOX = f"{W}t", f"{W}txbxContent"
# What a reviewer has taken out is not in the letter.
REMOVED = (f"{W}del", f"{W}moveFrom")

# lxml has no types.
Element = Any


@dataclass(eq=False, slots=True)
class Field:
    """A field: its runs in the order of the text, the fields within it in their places."""

    begin: Element
    code: "list[Element | Field]" = field(default_factory=list)
    separate: Element | None = None
    result: "list[Element | Field]" = field(default_factory=list)
    end: Element | None = None

    @property
    def text(self) -> str:
        """The instruction, without the fields in it."""
        return "".join(code_text(part) for part in self.code if not isinstance(part, Field))

    def runs(self) -> Iterator[Element]:
        """Every run from beginning to end."""
        yield self.begin
        yield from self._inner(self.code)
        if self.separate is not None:
            yield self.separate
        yield from self._inner(self.result)
        if self.end is not None:
            yield self.end

    def _inner(self, parts: "list[Element | Field]") -> Iterator[Element]:
        for part in parts:
            if isinstance(part, Field):
                yield from part.runs()
            else:
                yield part


def code_text(run: Element) -> str:
    """Return the piece of an instruction in `run`."""
    return "".join(code.text or "" for code in run.iter(CODE))


def stories(root: Element) -> Iterator[Element]:
    """The texts in a part, each with fields of its own: the part itself and its text boxes."""
    yield root
    yield from root.iter(TEXT_BOX)


def find_fields(story: Element) -> tuple[list[Field], list[Field]]:
    """Return the outermost fields of a story, and those that have no end."""
    for run in list(_runs(story)):
        _split_marks(run)
    outermost: list[Field] = []
    opened: list[Field] = []
    for run in _runs(story):
        _place(run, outermost, opened)
    return outermost, opened


def _place(run: Element, outermost: list[Field], opened: list[Field]) -> None:
    mark = run.find(CHARACTER)
    kind = None if mark is None else mark.get(KIND)
    if kind == "begin":
        opened.append(Field(run))
    elif opened and kind == "separate":
        opened[-1].separate = run
    elif opened and kind == "end":
        finished = opened.pop()
        finished.end = run
        _inside(opened[-1]).append(finished) if opened else outermost.append(finished)
    elif opened:
        _inside(opened[-1]).append(run)


def _inside(opened: Field) -> list[Element | Field]:
    return opened.code if opened.separate is None else opened.result


def _runs(element: Element) -> Iterator[Element]:
    """The runs of a story in their order. What stands in a run, such as a text box, is its own."""
    for child in element:
        if child.tag == RUN:
            yield child
        elif child.tag not in (*REMOVED, TEXT_BOX):
            yield from _runs(child)


def _split_marks(run: Element) -> None:
    """Give each mark and each piece of instruction a run of its own."""
    contents = [child for child in run if child.tag != RUN_PROPERTIES]
    if len(contents) < 2 or not any(child.tag in (CHARACTER, CODE) for child in contents):
        return
    for child in contents[:-1]:
        run.addprevious(like(run, child))


def like(run: Element, content: Element | None = None) -> Element:
    """Return a run formatted as `run`, with `content`."""
    new = etree.Element(RUN, nsmap=NAMES)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        new.append(copy.deepcopy(properties))
    if content is not None:
        new.append(content)
    return new


def text_run(text: str, formatted_as: Element | None = None) -> Element:
    """Return a run of `text`."""
    content = etree.Element(TEXT, nsmap=NAMES)
    content.text = text
    content.set(XML_SPACE, "preserve")
    if formatted_as is not None:
        return like(formatted_as, content)
    run = etree.Element(RUN, nsmap=NAMES)
    run.append(content)
    return run


def made_complex(root: Element, wanted: set[str]) -> None:
    """Write the simple fields of the `wanted` kinds as Word writes the others."""
    for simple in list(root.iter(SIMPLE)):
        words = simple.get(INSTRUCTION, "").split(None, 1)
        if words and words[0].upper() in wanted:
            _make_complex(simple)


def _make_complex(simple: Element) -> None:
    results = [child for child in simple if child.tag != f"{W}fldData"]
    model = next((child for child in results if child.tag == RUN), None)
    code = etree.Element(CODE, nsmap=NAMES)
    code.text = simple.get(INSTRUCTION)
    blank = etree.Element(RUN, nsmap=NAMES)
    shape = blank if model is None else model
    for run in (_mark("begin"), like(shape, code), _mark("separate"), *results, _mark("end")):
        simple.addprevious(run)
    simple.getparent().remove(simple)


def _mark(kind: str) -> Element:
    run = etree.Element(RUN, nsmap=NAMES)
    etree.SubElement(run, CHARACTER).set(KIND, kind)
    return run
