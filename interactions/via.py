"""By what number or address a single contact is reached."""

import datetime
from typing import Any

from django.utils import timezone

from contacts.addresses import REACHED_BY, with_alternative
from contacts.models import Contact, CorrespondenceType
from contacts.models.in_force import address_in_force

from .models import InteractionKind

# What is suggested for an interaction of a kind, the first there is.
OF_KIND: dict[str, tuple[str, ...]] = {
    InteractionKind.CALL: ("phone", "mobile"),
    InteractionKind.EMAIL: ("email",),
}
OF_TYPE: dict[str, tuple[str, ...]] = {CorrespondenceType.EMAIL: ("email",)}
SPOKEN_OR_WRITTEN_TO = ("phone", "mobile", "email")


def reached_by(contact: Contact, day: datetime.date | None = None) -> dict[str, str]:
    """Return phone, mobile and e-mail of the contact on a day (today), those there are.

    Those of an alternative address that is in force come before the contact's own.
    """
    day = day or timezone.localdate()
    one = Contact.objects.filter(pk=contact.pk).annotate(r_alternative=address_in_force(day))
    rows: Any = one.values(*REACHED_BY, "company_name", "country", "r_alternative")
    said = rows.get()
    said = with_alternative(said, said.pop("r_alternative"))
    return {name: said[name] for name in SPOKEN_OR_WRITTEN_TO if said[name]}


def suggested(contact: Contact | None, kind: str, type_: str = "") -> str:
    """Return the number or address that an interaction goes by, or "".

    An e-mail goes by the e-mail address, whatever its kind; all others as their kind does.
    """
    if contact is None:
        return ""
    ways = OF_TYPE.get(type_) or OF_KIND.get(kind, ())
    by = reached_by(contact) if ways else {}
    return next((by[name] for name in ways if name in by), "")
