"""Which lines of a sheet a person looks at, and in which order: what the address of the page says.

The page, changing many lines, removing and exporting read the same, so the lines shown are the
lines that are meant.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import QueryDict
from django.utils.http import urlencode

from segments_app.columns import SORTED_BY
from segments_app.duplicates import SHARED, sharing
from segments_app.letter_checks import ALL_PROBLEMS, LetterCheck
from segments_app.models import Segment, SegmentLine
from segments_app.models.line import OWNED, SegmentLineQuerySet

ANY = "any"
PROBLEMS = ALL_PROBLEMS | SHARED


@dataclass(frozen=True)
class Shown:
    """`text` is searched for, `problem` is the code of one, `changed` a field or "any", `sort` a
    column, with a minus for descending; `ticked` are keys of lines, none for all."""

    text: str = ""
    problem: str = ""
    changed: str = ""
    sort: str = ""
    ticked: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        """What the address, or a form with the same names, asks for; what is unknown is not."""
        changed = asked.get("changed", "") or (ANY if "changed" in asked else "")
        problem, sort = asked.get("problem", ""), asked.get("sort", "")
        return cls(
            text=asked.get("q", "").replace("\0", "").strip(),
            problem=problem if problem in PROBLEMS else "",
            changed=changed if changed in (ANY, *OWNED) else "",
            sort=sort if sort.removeprefix("-") in SORTED_BY else "",
            ticked=tuple(asked.getlist("line")),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves any line of the sheet out."""
        return bool(self.text or self.problem or self.changed or self.ticked)

    @property
    def matching(self) -> Self:
        """The same without ticks: all lines that match."""
        return replace(self, ticked=())

    @property
    def problem_label(self) -> str:
        label: Any = PROBLEMS[self.problem].label
        return str(label % {"count": 2})

    @property
    def changed_label(self) -> str:
        """The one field that lines are narrowed to having their own of, in words."""
        if self.changed in ("", ANY):
            return ""
        return str(SegmentLine._meta.get_field(self.changed).verbose_name)  # type: ignore[union-attr]

    @property
    def query_string(self) -> str:
        """The same as part of an address."""
        pairs = {"q": self.text, "problem": self.problem, "changed": self.changed}
        said = [(name, value) for name, value in {**pairs, "sort": self.sort}.items() if value]
        return urlencode([*said, *(("line", key) for key in self.ticked)])

    def lines(self, segment: Segment) -> SegmentLineQuerySet:
        """Those lines of the segment, in line order."""
        lines = self._having_problem(segment)
        lines = lines.ticked(self.ticked) if self.ticked else lines
        lines = lines.search(self.text) if self.text else lines
        if not self.changed:
            return lines
        return lines.changed() if self.changed == ANY else lines.owning(self.changed)

    def in_order(self, segment: Segment) -> SegmentLineQuerySet:
        """Those lines in the order that was asked for."""
        lines = self.lines(segment)
        if not self.sort:
            return lines
        column = SORTED_BY[self.sort.removeprefix("-")]
        ordering = column.ordering(descending=self.sort.startswith("-"))
        return lines.resolved().order_by(ordering, "pk")

    def _having_problem(self, segment: Segment) -> SegmentLineQuerySet:
        if self.problem in SHARED:
            return sharing(segment, self.problem)
        if self.problem:
            return LetterCheck(segment).lines_with(self.problem)
        return segment.sheet()
