"""The segment as the person saw it who acts on it."""

from contacts.requests import SignedInRequest
from segments_app.models import Segment

from .segment import find_segment


def find_seen(request: SignedInRequest, number: str) -> Segment:
    """The segment in work with that number; else `Http404`.

    It carries the version that the page showed (`{% seen segment %}` in its form): an operation on
    it is refused with what has changed since, and the person may do it anyway.
    """
    segment = find_segment(number)
    seen = request.POST.get("seen", "")
    segment.seen = int(seen) if seen.isdecimal() else None
    return segment
