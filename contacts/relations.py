"""Contacts by what they have, or have not: the one place where the way of asking is chosen."""

from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet


def has[C: QuerySet[Any]](
    contacts: C, related: QuerySet[Any], field: str = "contact", *, key: str = "pk"
) -> C:
    """Contacts with a row in `related`, whose `field` names the contact.

    `key="company"` asks the contact's company instead of the contact (R25).
    """
    # IN for "has" and EXISTS for "has not": the other way round either database needs minutes.
    return contacts.filter(**{f"{key}__in": related.order_by().values(field)})


def has_not[C: QuerySet[Any]](
    contacts: C, related: QuerySet[Any], field: str = "contact", *, key: str = "pk"
) -> C:
    """Contacts without a row in `related`: exactly those that `has` leaves out."""
    return contacts.filter(~Exists(related.order_by().filter(**{field: OuterRef(key)})))


def has_number[C: QuerySet[Any]](
    contacts: C, related: QuerySet[Any], number: Q, *, zero: bool = False, negated: bool = False
) -> C:
    """Contacts whose number of rows in `related` meets `number`, a condition on `n_rows`.

    `zero` says whether none at all meets it; `negated` asks for all other contacts. No row may
    lack its contact.
    """
    grouped: Any = related.order_by().values("contact").annotate(n_rows=Count("pk"))
    if not zero:
        return _in_or_out(contacts, grouped.filter(number), out=negated)
    return _in_or_out(contacts, grouped.exclude(number), out=not negated)


def has_latest[C: QuerySet[Any]](contacts: C, related: QuerySet[Any], latest: Q, date: str) -> C:
    """Contacts with rows in `related` the latest `date` of which meets `latest`.

    `latest` is a condition on `r_latest`. No row may lack its contact.
    """
    grouped: Any = related.order_by().values("contact").annotate(r_latest=Max(date))
    return _in_or_out(contacts, grouped.filter(latest), out=False)


def _in_or_out[C: QuerySet[Any]](contacts: C, grouped: QuerySet[Any], *, out: bool) -> C:
    """The contacts named in `grouped`, or the others."""
    keys = grouped.values("contact")
    if not out:
        return contacts.filter(pk__in=keys)
    # Grouped once and looked up, where NOT EXISTS would group again for each contact.
    inside = contacts.model._default_manager.filter(pk=OuterRef("pk"), pk__in=keys)
    return contacts.filter(~Exists(inside))
