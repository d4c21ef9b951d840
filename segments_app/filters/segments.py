"""What can be asked of the segments and logged segments a contact is in."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions import Belonging, Group, How, InGroups
from contacts.filters import ConditionSet
from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app.models import Segment, SegmentLine


def _lines(segments: Sequence[Segment]) -> Any:
    """The lines that stand on the sheets of `segments`."""
    current = F("segment__current_step")
    standing = Q(removed_step=None) | Q(removed_step__gt=current)
    return SegmentLine.objects.filter(standing, segment__in=segments, added_step__lte=current)


def _entries(segments: Sequence[LoggedSegment]) -> Any:
    entries = InteractionLogEntry.objects.counting().exclude(contact=None)
    return entries.filter(logged_segment__in=segments)


def _responses(segments: Sequence[LoggedSegment]) -> Any:
    return InteractionLogEntry.objects.responding_to(segments).exclude(contact=None)


SEGMENTS = Belonging(
    Group("segments", _("Segments"), _("Segments that are not logged yet.")),
    Segment.objects.order_by("-number"),
    _lines,
    {
        How.ANY: _("In segment"),
        How.ALL: _("In all segments"),
        How.NONE: _("Not in segment"),
    },
    {
        How.ANY: _("in segment %(value)s"),
        How.ALL: _("in segment %(value)s"),
        How.NONE: _("not in segment %(value)s"),
    },
    code="number",
)
LOGGED_SEGMENTS = Belonging(
    Group("logged_segments", _("Logged segments"), _("Canceled interactions do not count.")),
    LoggedSegment.objects.defer("snapshot"),
    _entries,
    {
        How.ANY: _("In logged segment"),
        How.ALL: _("In all logged segments"),
        How.NONE: _("Not in logged segment"),
    },
    {
        How.ANY: _("in logged segment %(value)s"),
        How.ALL: _("in logged segment %(value)s"),
        How.NONE: _("not in logged segment %(value)s"),
    },
    code="number",
)

RESPONSES = Belonging(
    LOGGED_SEGMENTS.group,
    LOGGED_SEGMENTS.queryset,
    _responses,
    {
        How.ANY: _("Responded to logged segment"),
        How.ALL: _("Responded to all logged segments"),
        How.NONE: _("Did not respond to logged segment"),
    },
    {
        How.ANY: _("responded to logged segment %(value)s"),
        How.ALL: _("responded to logged segment %(value)s"),
        How.NONE: _("did not respond to logged segment %(value)s"),
    },
    code="number",
)


class OfSegments(ConditionSet):
    """Conditions on the segments a contact is in."""

    segments = InGroups(SEGMENTS, How.ANY)
    segments_all = InGroups(SEGMENTS, How.ALL)
    segments_not = InGroups(SEGMENTS, How.NONE)
    logged_segments = InGroups(LOGGED_SEGMENTS, How.ANY)
    logged_segments_all = InGroups(LOGGED_SEGMENTS, How.ALL)
    logged_segments_not = InGroups(LOGGED_SEGMENTS, How.NONE)
    responded_to = InGroups(RESPONSES, How.ANY)
    responded_to_not = InGroups(RESPONSES, How.NONE)
