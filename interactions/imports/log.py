"""Log a file of interactions: look at all of it, then write all of it, or nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import batched
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.imports.cells import BadCell
from contacts.imports.reading import Sheet, Unreadable, open_sheet
from contacts.imports.result import Refusal
from contacts.models import Contact, User
from interactions.models import (
    Campaign,
    InformationFlow,
    InitiatedBy,
    InteractionLogEntry,
    InteractionTemplate,
)

from .cells import Cells
from .columns import NEEDED, WHO, import_names

AT_ONCE = 1000
# What an empty cell takes from the template: entry field <- template field.
FROM_TEMPLATE = {
    "description": "description",
    "cost": "unit_cost",
    "duration": "unit_duration",
    "correspondence_type": "correspondence_type",
    "information_flow": "information_flow",
    "initiated_by": "initiated_by",
}
Values = dict[str, Any]


@dataclass
class LogResult:
    """How many interactions were logged. None if any row is refused."""

    # So many refusals are told; then reading stops.
    MOST_REFUSALS = 1000

    entries: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.refused) >= self.MOST_REFUSALS

    def as_data(self) -> dict[str, Any]:
        """Return the result as plain data, for programs."""
        data = asdict(self)
        return data if self.refused else {"entries": self.entries}


@dataclass(frozen=True)
class Answers:
    """Every row is a response to the campaign, logged with the template: it must say who only."""

    campaign: Campaign
    template: InteractionTemplate

    def values(self) -> Values:
        return {
            "campaign": self.campaign,
            "template": self.template,
            "date": timezone.localdate(),
            "campaign_response": True,
            "information_flow": InformationFlow.INBOUND,
            "initiated_by": InitiatedBy.THEM,
        }


def log_interactions(
    file: BinaryIO,
    *,
    by: User | None = None,
    dry_run: bool = False,
    answers: Answers | None = None,
) -> LogResult:
    """Post interactions from a CSV file or workbook, opened for reading bytes. Constant memory.

    Every row needs contact (number), template (code) and date. The salesperson is the contact's
    when the row names none; other empty cells take what the template says. What happened may be
    recorded for every contact, also for those who may not be written to. Any refusal, or
    `dry_run`, and nothing is written.
    """
    try:
        sheet = _open(file, () if answers else NEEDED)
        with transaction.atomic():
            result = Posting(sheet, by, answers).go()
            transaction.set_rollback(bool(result.refused) or dry_run)
    except Unreadable as unreadable:
        return LogResult(refused=unreadable.refusals)
    if result.refused:
        result.entries = 0
    return result


def _open(file: BinaryIO, needed: Sequence[str]) -> Sheet:
    sheet = open_sheet(file, names=import_names(), who=WHO)
    missing = [name for name in needed if name not in sheet.names]
    if missing:
        reason = _("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)}
        raise Unreadable(Refusal(1, "", reason))
    return sheet


class Posting:
    """Goes through a sheet and writes the entries, a chunk at a time, until a row is refused."""

    def __init__(self, sheet: Sheet, by: User | None, answers: Answers | None = None) -> None:
        self.sheet, self.by = sheet, by
        self.usual = answers.values() if answers else {}
        self.fallback = answers.campaign.salesperson_id if answers else None
        self.cells = Cells(is_lenient=bool(answers))
        self.known = sum(map(bool, sheet.names))
        self.result = LogResult()

    def go(self) -> LogResult:
        for lines in batched(self.sheet.rows(), AT_ONCE):
            self._chunk([(number, self._read(number, cells)) for number, cells in lines])
            if self.result.is_full:
                break
        return self.result

    def _read(self, number: int, cells: list[str]) -> Values:
        values: Values = {}
        width = len(self.sheet.names)
        if any(cell.strip() for cell in cells[width:]):
            reason = _("The row has %(count)s cells, the header %(columns)s.")
            self._refuse(number, reason % {"count": len(cells), "columns": width})
        filled = [*cells, *[""] * (width - len(cells))]
        for name, text in zip(self.sheet.names, filled, strict=False):
            if not name:
                continue
            try:
                values[name] = self.cells.read(name, text)
            except BadCell as bad:
                self._refuse(number, str(bad), name)
        return values

    def _chunk(self, rows: list[tuple[int, Values]]) -> None:
        contacts = _contacts([values for _number, values in rows])
        entries = [self._entry(number, values, contacts) for number, values in rows]
        if not self.result.refused:
            InteractionLogEntry.objects.bulk_create(entry for entry in entries if entry)
            self.result.entries += len(entries)

    def _entry(
        self, number: int, values: Values, contacts: dict[str, list[Contact]]
    ) -> InteractionLogEntry | None:
        read = set(values)
        contact = self._contact(number, values, contacts)
        if contact is None or len(read) < self.known:
            return None
        given = {name: value for name, value in values.items() if value is not None}
        given = self.usual | given
        template: InteractionTemplate = given["template"]
        salesperson = self._salesperson(number, given, contact)
        named = {"contact": contact, "salesperson_id": salesperson}
        return InteractionLogEntry(
            **_given_by(template) | given | named,
            company_id=contact.company_id,
            group_id=template.group_id,
            user=self.by,
        )

    def _contact(
        self, number: int, values: Values, contacts: dict[str, list[Contact]]
    ) -> Contact | None:
        said = {name: values.pop(name, None) for name in WHO}
        name = next((name for name, text in said.items() if text), "")
        if not name:
            column = next(name for name in WHO if name in self.sheet.names)
            self._refuse(number, _("The cell is empty."), column)
            return None
        return self._one(number, name, str(said[name]), contacts)

    def _one(
        self, number: int, name: str, text: str, contacts: dict[str, list[Contact]]
    ) -> Contact | None:
        found = contacts.get(text if name == "contact" else text.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            reason = _("Several contacts have “%(text)s”. Give the number.")
        else:
            reason = _("There is no contact “%(text)s”.")
        self._refuse(number, reason % {"text": text}, name)
        return None

    def _salesperson(self, number: int, values: Values, contact: Contact) -> int | None:
        """The row's, else the contact's own."""
        named = values.pop("salesperson", None)
        salesperson: int | None = named.pk if named else contact.salesperson_id or self.fallback
        if salesperson is None:
            reason = _("The contact has no salesperson, so the row must name one.")
            self._refuse(number, reason, "salesperson")
        return salesperson

    def _refuse(self, row: int, reason: str, name: str = "") -> None:
        column = self.sheet.heading(name) if name else ""
        self.result.refused.append(Refusal(row, column, reason))


def _contacts(rows: Sequence[Values]) -> dict[str, list[Contact]]:
    """The contacts by what the rows say of them: the number, or the e-mail address folded."""
    numbers = {values["contact"] for values in rows if values.get("contact")}
    emails = {values["email"].casefold() for values in rows if values.get("email")}
    found: dict[str, list[Contact]] = defaultdict(list)
    columns = ("number", "email", "company", "salesperson")
    for contact in Contact.objects.known_by("number", numbers).only(*columns):
        found[contact.number].append(contact)
    for contact in Contact.objects.known_by("email", emails).only(*columns):
        found[contact.email.casefold()].append(contact)
    return found


def _given_by(template: InteractionTemplate) -> Values:
    return {name: getattr(template, source) for name, source in FROM_TEMPLATE.items()}
