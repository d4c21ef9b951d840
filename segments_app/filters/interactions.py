"""What can be asked of the interactions with a contact (R23, R24, D3)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.conditions import (
    HAS_NOT,
    AnyObject,
    AnyOf,
    Asked,
    Group,
    OneOf,
    Related,
    YesNo,
)
from contacts.expressions import Kind
from contacts.expressions.condition import Expressed
from contacts.filters import ConditionSet
from contacts.models import CorrespondenceType, Salesperson
from contacts.relations import has_number
from interactions.models import (
    Campaign,
    DeliveryState,
    Evaluation,
    InteractionGroup,
    InteractionLogEntry,
    InteractionTemplate,
    LoggedSegment,
)

from .zero import takes_zero

INTERACTIONS = Group(
    "interactions",
    _("Interactions"),
    _("All this is true of one and the same interaction. Canceled ones count only when asked."),
)
COUNT = _("number of interactions")
OF: Any = {"of": "interactions", "group": INTERACTIONS}


class State(OneOf):
    """Which interactions are asked; without it those that count."""

    none = _("Neither canceled nor postponed")

    def filter(self, contacts: Any, value: str) -> Any:
        if value == "canceled":
            return contacts.canceled()
        return contacts.filter(postponed=True) if value == "postponed" else contacts


class Counted(Expressed):
    """How many interactions a contact has of those that meet the other conditions."""

    def filter(self, contacts: Any, value: Any) -> Any:
        return contacts


class Interactions(Related):
    """Whether there was an interaction, and how many."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            rows=InteractionLogEntry.objects.all,
            has=_("had an interaction"),
            has_not=_("had no interaction"),
            group=INTERACTIONS,
            **kwargs,
        )

    def meeting(self, asked: Sequence[Asked]) -> QuerySet[Any]:
        rows: Any = super().meeting(asked)
        if not any(isinstance(condition, State) for condition, _value in asked):
            rows = rows.counting()
        # A contact that was deleted leaves its interactions behind.
        of_someone: QuerySet[Any] = rows.exclude(contact=None)
        return of_someone

    def narrow(self, contacts: Any, value: str, asked: Sequence[Asked]) -> Any:
        numbers = [number for condition, number in asked if isinstance(condition, Counted)]
        if not numbers:
            return super().narrow(contacts, value, asked)
        number = numbers[0]
        return has_number(
            contacts,
            self.meeting(asked),
            number.q("n_rows"),
            zero=takes_zero(number.node),
            negated=value == HAS_NOT,
        )

    def say_all(self, value: str, asked: Sequence[Asked]) -> str:
        numbers = [number for condition, number in asked if isinstance(condition, Counted)]
        if not numbers:
            return super().say_all(value, asked)
        what = _("not so: number of interactions") if value == HAS_NOT else COUNT
        others = [pair for pair in asked if not isinstance(pair[0], Counted)]
        words = {"which": self.say_of(what, others), "clause": numbers[0].words()}
        return str(_("%(which)s: %(clause)s") % words)


def number(lookup: str, label: Any, subject: Any) -> Expressed:
    return Expressed(kind=Kind.NUMBER, lookup=lookup, label=label, subject=subject, **OF)


def text(lookup: str, label: Any, subject: Any) -> Expressed:
    return Expressed(kind=Kind.TEXT, lookup=lookup, label=label, subject=subject, **OF)


class OfInteractions(ConditionSet):
    """Conditions that one and the same interaction must meet (R24)."""

    interactions = Interactions()
    interaction_template = AnyObject(
        label=_("Template"),
        field_name="template",
        queryset=InteractionTemplate.objects.all(),
        clause=_("with template %(value)s"),
        **OF,
    )
    interaction_group = AnyObject(
        label=_("Group"),
        field_name="group",
        queryset=InteractionGroup.objects.all(),
        clause=_("of group %(value)s"),
        **OF,
    )
    interaction_campaign = AnyObject(
        label=_("Campaign"),
        field_name="campaign",
        queryset=Campaign.objects.all(),
        code="number",
        clause=_("in campaign %(value)s"),
        **OF,
    )
    interaction_salesperson = AnyObject(
        label=_("Salesperson"),
        field_name="salesperson",
        queryset=Salesperson.objects.all(),
        clause=_("by %(value)s"),
        **OF,
    )
    interaction_logged_segment = AnyObject(
        label=_("Logged segment"),
        field_name="logged_segment",
        queryset=LoggedSegment.objects.defer("snapshot"),
        code="number",
        clause=_("in logged segment %(value)s"),
        **OF,
    )
    interaction_correspondence_type = AnyOf(
        label=_("Correspondence type"),
        field_name="correspondence_type",
        choices=CorrespondenceType.choices,
        clause=_("as %(value)s"),
        **OF,
    )
    interaction_evaluation = AnyOf(
        label=_("Evaluation"),
        field_name="evaluation",
        choices=Evaluation.choices,
        clause=_("evaluated as %(value)s"),
        **OF,
    )
    interaction_delivery = AnyOf(
        label=_("Delivery"),
        field_name="delivery_state",
        choices=[choice for choice in DeliveryState.choices if choice[0]],
        clause=_("whose delivery is %(value)s"),
        **OF,
    )
    interaction_attempt_failed = YesNo(
        label=_("Attempt failed"),
        field_name="attempt_failed",
        yes=_("where the attempt failed"),
        no=_("where the attempt did not fail"),
        **OF,
    )
    interaction_response = YesNo(
        label=_("Response to a campaign"),
        field_name="campaign_response",
        yes=_("that is a response"),
        no=_("that is no response"),
        **OF,
    )
    interaction_state = State(
        label=_("State"),
        choices=[
            ("canceled", _("Canceled")),
            ("postponed", _("Postponed")),
            ("any", _("Any, also canceled and postponed")),
        ],
        clauses={
            "canceled": _("that is canceled"),
            "postponed": _("that is postponed"),
            "any": _("that may be canceled or postponed"),
        },
        **OF,
    )
    interaction_date = Expressed(
        kind=Kind.DATE, lookup="date", label=_("Date"), subject=_("whose date"), **OF
    )
    interaction_description = text("description", _("Description"), _("whose description"))
    interaction_subject = text("subject", _("Subject"), _("whose subject"))
    interaction_cost = number("cost", _("Cost"), _("whose cost"))
    interaction_duration = number(
        "duration", _("Duration (minutes)"), _("whose duration in minutes")
    )
    interaction_count = Counted(
        kind=Kind.NUMBER,
        lookup="n_rows",
        label=_("Number of such interactions"),
        subject=COUNT,
        **OF,
    )
