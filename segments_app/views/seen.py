"""The segment as the person saw it who acts on it."""

from contacts.requests import SignedInRequest
from segments_app.models import Segment

from .segment import find_segment

MOST_DIGITS = 10


def find_seen(request: SignedInRequest, number: str) -> Segment:
    """The segment in work with that number; else `Http404`.

    It carries the version that the page showed (`{% seen segment %}` in its form): an operation on
    it is refused with what has changed since, and the person may do it anyway.
    """
    segment = find_segment(number)
    seen = request.POST.get("seen", "")
    segment.seen = int(seen) if seen.isdecimal() else None
    return segment


def shown_version(request: SignedInRequest, segment: Segment) -> int:
    """The version of the page that a fragment is fetched for, as its address says (`?seen=`).

    What the fragment offers is done on that page: it must not know more than the page shows.
    """
    seen = request.GET.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < MOST_DIGITS else segment.version
