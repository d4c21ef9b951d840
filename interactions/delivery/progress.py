"""How far the delivery of a logged segment is, for its pages."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from contacts.models import CorrespondenceType
from interactions.models import (
    DeliveryJob,
    DeliveryState,
    InteractionLogEntry,
    LetterJob,
    LoggedSegment,
)

from .files import reaches_people
from .jobs import to_send

State = DeliveryState
SHOWN_JOBS = 10


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A delivery job with what is settled of it."""

    job: DeliveryJob
    settled: int

    @property
    def percent(self) -> int:
        return 100 * self.settled // self.job.count if self.job.count else 100

    @property
    def time_left(self) -> datetime.timedelta | None:
        return self.job.time_left(self.settled)


class Progress:
    """Counts of a logged segment's delivery. A handful of queries, whatever its size."""

    def __init__(self, segment: LoggedSegment) -> None:
        self.segment = segment
        self._entries = InteractionLogEntry.objects.of_segment(segment).deliverable()

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        return self._entries.to_deliver().count_by_type_and_state()

    @cached_property
    def emails(self) -> dict[str, int]:
        """E-mails by state; not sent is "not_sent"."""
        return _named(self._counts[CorrespondenceType.EMAIL])

    @cached_property
    def emails_count(self) -> int:
        return sum(self.emails.values())

    @cached_property
    def to_send(self) -> int:
        """E-mails that nobody has asked to send yet."""
        return to_send(self.segment).count() if self.emails.get("not_sent") else 0

    @property
    def left_out(self) -> int:
        """E-mails that were to be sent and were not: withheld, or canceled."""
        return self.emails.get("not_sent", 0) - self.to_send

    @cached_property
    def letters(self) -> dict[str, int]:
        """Letters on paper by state."""
        return _named(self._counts[CorrespondenceType.HARD_COPY])

    @cached_property
    def letters_count(self) -> int:
        return sum(self.letters.values())

    @property
    def not_printed(self) -> int:
        return self.letters_count - self.letters.get(State.SENT, 0)

    @cached_property
    def print_jobs(self) -> list[LetterJob]:
        """Files for the printer that were asked for since it was logged: of all its letters."""
        if not self.letters_count:
            return []
        jobs = LetterJob.objects.of_segment(self.segment.number).select_related("created_by")
        return list(jobs.filter(created_at__gte=self.segment.created_at, choice={})[:3])

    @cached_property
    def jobs(self) -> list[JobProgress]:
        jobs = DeliveryJob.objects.of_segment(self.segment).select_related("created_by")
        return [JobProgress(job, self._settled(job)) for job in jobs[:SHOWN_JOBS]]

    def _settled(self, job: DeliveryJob) -> int:
        """Only of open jobs is there anything to count."""
        if not job.is_open:
            return job.count
        underway = InteractionLogEntry.objects.of_delivery(job).underway()
        return job.count - underway.count()

    @property
    def in_work(self) -> bool:
        """Whether the page is to ask again by itself."""
        return any(each.job.is_unfinished for each in self.jobs) or any(
            job.is_unfinished for job in self.print_jobs
        )

    @property
    def has_anything(self) -> bool:
        return bool(self.emails_count or self.letters_count)

    @property
    def reaches_people(self) -> bool:
        return reaches_people()


def _named(counts: dict[str, int]) -> dict[str, int]:
    return {state or "not_sent": count for state, count in counts.items()}
