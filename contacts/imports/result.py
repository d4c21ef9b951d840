"""What an import did, or would do, and what it refused."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Contact


@dataclass(frozen=True)
class Refusal:
    """Why a cell cannot be imported. Rows count as a spreadsheet counts: the header is row 1."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = {"row": self.row, "column": self.column, "reason": self.reason}
        if self.column:
            return _("Row %(row)s, %(column)s: %(reason)s") % place
        return _("Row %(row)s: %(reason)s") % place


@dataclass(frozen=True)
class Outcome:
    """What becomes of one row: "created" or "updated", and the fields that change."""

    row: int
    name: str
    act: str
    fields: list[str] = field(default_factory=list)

    def labels(self) -> list[str]:
        """The fields in the words of the pages; derived ones follow from others."""
        fields = [Contact._meta.get_field(name) for name in self.fields if name != "search_name"]
        return sorted({str(getattr(field, "verbose_name", field.name)) for field in fields})


@dataclass
class ImportResult:
    """How many contacts were created, updated or left as they are. Nothing if any is refused."""

    # So many refusals are told; then reading stops.
    MOST_REFUSALS = 1000
    # So many rows are told about one by one.
    MOST_OUTCOMES = 200

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.refused) >= self.MOST_REFUSALS

    @property
    def touched(self) -> int:
        return self.created + self.updated

    @property
    def untold(self) -> int:
        """How many rows that change something are not among the outcomes."""
        return self.touched - len(self.outcomes)

    def refuse(self, row: int, column: str, reason: str) -> None:
        self.refused.append(Refusal(row, column, reason))

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.act, getattr(self, outcome.act) + 1)
        if outcome.act != "unchanged" and len(self.outcomes) < self.MOST_OUTCOMES:
            self.outcomes.append(outcome)

    def as_data(self) -> dict[str, Any]:
        """Return the result as plain data, for programs."""
        data = asdict(self)
        del data["outcomes"]
        return data
