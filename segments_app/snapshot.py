"""What a logged segment keeps of the worksheet: the header, the steps, what its letters share."""

from typing import Any

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from interactions.letters.shared import shared_fields
from interactions.models import LoggedSegment
from segments_app.models import Segment, SegmentStep

# Fields of the header that a person sets, in the order of the page.
HEADER = (
    "description",
    "template",
    "campaign",
    "salesperson",
    "date",
    "language",
    "subject",
    "correspondence_type",
    "ignore_contact_correspondence_type",
    "unit_cost",
    "unit_duration",
    "information_flow",
    "initiated_by",
    "campaign_target",
    "campaign_response",
)
# What a copy of the header does not take along: it says its own.
NOT_COPIED = ("description", "date")


def take_snapshot(segment: Segment) -> dict[str, Any]:
    """Return what `LoggedSegment.snapshot` holds, as plain JSON."""
    return {
        "header": {name: _human(segment, name) for name in HEADER},
        "values": {_attname(name): _plain(segment, name) for name in HEADER},
        "steps": [_step(step) for step in _steps(segment)],
        "letters": shared_fields(segment.number, segment.description),
    }


def header_values(logged: LoggedSegment) -> dict[str, Any]:
    """The header's settings of a logged segment, as arguments of `create_segment`."""
    values = logged.snapshot.get("values", {})
    return {name: _value(name, value) for name, value in values.items() if name not in NOT_COPIED}


def _value(name: str, plain: Any) -> Any:
    field: Any = Segment._meta.get_field(name)
    return field.to_python(plain)


def _steps(segment: Segment) -> models.QuerySet[SegmentStep]:
    return segment.steps.up_to(segment.current_step).select_related("created_by")


def _step(step: SegmentStep) -> dict[str, Any]:
    return {
        "action": step.action,
        "sentences": step.sentences,
        "criteria": step.criteria,
        "options": step.options,
        "added": step.added,
        "removed": step.removed,
        "skipped": step.skipped_count,
        "who": str(step.created_by or ""),
        "when": step.created_at.isoformat(timespec="minutes"),
    }


def _attname(name: str) -> str:
    return Segment._meta.get_field(name).attname  # type: ignore[union-attr]


def _plain(segment: Segment, name: str) -> Any:
    value = getattr(segment, _attname(name))
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _human(segment: Segment, name: str) -> str:
    """The value as the page shows it, "" when nothing is said."""
    if hasattr(segment, f"get_{name}_display"):
        return str(getattr(segment, f"get_{name}_display")())
    value = getattr(segment, name)
    if value is True:
        return _("yes")
    return "" if value in (None, "", False) else str(formats.localize(value))
