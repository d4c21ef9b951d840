"""One person at a time: every operation locks its segment first, and notes what it changed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction

from contacts.models import User
from segments_app.errors import AlreadyLogged, Outdated
from segments_app.models import Segment, SegmentChange

Kind = SegmentChange.Kind
SHEET = (Kind.SHEET,)
HEADER = (Kind.HEADER,)
LINES = (Kind.LINES,)
EVERYTHING = (*SHEET, *HEADER, *LINES)


@contextmanager
def locked(
    segment: Segment, *, watching: Collection[str] = SHEET, line: int | None = None
) -> Iterator[None]:
    """Lock the segment and bring `segment` up to date, in one transaction.

    `segment.seen` is the version of the segment that the person saw who asks, if anybody did. When
    something of the kinds `watching` has changed since, it raises `Outdated`; of changes of lines,
    those of `line` count, if it is given. Raises `AlreadyLogged` when the segment is gone.
    """
    with transaction.atomic():
        try:
            segment.refresh_from_db(from_queryset=Segment.objects.select_for_update(of=("self",)))
        except Segment.DoesNotExist:
            raise AlreadyLogged(segment.number) from None
        _refuse_outdated(segment, watching, line)
        before = segment.current_step, segment.version
        try:
            yield
        except BaseException:
            # What is taken back in the database is taken back here too.
            segment.current_step, segment.version = before
            raise


def note_change(
    segment: Segment,
    kind: str,
    sentences: dict[str, str],
    *,
    by: User | None,
    line: int | None = None,
) -> None:
    """Tell those who look at a locked segment that it changed, by whom, and how in words.

    `line` is the key of the one line that was changed, None when there were several.
    """
    segment.version += 1
    segment.save(update_fields=["version"])
    SegmentChange.objects.create(
        segment=segment,
        version=segment.version,
        kind=kind,
        line=line,
        sentences=sentences,
        created_by=by,
    )


def _refuse_outdated(segment: Segment, watching: Collection[str], line: int | None) -> None:
    """Once: what the operation itself changes from here on, it has seen."""
    seen, segment.seen = segment.seen, None
    if seen is None or seen >= segment.version:
        return
    changes = segment.changes.since(seen).touching(watching, line).select_related("created_by")
    if changes:
        raise Outdated(segment, list(changes))
