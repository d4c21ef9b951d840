"""The table of lines: the rows and cells of one page of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Channel, CorrespondenceType
from contacts.models.reachable import lacks_address
from contacts.pagination import LatePaginator
from segments_app.columns import Column, is_of_contact
from segments_app.models import OVERRIDES, Segment, SegmentLine
from segments_app.models.line import EDITED, NOTHING
from segments_app.shown import Shown
from segments_app.values import Values

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a line. `inherited` is what would hold if the line said nothing itself."""

    column: Column
    text: str
    own: bool = False
    inherited: str = ""


@dataclass(frozen=True)
class Row:
    """A line with its place on the sheet, and what a page shows of it."""

    line: SegmentLine
    place: int
    columns: Sequence[Column]
    values: Values

    @cached_property
    def cells(self) -> list[Cell]:
        return [self.cell(column) for column in self.columns]

    def cell(self, column: Column) -> Cell:
        """What stands in the column."""
        name, line = column.name, self.line
        if not column.field:
            return Cell(column, self.values.text(name, _read(line, name)))
        own = name in line.own_fields or name in self._own_alone
        inherited = getattr(line, f"i_{name}", None) if own else None
        return Cell(
            column,
            self.values.text(name, _read(line, name)),
            own,
            self.values.text(name, inherited) or "–" if own and name in OVERRIDES else "",
        )

    @property
    def other_own_fields(self) -> list[str]:
        """Names for people of the changed fields that no column shows."""
        shown = {column.name for column in self.columns} | {"comment"}
        names = [*self.line.own_fields, *self._own_alone]
        return [_label(name) for name in names if name not in shown]

    @property
    def lacks(self) -> str:
        """What the letter or e-mail needs and the contact does not have; "" if nothing."""
        contact, by = self.line.contact, self._resolved("correspondence_type")
        if by == CorrespondenceType.EMAIL and not self._resolved("email"):
            return _("no e-mail address")
        on_paper = by == CorrespondenceType.HARD_COPY and not self._resolved("posted_elsewhere")
        if on_paper and lacks_address(contact, Channel.LETTER):
            return _("no postal address")
        return ""

    def _resolved(self, name: str) -> Any:
        return getattr(self.line, f"r_{name}")

    @cached_property
    def _own_alone(self) -> list[str]:
        """The fields that only a line has and in which this one says something."""
        alone = [name for name in EDITED if name not in OVERRIDES]
        return [name for name in alone if getattr(self.line, name) != NOTHING[name]]


def _read(line: SegmentLine, name: str) -> Any:
    contact_field = name.removeprefix("contact_")
    if is_of_contact(name):
        shown = "country_name" if contact_field == "country" else contact_field
        return getattr(line.contact, shown)
    value = getattr(line, f"r_{name}" if name in (*OVERRIDES, "group") else name)
    # "No" in every row of a column says nothing.
    return None if value is False and name not in line.own_fields else value


def _label(name: str) -> str:
    return str(SegmentLine._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


class Table(LatePaginator):
    """The lines that a person looks at, page by page, as rows."""

    def __init__(
        self, segment: Segment, shown: Shown, columns: Sequence[Column], lines_count: int
    ) -> None:
        known_count = None if shown.is_narrowed else lines_count
        super().__init__(shown.in_order(segment), ON_A_PAGE, known_count=known_count)
        self.segment = segment
        self.columns = columns
        self.is_whole_sheet = not (shown.is_narrowed or shown.sort)

    def _rows(self, bottom: int) -> list[Row]:
        lines: Any = self.object_list
        keys = list(lines.values_list("pk", flat=True)[bottom : bottom + self.per_page])
        if self.is_whole_sheet:
            return list(rows_of(dict(zip(keys, count(bottom + 1), strict=False)), self.columns))
        places = self.segment.sheet().places(keys)
        return list(rows_of({key: places[key] for key in keys}, self.columns))


def rows_of(places: Mapping[int, int], columns: Sequence[Column]) -> Iterator[Row]:
    """The rows of lines, in the order of `places`: the key of each, and its place on the sheet."""
    values = Values()
    found = SegmentLine.objects.for_table().in_bulk(list(places))
    for key, place in places.items():
        if key in found:
            yield Row(found[key], place, columns, values)
