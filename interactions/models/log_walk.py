"""Finding entries of the log by their contacts, for a page of them.

Of contacts that are rare the entries are looked up; of frequent ones the log is walked, newest
first, until a page is full.
"""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce

from contacts.search import ANY_WAY, CERTAIN, ROW_BY_ROW, SAMPLE

# So many keys are looked up beforehand: with them the database takes the index of the contact.
FEW = 500


def few_or_query(keys: Any) -> Any:
    """The `keys`, a queryset of values, when they are few; else the query that finds them."""
    found = list(keys.order_by()[: FEW + 1])
    return found if len(found) <= FEW else keys.order_by()


def walking(entries: Any, path: str, contacts: Any) -> Any:
    """Narrow to entries whose `path` is one of the contacts, told of each entry on the way.

    The contacts know that they are `quickest` found by walking.
    """
    met = contacts.found_by(ROW_BY_ROW).order_by().filter(pk=OuterRef(path))
    found = entries.filter(Exists(met))
    asked = getattr(entries.query, "walked", ())
    found.query.walked = (*asked, (path, contacts))
    return found


def is_walking(entries: Any) -> bool:
    return bool(getattr(entries.query, "walked", ()))


def walked_to(entries: Any, most: int) -> int:
    """How many there are, counted to `most`.

    A sample of contacts may leave no doubt that there are more; else those of so many contacts are
    nearly always enough. Walking on might take long.
    """
    if _are_certainly_more_than(entries, most):
        return most + 1
    some = _narrowed(entries, most)
    found = int(some.order_by().values("pk")[: most + 1].count())
    if found > most or _are_all(entries, most):
        return found
    return int(_narrowed(entries).order_by().values("pk")[: most + 1].count())


def _are_all(entries: Any, most: int) -> bool:
    """Whether there are no more contacts than so many."""
    _path, contacts = entries.query.walked[0]
    return bool(contacts.sample_keys().stop <= most + 1)


def _are_certainly_more_than(entries: Any, most: int) -> bool:
    """Whether so many contacts of the sample have such entries that there is no need to count.

    Three times too many, and at least `CERTAIN` of the sample.
    """
    path, contacts = entries.query.walked[0]
    if contacts.way.share * SAMPLE < CERTAIN:
        return False
    keys = contacts.sample_keys()
    found = (
        entries.filter(**{f"{path}__in": keys})
        .order_by()
        .aggregate(contacts=Count(path, distinct=True))
    )
    count = int(found["contacts"])
    return count >= CERTAIN and count * keys.step > 3 * most


def gathered(entries: Any) -> Any:
    """The same, looked up by their contacts and then sorted, for they are few."""
    # No index has this order, so the database cannot be tempted to walk one.
    newest = Coalesce(F("date"), Value(None), output_field=entries.model._meta.get_field("date"))
    return _narrowed(entries).order_by(newest.desc(), "-id")


def _narrowed(entries: Any, most: int | None = None) -> Any:
    for path, contacts in entries.query.walked:
        keys = contacts.found_by(ANY_WAY).order_by().values("pk")
        entries = entries.filter(**{f"{path}__in": keys[:most] if most else keys})
    return entries
