"""A logged segment as the basis of a new one: its criteria, its contacts, or both."""

from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User
from interactions.models import LoggedSegment
from segments_app.models import Segment, SegmentStep
from segments_app.snapshot import header_values

from .header import create_segment
from .replaying import replay
from .reusing import reuse_logged_segment


def reuse_as_new(
    logged: LoggedSegment,
    *,
    by: User | None,
    description: str = "",
    contacts: bool = True,
    criteria: bool = False,
    copy_header: bool = False,
) -> Segment:
    """Create a segment with the contacts of a logged one, each once; then do its steps from
    criteria again on today's data. Raises `Refused` when neither is asked for, or when there are no
    such steps."""
    steps = criteria_steps(logged) if criteria else []
    if criteria and not steps:
        raise Refused(_("The logged segment has no steps from criteria."))
    if not (contacts or criteria):
        raise Refused(_("Choose the contacts, the criteria or both."))
    header = header_values(logged) if copy_header else {}
    number = Segment.next_number()
    with transaction.atomic():
        title = description or logged.description
        segment = create_segment(title, by=by, number=number, **header)
        if contacts:
            reuse_logged_segment(segment, logged, by=by)
        for step in steps:
            replay(segment, step, by=by)
        return segment


def criteria_steps(logged: LoggedSegment) -> list[Any]:
    """The steps from criteria that the logged segment keeps, ready to be done again."""
    kept = logged.snapshot.get("steps") or []
    return [
        SimpleNamespace(
            action=step["action"],
            criteria=step.get("criteria", {}),
            options=step.get("options", {}),
            sentences=step.get("sentences", {}),
        )
        for step in kept
        if step.get("action") in SegmentStep.CRITERIA_ACTIONS
    ]
