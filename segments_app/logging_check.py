"""The check before logging: sending asks for more than writing down does."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from segments_app.checks import PROBLEMS, Check, Problem
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet

# An e-mail that is to be sent needs an address (D12).
WHEN_SENT: dict[str, Problem] = PROBLEMS | {
    "no_email": replace(
        PROBLEMS["no_email"],
        way_out=_("Add an address, choose hard copy for these lines, or keep them back."),
        blocking=True,
    )
}


class LoggingCheck(Check):
    """A `Check` that knows whether the e-mails are to be sent."""

    def __init__(self, segment: Segment, *, deliver: bool = False) -> None:
        super().__init__(segment)
        self.problems = WHEN_SENT if deliver else PROBLEMS

    def loggable(self) -> SegmentLineQuerySet:
        """The lines that nothing stands in the way of."""
        return self.lines.filter(~self.blocking) if self.blocked_count else self.lines

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

    def emails_count(self) -> int:
        """E-mails that would be sent."""
        emails = Q(r_correspondence_type="email") & ~self.conditions["no_email"]
        return self.loggable().filter(emails).count()
