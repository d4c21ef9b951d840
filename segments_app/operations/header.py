"""The header: create a segment, change what it says, delete it."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Salesperson, User
from segments_app.models import Segment
from segments_app.models.segment import number_taken
from segments_app.sentences import labels, of_header

from .locking import EVERYTHING, HEADER, Kind, locked, note_change


def create_segment(
    description: str, *, by: User | None, number: str = "", **header: Any
) -> Segment:
    """Create a segment without lines. `header` are its other fields.

    The number comes from the series unless one is given (D21), which no segment may have, logged or
    not (R140); the salesperson is the user's own unless one is given (R60).
    """
    if number and number_taken(number):
        raise Refused(_("The number %(number)s is used already.") % {"number": number})
    header.setdefault("salesperson", Salesperson.objects.active().of_user(by))
    number = number or Segment.next_number()
    return Segment.objects.create(number=number, description=description, created_by=by, **header)


def change_header(segment: Segment, *, by: User | None, **values: Any) -> Segment:
    """Change fields of the header. Lines follow where they do not say otherwise (D8)."""
    with locked(segment, watching=HEADER):
        for field, value in values.items():
            setattr(segment, field, value)
        if not segment.campaign:
            segment.campaign_target = segment.campaign_response = False
        segment.save()
        note_change(segment, Kind.HEADER, of_header(labels(Segment, values)), by=by)
        return segment


def delete_segment(segment: Segment, *, by: User | None) -> None:
    """Delete a segment that was not logged, with its lines and steps (R63)."""
    with locked(segment, watching=EVERYTHING):
        segment.delete()
