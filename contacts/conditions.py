"""What a condition on contacts is made of: it narrows, and it says itself in a sentence."""

from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from contacts.relations import has, has_not
from contacts.widgets import PickCompany, Several

Text = str | Promise
UNKNOWN = _("“%(value)s” is not known.")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
GROUPS = {"contact": _("Contact"), "address": _("Address"), "groups": _("Groups")}


def any_of(words: Sequence[Text]) -> str:
    """Return the words as people list alternatives: "A, B or C"."""
    *first, last = [str(word) for word in words]
    if not first:
        return last
    return str(_("%(words)s or %(last)s") % {"words": ", ".join(first), "last": last})


class Condition(django_filters.Filter):  # type: ignore[misc]
    """A condition with one value, typed by hand.

    `clause` says it, with the value as `%(value)s`; `group` is the heading it stands under; `by`
    names the queryset method that narrows, where it is not simply the field of that name.
    """

    field_class: type[forms.Field] = forms.CharField

    def __init__(
        self, *, clause: Text = "", group: Text = GROUPS["contact"], by: str = "", **kwargs: Any
    ):
        self.clause, self.group, self.by = clause, group, by
        super().__init__(**kwargs)

    def filter(self, contacts: Any, value: Any) -> Any:
        if self.by and value:
            return getattr(contacts, self.by)(self.asked(value))
        return super().filter(contacts, value)

    def asked(self, value: Any) -> Any:
        """Return the value as the queryset method takes it."""
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

    def __init__(self, *, choices: Any, clauses: dict[str, Text] | None = None, **kwargs: Any):
        self.choices, self.clauses = choices, clauses or {}
        kwargs.setdefault("error_messages", {"invalid_choice": UNKNOWN})
        super().__init__(choices=[("", _("Any")), *choices], **kwargs)

    def say(self, value: str) -> str:
        return str(self.clauses[value]) if value in self.clauses else super().say(value)

    def words(self, value: str) -> list[Text]:
        return [dict(self.choices)[value]]


class YesNo(OneOf):
    """Yes or no, said by `yes` or `no`. The queryset method is given a bool."""

    def __init__(self, *, yes: Text, no: Text, **kwargs: Any):
        super().__init__(choices=YES_NO, clauses={"yes": yes, "no": no}, **kwargs)

    def asked(self, value: str) -> bool:
        return value == "yes"


class SeveralField(forms.MultipleChoiceField):
    widget = Several

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"title": self.label}


class AnyOf(Condition):
    """Any of several fixed choices."""

    field_class = SeveralField

    def __init__(self, *, choices: Any, **kwargs: Any):
        self.choices = choices
        kwargs.setdefault("error_messages", {"invalid_choice": UNKNOWN})
        super().__init__(choices=choices, lookup_expr="in", **kwargs)

    def words(self, value: list[str]) -> list[Text]:
        names = dict(self.choices() if callable(self.choices) else self.choices)
        return [names[code] for code in value]

    def texts(self, value: list[str]) -> list[str]:
        return list(value)


class ObjectsField(forms.ModelMultipleChoiceField[Any]):
    """Several objects by their codes, as a list: asked for once, used many times."""

    widget = Several

    widget_attrs = SeveralField.widget_attrs

    def clean(self, value: Any) -> list[Model]:  # type: ignore[override]
        for code in value or []:
            # PostgreSQL refuses the question itself, with an exception.
            if "\0" in str(code):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": code}
                )
        return list(super().clean(value))


class AnyObject(Condition):
    """Any of several objects, known by their codes: salespeople, languages."""

    field_class = ObjectsField

    def __init__(self, *, queryset: QuerySet[Any], code: str = "code", **kwargs: Any):
        self.code = code
        messages = {"invalid_choice": UNKNOWN, "invalid_pk_value": UNKNOWN}
        kwargs.setdefault("error_messages", messages)
        super().__init__(queryset=queryset, to_field_name=code, lookup_expr="in", **kwargs)

    def words(self, value: Iterable[Model]) -> list[Text]:
        return [str(thing) for thing in value]

    def texts(self, value: Iterable[Model]) -> list[str]:
        return [str(getattr(thing, self.code)) for thing in value]


class InAnyGroup(AnyObject):
    """Contacts in any of the groups; with `negated`, in none of them.

    `through` holds the memberships; `key="company"` looks at the contact's company (R25).
    """

    def __init__(
        self, *, through: type[Model], key: str = "pk", negated: bool = False, **kwargs: Any
    ):
        self.through, self.key, self.negated = through, key, negated
        super().__init__(group=GROUPS["groups"], **kwargs)

    def filter(self, contacts: Any, groups: list[Model]) -> Any:
        if not groups:
            return contacts
        memberships = self.through._default_manager.filter(group__in=groups)
        narrow = has_not if self.negated else has
        return narrow(contacts, memberships, key=self.key)


class OneCompany(Condition):
    """One company, its number typed or picked."""

    field_class = forms.ModelChoiceField

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("error_messages", {"invalid_choice": UNKNOWN})
        kwargs.setdefault("widget", PickCompany(fill="number"))
        companies = Contact.objects.companies()
        super().__init__(queryset=companies, to_field_name="number", **kwargs)

    def texts(self, value: Contact) -> list[str]:
        return [value.number]
