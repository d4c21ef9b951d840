"""Conditions whose values are picked from a list: fixed choices, objects, a company."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.choices import BaseChoiceIterator

from contacts.models import Contact
from contacts.widgets import PickCompany, Several

from .condition import UNKNOWN, Condition
from .group import Text

# The lists of a form that were read already, by the model of their objects.
Lists = dict[type[Model], list[Any]]


class SeveralField(forms.MultipleChoiceField):
    """Several fixed choices; cleans to their codes, each once and in their order."""

    widget = Several

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"title": self.label}

    def clean(self, value: Any) -> list[str]:
        return sorted(set(super().clean(value)))


class AnyOf(Condition):
    """Any of several fixed choices."""

    field_class = SeveralField

    def __init__(self, *, choices: Any, **kwargs: Any):
        self.choices = choices
        kwargs.setdefault("error_messages", {"invalid_choice": UNKNOWN})
        kwargs.setdefault("lookup_expr", "in")
        super().__init__(choices=choices, **kwargs)

    def words(self, value: list[str]) -> list[Text]:
        names = dict(self.choices() if callable(self.choices) else self.choices)
        return [names[code] for code in value]

    def texts(self, value: list[str]) -> list[str]:
        return list(value)


class Choices(BaseChoiceIterator):
    """The choices of a field, read when the form is shown and not before."""

    def __init__(self, field: "ObjectsField") -> None:
        self.field = field

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for thing in self.field.listed():
            yield getattr(thing, self.field.code), self.field.called(thing)


class ObjectsField(forms.Field):
    """Several objects by their codes; cleans to a list of them in the order of their codes.

    Fields of one form share `lists`, so that a form reads each table once. At most `MOST` objects
    are listed, and those that were chosen.
    """

    widget = Several
    MOST = 200
    widget_attrs = SeveralField.widget_attrs

    def __init__(
        self, *, queryset: QuerySet[Any], code: str, called: Callable[[Any], str], **kwargs: Any
    ) -> None:
        self.queryset, self.code, self.called = queryset, code, called
        self.lists: Lists = {}
        self.found: list[Any] = []
        super().__init__(**kwargs)

    def __deepcopy__(self, memo: Any) -> "ObjectsField":
        copied: ObjectsField = super().__deepcopy__(memo)
        copied.found = []
        widget: Any = copied.widget
        widget.choices = Choices(copied)
        return copied

    def listed(self) -> list[Any]:
        """Return the objects to choose from."""
        model = self.queryset.model
        if model not in self.lists:
            self.lists[model] = list(self.queryset[: self.MOST])
        things = self.lists[model]
        return [*things, *(thing for thing in self.found if thing not in things)]

    def clean(self, value: Any) -> list[Any]:
        codes = sorted({str(code) for code in super().clean(value) or []})
        # PostgreSQL refuses a NUL in the question itself, with an exception.
        askable = [code for code in codes if "\0" not in code]
        found = self.queryset.filter(**{f"{self.code}__in": askable}) if askable else []
        by_code = {getattr(thing, self.code): thing for thing in found}
        self.found = list(by_code.values())
        for code in codes:
            if code not in by_code:
                message = self.error_messages["invalid_choice"]
                raise forms.ValidationError(message, "invalid_choice", {"value": code})
        return [by_code[code] for code in codes]


class AnyObject(Condition):
    """Any of several objects, known by their codes: salespeople, languages.

    `called` says what people call one of them in the list; by default it is `str`.
    """

    field_class = ObjectsField

    def __init__(
        self,
        *,
        queryset: QuerySet[Any],
        code: str = "code",
        called: Callable[[Any], str] = str,
        **kwargs: Any,
    ):
        self.code, self.called = code, called
        kwargs.setdefault("error_messages", {"invalid_choice": UNKNOWN})
        kwargs.setdefault("lookup_expr", "in")
        super().__init__(queryset=queryset, code=code, called=called, **kwargs)

    def words(self, value: Iterable[Model]) -> list[Text]:
        return [self.called(thing) for thing in value]

    def texts(self, value: Iterable[Model]) -> list[str]:
        return [str(getattr(thing, self.code)) for thing in value]


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
