"""Conditions on a day, or on all days from a first to a last."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.expressions import Expression, ExpressionField, Kind
from contacts.expressions.date import Date
from contacts.expressions.node import Between, Compared

from .condition import Condition
from .group import Text

Days = tuple[datetime.date | None, datetime.date | None]


class DaysField(ExpressionField):
    """A day, a period, or a range of days, also reckoned from today. Cleans to an `Expression`."""

    refusal = _("Give one date, or the first and the last of several: 1-7-2026..31-7-2026.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kind=Kind.DATE, **kwargs)

    def clean(self, value: Any) -> Any:
        expression = super().clean(value)
        if expression and not self.takes(expression):
            raise forms.ValidationError(self.refusal)
        return expression

    def takes(self, expression: Expression) -> bool:
        return isinstance(expression.node, Between) or one_date(expression) is not None


class DayField(DaysField):
    """A day or a period, also reckoned from today. Cleans to an `Expression`."""

    refusal = _("Give one date, such as 1-7-2026 or -90d.")

    def takes(self, expression: Expression) -> bool:
        return one_date(expression) is not None


def one_date(expression: Expression) -> Date | None:
    """Return the only date that is meant, None if it is not one."""
    node = expression.node
    one = isinstance(node, Compared) and node.sign == "=" and isinstance(node.value, Date)
    return node.value if one else None  # type: ignore[union-attr]


def days(expression: Expression) -> Days:
    """Return the first and the last day that are meant, as of today; None is without end."""
    node: Any = expression.node
    one = one_date(expression)
    first, last = (one, one) if one else (node.first, node.last)
    return (first.meant.days()[0] if first else None), (last.meant.days()[1] if last else None)


class OnDay(Condition):
    """A condition on one day."""

    field_class: type[DaysField] = DayField

    def words(self, value: Expression) -> list[Text]:
        date = one_date(value)
        return [date.said() if date else value.words()]

    def texts(self, value: Expression) -> list[str]:
        return [value.text]


class InForce(OnDay):
    """Periods that hold on a day, or on any day of a range."""

    field_class = DaysField

    def filter(self, contacts: Any, value: Expression | None) -> Any:
        if value is None:
            return contacts
        first, last = days(value)
        if last is not None:
            contacts = contacts.filter(starts_on__lte=last)
        if first is not None:
            contacts = contacts.filter(Q(ends_on=None) | Q(ends_on__gte=first))
        return contacts

    def say(self, value: Expression) -> str:
        clause = _("in force on %(value)s") if one_date(value) else _("whose time %(value)s")
        return str(clause % {"value": self.words(value)[0]})
