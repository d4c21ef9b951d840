"""When a contact was last contacted: what they began themselves does not count."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.conditions import Group, OnDay, days
from contacts.expressions import Expression, Kind
from contacts.expressions.condition import Expressed
from contacts.filters import ConditionSet
from contacts.relations import has_latest, has_not
from interactions.models import InitiatedBy, InteractionLogEntry

CONTACTED = Group(
    "contacted",
    _("Last contacted"),
    _("Interactions that we began, also those that failed; not canceled and postponed ones."),
)


def contacting() -> Any:
    """The interactions by which contacts were contacted."""
    entries = InteractionLogEntry.objects.counting().exclude(contact=None)
    return entries.exclude(initiated_by=InitiatedBy.THEM)


class NotContactedSince(OnDay):
    """Contacts who were not contacted on a day or later."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = contacting

    def filter(self, contacts: Any, value: Expression | None) -> Any:
        if value is None:
            return contacts
        first, _last = days(value)
        return has_not(contacts, self.rows().filter(date__gte=first))


class LastContacted(Expressed):
    """Contacts by the date on which they were contacted last; those who never were are out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = contacting

    def filter(self, contacts: Any, value: Expression | None) -> Any:
        if value is None:
            return contacts
        return has_latest(contacts, self.rows(), value.q("r_latest"), "date")


class OfContacting(ConditionSet):
    """Conditions on when a contact was last contacted."""

    not_contacted_since = NotContactedSince(
        label=_("Not contacted since"),
        clause=_("not contacted since %(value)s"),
        help_text=_("A date, or -90d for the last 90 days"),
        group=CONTACTED,
    )
    last_contacted = LastContacted(
        kind=Kind.DATE,
        lookup="r_latest",
        label=_("Last contacted"),
        subject=_("date last contacted"),
        group=CONTACTED,
    )
