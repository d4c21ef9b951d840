"""Conditions with one value: typed by hand, or one of a few choices."""

import copy
from typing import Any, Self

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.alternatives import any_of

from .group import GROUPS, Group, Text

UNKNOWN = _("“%(value)s” is not known.")
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class Condition(django_filters.Filter):  # type: ignore[misc]
    """A condition with one value, typed by hand.

    `clause` says it, with the value as `%(value)s`; `group` is the heading it stands under; `by`
    names the queryset method that narrows, where it is not simply the field of that name; `of`
    names the kind of related row (`Related`) that is asked instead of the contact itself.
    """

    field_class: type[forms.Field] = forms.CharField

    def __init__(
        self,
        *,
        clause: Text = "",
        group: Group = GROUPS["contact"],
        by: str = "",
        of: str = "",
        **kwargs: Any,
    ):
        self.clause, self.group, self.by, self.of = clause, group, by, of
        super().__init__(**kwargs)

    def __deepcopy__(self, memo: Any) -> Self:
        # Each set of conditions copies all of them; nothing within them ever changes.
        return copy.copy(self)

    @property
    def title(self) -> str:
        """What the condition is called where its heading is out of sight."""
        return f"{self.group}: {self.label}" if self.of else str(self.label)

    def filter(self, contacts: Any, value: Any) -> Any:
        """Narrow `contacts`, or the related rows that are asked."""
        if not value:
            return contacts
        if self.by:
            return getattr(contacts, self.by)(self.asked(value))
        return super().filter(contacts, self.asked(value))

    def asked(self, value: Any) -> Any:
        """Return the value as the queryset takes it."""
        return value

    def say(self, value: Any) -> str:
        """Return the condition as a clause of a sentence, in the language of the page."""
        return str(self.clause) % {"value": any_of(self.words(value))}

    def words(self, value: Any) -> list[Text]:
        """Return what people call the value, or each of several values."""
        return [str(value)]

    def texts(self, value: Any) -> list[str]:
        """Return the value, or each of several, as it stands in a query string."""
        return [str(value)]


class OneOf(Condition):
    """One of a few choices. `clauses` says each of them; without it `clause` does."""

    field_class = forms.ChoiceField
    none: Text = _("Any")

    def __init__(self, *, choices: Any, clauses: dict[str, Text] | None = None, **kwargs: Any):
        self.choices, self.clauses = choices, clauses or {}
        kwargs.setdefault("error_messages", {"invalid_choice": UNKNOWN})
        super().__init__(choices=[("", self.none), *choices], **kwargs)

    def say(self, value: str) -> str:
        return str(self.clauses[value]) if value in self.clauses else super().say(value)

    def words(self, value: str) -> list[Text]:
        return [dict(self.choices)[value]]


class YesNo(OneOf):
    """Yes or no, said by `yes` or `no`. The queryset is given a bool."""

    def __init__(self, *, yes: Text, no: Text, choices: Any = YES_NO, **kwargs: Any):
        super().__init__(choices=choices, clauses={"yes": yes, "no": no}, **kwargs)

    def asked(self, value: str) -> bool:
        return value == "yes"
