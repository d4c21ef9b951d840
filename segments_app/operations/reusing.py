"""Reuse the contacts of a logged segment."""

from contacts.models import Contact, User
from contacts.models.contact import ContactQuerySet
from interactions.models import LoggedSegment
from segments_app.models import Segment, SegmentStep
from segments_app.selection import AddOptions
from segments_app.sentences import of_logged_segment

from .history import begin_step
from .locking import locked
from .selecting import add_lines

Action = SegmentStep.Action


def reuse_logged_segment(
    segment: Segment, logged: LoggedSegment, *, by: User | None
) -> SegmentStep:
    """Add the contacts of a logged segment, each once; canceled entries are left out (D1, D17)."""
    with locked(segment):
        step = begin_step(
            segment,
            Action.REUSE,
            by=by,
            sentences=of_logged_segment(logged.number, logged.description),
            criteria={"logged_segment": logged.number},
        )
        return add_lines(step, contacts_of(logged), AddOptions())


def contacts_of(logged: LoggedSegment) -> ContactQuerySet:
    """The contacts who have an interaction of the logged segment that counts."""
    entries = logged.entries.counting()
    return Contact.objects.filter(pk__in=entries.order_by().values("contact"))
