"""One person at a time: every operation locks its segment first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from segments_app.errors import AlreadyLogged
from segments_app.models import Segment


@contextmanager
def locked(segment: Segment) -> Iterator[None]:
    """Lock the segment and bring `segment` up to date, in one transaction.

    Raises `AlreadyLogged` when the segment is gone.
    """
    with transaction.atomic():
        try:
            segment.refresh_from_db(from_queryset=Segment.objects.select_for_update(of=("self",)))
        except Segment.DoesNotExist:
            raise AlreadyLogged(segment.number) from None
        yield
