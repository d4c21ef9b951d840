"""The check before logging: sending asks for more than writing down does."""

from dataclasses import replace
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from segments_app.checks import BY_EMAIL, PROBLEMS, Check, Problem
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet

# An e-mail that is to be sent needs an address, and one that takes e-mails (D12).
WHEN_SENT: dict[str, Problem] = PROBLEMS | {
    "no_email": replace(
        PROBLEMS["no_email"],
        way_out=_("Add an address, choose hard copy for these lines, or keep them back."),
        blocking=True,
    ),
    "email_came_back": replace(
        PROBLEMS["email_came_back"],
        way_out=_(
            "Correct the address, say that it is right, choose hard copy for these lines, or keep "
            "them back."
        ),
        blocking=True,
    ),
}
# Kinds of problems because of which an e-mail is not sent.
UNSENT = ("no_email", "email_came_back")


def _yes_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


class LoggingCheck(Check):
    """A `Check` that knows whether the e-mails are to be sent."""

    def __init__(self, segment: Segment, *, deliver: bool = False) -> None:
        super().__init__(segment)
        self.deliver = deliver
        self.problems = WHEN_SENT if deliver else PROBLEMS

    def loggable(self) -> SegmentLineQuerySet:
        """The lines that nothing stands in the way of."""
        return self.standing() if self.blocked_count else self.lines

    def standing(self) -> SegmentLineQuerySet:
        """The same, found by whoever reads them, at that moment."""
        blocked = When(self.blocking, then=Value(False))
        # What is neither true nor false, of a value that is missing, does not block.
        return self.lines.filter(Case(blocked, default=Value(True), output_field=BooleanField()))

    def totals(self) -> QuerySet[Any, dict[str, Any]]:
        """What would be written, by correspondence type and language, problem lines left out."""
        return self.totals_of(self.loggable())

    def sums(self) -> dict[str, Any]:
        """The same added up."""
        lines: Any = self.loggable().order_by()
        sums: dict[str, Any] = lines.aggregate(
            n_lines=Count("pk"), sum_cost=Sum("r_cost"), sum_duration=Sum("r_duration")
        )
        return sums

    def blocked_by(self, most: int) -> list[dict[str, Any]]:
        """The first lines that cannot be logged: contact, name, and the codes of what blocks."""
        blocking = {code: self.conditions[code] for code in self.problems if self._blocks(code)}
        flags = {f"has_{code}": _yes_if(condition) for code, condition in blocking.items()}
        lines: Any = self.blocked_lines().annotate(**flags).order_by("pk")
        rows = lines.values("contact__number", "contact__name", *flags)[:most]
        return [
            {
                "contact": row["contact__number"],
                "name": row["contact__name"],
                "problems": [code for code in blocking if row[f"has_{code}"]],
            }
            for row in rows
        ]

    def _blocks(self, code: str) -> bool:
        return self.problems[code].blocking

    def emails_count(self) -> int:
        """E-mails that would be sent."""
        unsent = reduce(or_, (self.conditions[code] for code in UNSENT))
        return self.loggable().filter(BY_EMAIL & ~unsent).count()


class QuickCheck(LoggingCheck):
    """A `LoggingCheck` that finds out how many lines block, and by what only when it is asked."""

    @cached_property
    def numbers(self) -> dict[str, Any]:
        lines: Any = self.lines.order_by()
        numbers: dict[str, Any] = lines.aggregate(
            n_lines=Count("pk"),
            n_blocked=Count("pk", filter=self.blocking),
            sum_cost=Sum("r_cost"),
            sum_duration=Sum("r_duration"),
        )
        return numbers
