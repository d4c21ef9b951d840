"""Contacts by what they have, or have not: the one place where the way of asking is chosen."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet


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
