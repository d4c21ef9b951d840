"""Whether docxtpl would repair the grid of a table differently from letter to letter."""

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes
from lxml import etree

from .balance import Place
from .listing import DOCXTPL

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE, GRID, COLUMN = f"{W}tbl", f"{W}tblGrid", f"{W}gridCol"
ROW, CELL, SPAN, VALUE = f"{W}tr", f"{W}tc", f"{W}tcPr/{W}gridSpan", f"{W}val"
BEGIN, END = "begin", "end"


def grid_varies(template: nodes.Template) -> bool:
    """Whether some choice of branches needs docxtpl's repair of a table's columns.

    It never does when no row has more cells than there are columns, and a row that is in every
    letter spans them all.
    """
    try:
        root = etree.fromstring("".join(_Skeleton().write(template.body)).encode())
    except etree.XMLSyntaxError:  # Branches that are alternatives, each opening an element.
        return True
    choices = _Choices(root)
    return not all(_is_steady(table, choices) for table in root.iter(TABLE))


class _Skeleton:
    """The XML with all branches in it, each between two processing instructions."""

    def __init__(self) -> None:
        self.place = Place()

    def write(self, body: list[nodes.Node]) -> Iterator[str]:
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    yield self._output(child)
            elif isinstance(node, nodes.If):
                for branch in (node.body, *(other.body for other in node.elif_), node.else_):
                    yield from self._branch(branch)
            elif isinstance(node, nodes.For):
                for branch in (node.body, node.else_):
                    yield from self._branch(branch)

    def _output(self, node: nodes.Node) -> str:
        if not isinstance(node, nodes.TemplateData):
            return "0"
        self.place = self.place.after(node.data)
        return node.data

    def _branch(self, body: list[nodes.Node]) -> Iterator[str]:
        in_text = self.place.inside == ""
        yield f"<?{BEGIN}?>" if in_text else ""
        yield from self.write(body)
        yield f"<?{END}?>" if in_text else ""


class _Choices:
    """How many branches each row and cell is in, where it begins and where it ends."""

    def __init__(self, root: Any) -> None:
        self.at_start: dict[Any, int] = {}
        self.at_end: dict[Any, int] = {}
        depth = 0
        for event, element in etree.iterwalk(root, events=("start", "end", "pi")):
            if event == "pi":
                depth += {BEGIN: 1, END: -1}.get(element.target, 0)
            elif event == "start":
                self.at_start[element] = depth
            else:
                self.at_end[element] = depth

    def together(self, element: Any, part: Any) -> bool:
        """Whether `part` is there exactly when `element` is."""
        depth = self.at_start[element]
        return depth == self.at_end[element] == self.at_start[part] == self.at_end[part]


def _is_steady(table: Any, choices: _Choices) -> bool:
    grid = table.find(GRID)
    if grid is None:  # Nothing to repair.
        return True
    if not all(choices.together(table, column) for column in grid):
        return False
    columns = len(grid.findall(COLUMN))
    rows = list(table.iter(ROW))
    fits = all(_fits(row, columns, choices) for row in rows)
    always = [row for row in rows if choices.together(table, row)]
    return fits and any(_span(row) >= columns for row in always)


def _fits(row: Any, columns: int, choices: _Choices) -> bool:
    cells = row.findall(CELL)
    return len(cells) <= columns and all(choices.together(row, cell) for cell in cells)


def _span(row: Any) -> int:
    """0 is what a field leaves in the skeleton: a span that is not known."""
    spans = [cell.find(SPAN) for cell in row.findall(CELL)]
    return sum(1 if span is None else int(span.get(VALUE, "1")) for span in spans)


def repair_grids(xml: str) -> str:
    """Return the body `xml` with the columns of its tables put right by docxtpl."""
    repaired: str = etree.tostring(DOCXTPL.fix_tables(xml), encoding="unicode")
    return repaired
