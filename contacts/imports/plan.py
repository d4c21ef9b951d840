"""From rows of texts to rows that know their contact, chunk by chunk."""

from collections.abc import Callable, Iterator
from itertools import batched

from django.utils.translation import gettext as _

from contacts.inheritance import take_over
from contacts.models import Contact, ContactDefaults

from .cells import BadCell
from .companies import Companies
from .held import load_held
from .layout import Options
from .matching import Matcher, Values
from .resource import ContactResource, Known
from .result import FieldChange, ImportResult, Outcome, Refusal
from .rows import HELD, PLAIN, Row
from .rules import Rules
from .scratch import Scratch
from .sheet import Sheet
from .writing import Writer

AT_ONCE = 1000
# Told what became of every row of a chunk, in the order of the file.
Journal = Callable[[list[Outcome]], None]
# Field of the contact -> column.
COLUMN_OF = {field: name for name, field in PLAIN.items()} | {"company_id": "company"}


def no_journal(outcomes: list[Outcome]) -> None:
    """For those who want the counts only."""


class Plan:
    """Goes through a sheet and counts what becomes of each row; a `writer` does it as well."""

    def __init__(
        self,
        sheet: Sheet,
        options: Options,
        writer: Writer | None = None,
        journal: Journal = no_journal,
    ) -> None:
        self.sheet, self.options, self.writer, self.journal = sheet, options, writer, journal
        self.result = ImportResult()
        # How many new contacts want a number from the series.
        self.numberless = 0
        self.resource, self.rules, scratch = ContactResource(), Rules(), Scratch()
        self.matcher = Matcher(options.match, scratch)
        self.companies = Companies(scratch, is_written=writer is not None)
        self.defaults = ContactDefaults.ours()
        self.of_new = self.defaults.for_new_contact(writer.by if writer else None)
        self.held_names = HELD & set(sheet.names)
        self.columns = [
            (at, name, self.resource.fields[name].widget)
            for at, name in enumerate(sheet.names)
            if name
        ]

    def go(self) -> ImportResult:
        for lines in batched(self.sheet.rows(), AT_ONCE):
            self._chunk(list(lines))
        return self.result

    def _chunk(self, lines: list[tuple[int, list[str]]]) -> None:
        self.outcomes: list[Outcome] = []
        cells = dict(lines)
        read = [(number, values) for number, values in self._read_all(lines)]
        self.matcher.look_up(read)
        rows = list(self._matched(read, cells))
        self._load_held(rows)
        # Companies first: persons of the same chunk may name them.
        self._finish([row for row in rows if row.is_company])
        persons = [row for row in rows if not row.is_company]
        named = {row.values.get("company", "") for row in persons} - {""}
        self.companies.look_up(named)
        self._finish(self._renewed(persons))
        self.outcomes.sort(key=lambda outcome: outcome.row)
        for outcome in self.outcomes:
            self.result.count(outcome)
        self.journal(self.outcomes)

    def _read_all(self, lines: list[tuple[int, list[str]]]) -> Iterator[tuple[int, Values]]:
        for number, cells in lines:
            refusals: list[Refusal] = []
            if excess := self.sheet.excess(cells):
                refusals.append(Refusal(number, "", excess))
            values = self._read(number, cells, refusals)
            if refusals:
                self.outcomes.append(Outcome(number, "refused", reasons=refusals, cells=cells))
            else:
                yield number, values

    def _read(self, number: int, cells: list[str], refusals: list[Refusal]) -> Values:
        """Return the values of a row; whatever is wrong with it goes to `refusals`."""
        values: Values = {}
        width, clears = len(cells), self.options.clears
        for at, name, widget in self.columns:
            text = cells[at] if at < width else ""
            if not (clears or text.strip()):
                continue
            try:
                values[name] = widget.clean(text)
            except BadCell as bad:
                refusals.append(self._refusal(number, bad, name))
        return values

    def _matched(
        self, read: list[tuple[int, Values]], cells: dict[int, list[str]]
    ) -> Iterator[Row]:
        values = dict(read)
        for number, contact in self.matcher.matched(read):
            if isinstance(contact, BadCell):
                self._refuse(number, contact, cells[number])
            else:
                yield Row(number, values[number], contact, cells[number])

    def _load_held(self, rows: list[Row]) -> None:
        if self.held_names:
            held = load_held([row.contact.pk for row in rows if not row.is_new], self.held_names)
            for row in rows:
                row.held_before = held.get(row.contact.pk, row.held_before)

    def _renewed(self, persons: list[Row]) -> list[Row]:
        """Persons as they are after their companies were written, which may have changed them."""
        if self.writer and (stale := self.writer.stale({row.contact.pk for row in persons})):
            for row in persons:
                if row.contact.pk in stale:
                    row.renew(stale[row.contact.pk])
        return persons

    def _finish(self, rows: list[Row]) -> None:
        done = []
        for row in rows:
            try:
                done.append((row, self._settled(row)))
            except BadCell as bad:
                self._refuse(row.number, bad, row.cells)
        if self.writer and (self.options.takes_good_rows or not self._is_refused):
            self.writer.write([row for row, _outcome in done])
        self.companies.promise((row.number, row.contact) for row, o in done if o.act == "created")
        for row, outcome in done:
            outcome.number = row.contact.number
        self.outcomes += [outcome for _row, outcome in done]

    @property
    def _is_refused(self) -> bool:
        return bool(self.result.refused_rows) or any(o.act == "refused" for o in self.outcomes)

    def _settled(self, row: Row) -> Outcome:
        """Let the row change its contact, and return what that is. Raises `BadCell`."""
        row.give(self.of_new)
        row.fill(self.defaults.country)
        if "company" in row.values:
            self._set_company(row)
        row.settle()
        self.rules.apply(row)
        if row.is_new:
            self.numberless += not row.contact.number
            return Outcome(row.number, "created", row.contact.name, notes=row.notes)
        changes = self._changes(row)
        act = "updated" if changes else "unchanged"
        return Outcome(row.number, act, row.contact.name, changes=changes, notes=row.notes)

    def _set_company(self, row: Row) -> None:
        text = row.values["company"]
        if row.is_company:
            if text and text not in (row.contact.name, row.contact.number):
                raise BadCell(_("A company belongs to no other company."), "company")
            return
        old = row.contact.company
        row.contact.company = self.companies.company(row.number, text) if text else None
        if row.contact.company and row.contact.company.pk:
            take_over(row.contact, old, keep=row.values, unset=row.given, defaults=self.defaults)
            row.give(self.of_new)

    def _changes(self, row: Row) -> list[FieldChange]:
        names = [COLUMN_OF[name] for name in row.changed_fields() if name in COLUMN_OF]
        if _is_promised(row.contact) and "company" not in names:
            names.append("company")
        if not names and not row.changed_held():
            return []
        before = Known(Contact(**row.before), row.held_before)
        after = Known(row.contact, row.held)
        return [
            FieldChange(name, *(self._text(name, known) for known in (before, after)))
            for name in [*names, *row.changed_held()]
        ]

    def _text(self, name: str, known: Known) -> str:
        if name == "company":
            return known.contact.company_name
        return str(self.resource.fields[name].export(known))

    def _refuse(self, number: int, bad: BadCell, cells: list[str]) -> None:
        reasons = [self._refusal(number, bad)]
        self.outcomes.append(Outcome(number, "refused", reasons=reasons, cells=cells))

    def _refusal(self, number: int, bad: BadCell, name: str = "") -> Refusal:
        column = bad.column or name
        return Refusal(number, self.sheet.heading(column) if column else "", str(bad))


def _is_promised(contact: Contact) -> bool:
    """Whether the company is one that an earlier row will create, so that it has no key yet."""
    return contact.company is not None and contact.company.pk is None
