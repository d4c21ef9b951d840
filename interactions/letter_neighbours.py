"""The letters before and after one of the log, in the order of its logged segment."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from .models import InteractionLogEntry


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a letter stands: place 3 of `count`; the keys of the entries before and after."""

    place: int
    count: int
    previous: int | None
    next: int | None


def neighbours(entry: InteractionLogEntry) -> Neighbours | None:
    """Return where the letter of `entry` stands; None for one that was logged alone."""
    if entry.logged_segment is None:
        return None
    letters = InteractionLogEntry.objects.of_segment(entry.logged_segment).with_document()
    before, after = Q(line__lt=entry.line), Q(line__gt=entry.line)
    found = letters.order_by().aggregate(
        count=Count("pk"),
        behind=Count("pk", filter=before),
        previous=Max("line", filter=before),
        next=Min("line", filter=after),
    )
    ends = [line for line in (found["previous"], found["next"]) if line is not None]
    keys = dict(letters.filter(line__in=ends).values_list("line", "pk"))
    previous, next_ = keys.get(found["previous"]), keys.get(found["next"])
    return Neighbours(found["behind"] + 1, found["count"], previous, next_)
