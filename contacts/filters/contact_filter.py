from contacts.models import Contact

from .condition_set import ConditionSet
from .of_contact import OfPlace, OfReach, OfStatus, OfWho
from .of_related import OfGroups, OfRows
from .older import Older, postal_codes


class ContactFilter(OfWho, OfPlace, OfReach, OfStatus, OfGroups, OfRows):
    """Everything that can be asked of a contact: for pages, segments and commands."""

    besides = frozenset({"page", "sort"})
    first = ("q", "country", "postal_code", "mailing_groups", "salesperson")
    older: tuple[Older, ...] = (postal_codes,)

    class Meta(ConditionSet.Meta):
        model = Contact
