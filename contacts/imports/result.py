"""What an import did, or would do, and what it refused."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

ACTS = ("created", "updated", "unchanged", "refused")


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
class FieldChange:
    """A field that becomes another: its name, and the old and the new value as text."""

    field: str
    old: str
    new: str


@dataclass
class Outcome:
    """What becomes of one row: "created", "updated", "unchanged" or "refused"."""

    row: int
    act: str
    name: str = ""
    number: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    # What was mended in the row, for people to know.
    notes: list[str] = field(default_factory=list)
    # Why it is refused, and the row as it stands in the file.
    reasons: list[Refusal] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


@dataclass
class ImportResult:
    """How many rows create, update or change nothing, and how many are refused.

    `is_written` says whether it was done.
    """

    # So many refusals are kept here; `refused_rows` counts all.
    MOST_REFUSALS = 1000

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused_rows: int = 0
    refused: list[Refusal] = field(default_factory=list)
    is_written: bool = False

    @property
    def touched(self) -> int:
        return self.created + self.updated

    def count(self, outcome: Outcome) -> None:
        """Count a row."""
        if outcome.act == "refused":
            self.refused_rows += 1
            room = self.MOST_REFUSALS - len(self.refused)
            self.refused += outcome.reasons[: max(room, 0)]
        else:
            setattr(self, outcome.act, getattr(self, outcome.act) + 1)

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each kind."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused_rows,
        }

    def as_data(self) -> dict[str, Any]:
        """Return the result as plain data, for programs."""
        refused = [vars(refusal) for refusal in self.refused]
        return {**self.counts(), "refused_rows": self.refused_rows, "refused": refused}
