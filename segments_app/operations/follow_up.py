"""The follow-up segment: the same contacts again (R151, D17)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from contacts.models.contact import ContactQuerySet
from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app.models import Segment, SegmentStep
from segments_app.selection import AddOptions
from segments_app.sentences import in_every_language
from segments_app.snapshot import header_values
from segments_app.whom import Whom, of_whom

from .header import create_segment
from .history import begin_step
from .locking import locked
from .reusing import contacts_of, reuse_logged_segment
from .selecting import add_lines

# What a follow-up takes over from the header unless its settings are copied (R151).
KEPT = ("campaign_id",)


def follow_up(
    logged: LoggedSegment,
    *,
    by: User | None,
    number: str = "",
    description: str = "",
    copy_header: bool = False,
    whom: str = Whom.ALL,
) -> Segment:
    """Create a segment with the contacts of a logged one, each once, and its campaign.

    With `copy_header` it gets the other settings of the header too. Canceled interactions are
    left out. Inside a transaction give the `number`, drawn before it. Raises `Refused` when nobody
    is left.
    """
    number = number or Segment.next_number()
    values = header_values(logged)
    header = {name: value for name, value in values.items() if copy_header or name in KEPT}
    description = description or _("Follow-up on segment %(number)s") % {"number": logged.number}
    with transaction.atomic():
        segment = create_segment(description, by=by, number=number, **header)
        if whom == Whom.ALL:
            _refuse_nobody(contacts_of(logged))
            reuse_logged_segment(segment, logged, by=by)
        else:
            _add(segment, of_whom(logged.entries.all(), whom), by, logged=logged, whom=Whom(whom))
        return segment


def follow_up_entries(
    entries: Any,
    *,
    by: User | None,
    description: str = "",
    whom: str = Whom.ALL,
    **header: Any,
) -> Segment:
    """Create a segment with the contacts of interactions, each once; `header` are its fields.

    Canceled interactions are left out. Raises `Refused` when nobody is left.
    """
    number = Segment.next_number()
    with transaction.atomic():
        title = description or _("Follow-up")
        segment = create_segment(title, by=by, number=number, **header)
        _add(segment, of_whom(entries, whom), by, whom=Whom(whom))
        return segment


def _refuse_nobody(contacts: ContactQuerySet) -> None:
    if not contacts.exists():
        raise Refused(_("Nobody is left to follow up. No segment was created."))


def _add(
    segment: Segment,
    entries: Any,
    by: User | None,
    *,
    whom: Whom,
    logged: LoggedSegment | None = None,
) -> None:
    keys = InteractionLogEntry.objects.filter(pk__in=entries.order_by().values("pk"))
    contacts = keys.their_contacts()
    _refuse_nobody(contacts)
    words = {"whom": whom.label, "number": logged.number if logged else ""}

    def sentence() -> str:
        if logged:
            return _("Followed up segment %(number)s: %(whom)s") % words
        return _("Followed up interactions: %(whom)s") % words

    with locked(segment):
        step = begin_step(
            segment,
            SegmentStep.Action.ADD_BY_HAND,
            by=by,
            sentences=in_every_language(sentence),
            criteria={"logged_segment": logged.number, "whom": whom.value} if logged else {},
        )
        add_lines(step, contacts, AddOptions())
