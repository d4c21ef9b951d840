"""From rows of texts to rows that know their contact, chunk by chunk."""

from collections.abc import Iterable, Iterator
from itertools import batched, zip_longest

from django.utils.translation import gettext as _

from .cells import BadCell, Cells
from .companies import Companies
from .matching import Matcher, Values
from .reading import Sheet
from .result import ImportResult, Outcome
from .rows import GROUPS, Row
from .writing import Writer

AT_ONCE = 1000
Chunk = list[tuple[int, Values]]


class Plan:
    """Goes through a sheet and counts what becomes of each row; a `writer` does it as well."""

    def __init__(self, sheet: Sheet, writer: Writer | None = None) -> None:
        self.sheet, self.writer = sheet, writer
        self.result = ImportResult()
        self.cells, self.matcher, self.companies = Cells(), Matcher(), Companies()
        # Numbers that the file gives to new contacts, and how many want one from the series.
        self.numbers: set[str] = set()
        self.numberless = 0

    def go(self) -> ImportResult:
        for lines in batched(self.sheet.rows(), AT_ONCE):
            read = ((number, self._read(number, cells)) for number, cells in lines)
            self._chunk([(number, values) for number, values in read if values is not None])
            if self.result.is_full:
                break
        return self.result

    def _read(self, number: int, cells: list[str]) -> Values | None:
        """Return the values of a row, or None after refusing some of them."""
        refused = len(self.result.refused)
        if any(cells[len(self.sheet.names) :]):
            reason = _("The row has %(count)s cells, the header %(columns)s.")
            counts = {"count": len(cells), "columns": len(self.sheet.names)}
            self.result.refuse(number, "", reason % counts)
        values: Values = {}
        for name, text in zip_longest(self.sheet.names, cells[: len(self.sheet.names)]):
            try:
                values[name] = self.cells.read(name, text or "")
            except BadCell as bad:
                self._refuse(number, bad, name)
        return values if len(self.result.refused) == refused else None

    def _chunk(self, chunk: Chunk) -> None:
        self.matcher.look_up(values for _number, values in chunk)
        rows = list(self._matched(chunk))
        self._look_up_groups(rows)
        # Companies first: persons of the same chunk may name them.
        self._finish([row for row in rows if row.is_company])
        persons = [row for row in rows if not row.is_company]
        self.companies.look_up(
            {row.values["company"] for row in persons if row.values.get("company")}
        )
        self._finish(persons)
        if self.writer and not self.result.refused:
            self.writer.spread_names()

    def _matched(self, chunk: Chunk) -> Iterator[Row]:
        for number, values in chunk:
            try:
                yield Row(number, values, self.matcher.contact(number, values))
            except BadCell as bad:
                self._refuse(number, bad)

    def _look_up_groups(self, rows: list[Row]) -> None:
        keys = {row.contact.pk: row for row in rows if not row.is_new}
        for name in set(GROUPS) & set(self.sheet.names):
            held: dict[int, set[int]] = {key: set() for key in keys}
            rows_held = GROUPS[name]._default_manager.filter(contact__in=list(keys))
            for contact, group in rows_held.values_list("contact_id", "group_id"):
                held[contact].add(group)
            for row in rows:
                row.groups_before[name] = frozenset(held.get(row.contact.pk, ()))

    def _finish(self, rows: Iterable[Row]) -> None:
        done = []
        for row in rows:
            try:
                self._settle(row)
            except BadCell as bad:
                self._refuse(row.number, bad)
            else:
                done.append(row)
        if self.writer and not self.result.refused:
            self.writer.write(done)

    def _settle(self, row: Row) -> None:
        row.fill()
        if "company" in row.values:
            self._set_company(row)
        row.settle()
        if row.is_new:
            self._announce(row)
        changes = row.changes()
        act = "created" if row.is_new else "updated" if changes else "unchanged"
        self.result.count(Outcome(row.number, row.contact.name, act, changes))

    def _set_company(self, row: Row) -> None:
        text = row.values["company"]
        if not row.is_company:
            row.contact.company = self.companies.company(row.number, text) if text else None
        elif text and text not in (row.contact.name, row.contact.number):
            raise BadCell(_("A company belongs to no other company."), "company")

    def _announce(self, row: Row) -> None:
        if row.contact.number:
            self.numbers.add(row.contact.number)
        else:
            self.numberless += 1
        if row.is_company and not self.writer:
            self.companies.promise(row.number, row.contact)

    def _refuse(self, number: int, bad: BadCell, name: str = "") -> None:
        column = bad.column or name
        self.result.refuse(number, self.sheet.heading(column) if column else "", str(bad))
