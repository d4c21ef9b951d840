"""The follow-up segment: the same contacts again (R151, D17)."""

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models import User
from interactions.models import LoggedSegment
from segments_app.models import Segment
from segments_app.snapshot import header_values

from .header import create_segment
from .reusing import reuse_logged_segment

# What a follow-up takes over from the header unless its settings are copied (R151).
KEPT = ("campaign_id",)


def follow_up(
    logged: LoggedSegment,
    *,
    by: User | None,
    number: str = "",
    description: str = "",
    copy_header: bool = False,
) -> Segment:
    """Create a segment with the contacts of a logged one, each once, and its campaign.

    With `copy_header` it gets the other settings of the header too. Canceled interactions are
    left out. Inside a transaction give the `number`, drawn before it.
    """
    number = number or Segment.next_number()
    values = header_values(logged)
    header = {name: value for name, value in values.items() if copy_header or name in KEPT}
    with transaction.atomic():
        segment = create_segment(
            description or _("Follow-up on segment %(number)s") % {"number": logged.number},
            by=by,
            number=number,
            **header,
        )
        reuse_logged_segment(segment, logged, by=by)
        return segment
