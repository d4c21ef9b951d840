"""What can be asked of a contact in a segment: the contact's conditions, and what happened."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.conditions import AnyObject, AnyOf, Condition, OneOf, Text
from contacts.filters import ContactFilter
from contacts.relations import has, has_not
from interactions.models import (
    Campaign,
    Evaluation,
    InteractionLogEntry,
    InteractionTemplate,
    LoggedSegment,
)

INTERACTIONS = _("Interactions")
MOST_DAYS = 36_500


class OfInteraction:
    """A condition that one and the same interaction must meet (R24).

    It narrows nothing by itself: `SelectionFilter` asks all of them of one interaction.
    """

    lookup: str

    def filter(self, contacts: Any, value: Any) -> Any:
        return contacts

    def of_entry(self, value: Any) -> dict[str, Any]:
        """Return the value as a lookup on the interaction log."""
        return {self.lookup: value}


class Dated(OfInteraction, Condition):
    """A date that the interaction's date is compared with."""

    field_class = forms.DateField

    def __init__(self, *, lookup: str, **kwargs: Any) -> None:
        self.lookup = lookup
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(group=INTERACTIONS, **kwargs)

    def words(self, value: datetime.date) -> list[Text]:
        return [formats.date_format(value, "DATE_FORMAT")]

    def texts(self, value: datetime.date) -> list[str]:
        return [value.isoformat()]


class LastDays(OfInteraction, Condition):
    """A number of days up to today."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        validators = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
        super().__init__(group=INTERACTIONS, validators=validators, **kwargs)

    def of_entry(self, value: int) -> dict[str, Any]:
        today = timezone.localdate()
        return {"date__range": (today - datetime.timedelta(days=value), today)}


class NamedInteraction(OfInteraction, AnyObject):
    """A template or campaign that the interaction had."""

    def __init__(self, *, lookup: str, **kwargs: Any) -> None:
        self.lookup = f"{lookup}__in"
        super().__init__(group=INTERACTIONS, **kwargs)


class EvaluatedInteraction(OfInteraction, AnyOf):
    lookup = "evaluation__in"


class InLoggedSegment(AnyObject):
    """Contacts in any of the logged segments; with `negated`, in none of them."""

    def __init__(self, *, negated: bool = False, **kwargs: Any) -> None:
        self.negated = negated
        queryset = LoggedSegment.objects.defer("snapshot")
        super().__init__(queryset=queryset, code="number", group=INTERACTIONS, **kwargs)

    def filter(self, contacts: Any, segments: list[LoggedSegment]) -> Any:
        if not segments:
            return contacts
        entries = InteractionLogEntry.objects.counting().filter(logged_segment__in=segments)
        return (has_not if self.negated else has)(contacts, entries.exclude(contact=None))


class Whether(OfInteraction, OneOf):
    """Whether such an interaction took place, or none did."""

    def of_entry(self, value: str) -> dict[str, Any]:
        return {}


class SelectionFilter(ContactFilter):
    """Conditions for segments: those of the contact, and what happened with it (R23, D3).

    Interactions that are canceled or postponed do not count.
    """

    besides = ContactFilter.besides | {
        "csrfmiddlewaretoken",
        "seen_step",
        "allow_existing",
        "expand_companies",
        "related_companies",
        "ignore_exclusion",
        "entire_companies",
    }

    interactions = Whether(
        label=_("Such an interaction"),
        choices=[("has", _("took place")), ("has_not", _("did not take place"))],
        clauses={"has": "", "has_not": ""},
        group=INTERACTIONS,
        help_text=_("Without a choice: it took place."),
    )
    interaction_template = NamedInteraction(
        label=_("Template"),
        lookup="template",
        queryset=InteractionTemplate.objects.all(),
        clause=_("with template %(value)s"),
    )
    interaction_campaign = NamedInteraction(
        label=_("Campaign"),
        lookup="campaign",
        queryset=Campaign.objects.all(),
        code="number",
        clause=_("in campaign %(value)s"),
    )
    interaction_evaluation = EvaluatedInteraction(
        label=_("Evaluation"),
        choices=Evaluation.choices,
        group=INTERACTIONS,
        clause=_("evaluated as %(value)s"),
    )
    interaction_from = Dated(label=_("From date"), lookup="date__gte", clause=_("since %(value)s"))
    interaction_to = Dated(label=_("To date"), lookup="date__lte", clause=_("until %(value)s"))
    interaction_days = LastDays(label=_("In the last days"), clause=_("in the last %(value)s days"))
    logged_segments = InLoggedSegment(
        label=_("In logged segment"), clause=_("in logged segment %(value)s")
    )
    logged_segments_not = InLoggedSegment(
        label=_("Not in logged segment"), negated=True, clause=_("not in logged segment %(value)s")
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        contacts: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self._of_interaction()
        if not asked:
            return contacts
        entries = InteractionLogEntry.objects.counting().exclude(contact=None)
        for name, value in asked.items():
            entries = entries.filter(**self.filters[name].of_entry(value))
        narrow = has_not if asked.get("interactions") == "has_not" else has
        return narrow(contacts, entries)

    def sentence(self) -> str:
        plain, asked = self._plain(), self._of_interaction()
        clauses = [self.filters[name].say(value) for name, value in plain.items()]
        if asked:
            none = asked.get("interactions") == "has_not"
            said = gettext("had no interaction") if none else gettext("had an interaction")
            words = [self.filters[name].say(value) for name, value in asked.items()]
            clauses.append(" ".join([said, *(word for word in words if word)]))
        return str(_(", and ")).join(clauses)

    def _of_interaction(self) -> Mapping[str, Any]:
        return {name: value for name, value in self.chosen().items() if self._asks_entry(name)}

    def _plain(self) -> Mapping[str, Any]:
        return {name: value for name, value in self.chosen().items() if not self._asks_entry(name)}

    def _asks_entry(self, name: str) -> bool:
        return isinstance(self.filters[name], OfInteraction)
