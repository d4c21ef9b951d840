"""Conditions together: a form, a query string, a sentence and plain JSON, and whom they find."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import django_filters
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.conditions import HAS, Asked, Condition, Group, Related

from .form import ConditionsForm
from .older import Data, Older


@dataclass(frozen=True)
class Clause:
    """A part of the sentence, and the names of the conditions that it says."""

    text: str
    names: tuple[str, ...]

    @property
    def gone(self) -> dict[str, None]:
        """What takes the clause out of the address of a page, for the tag `querystring`."""
        return dict.fromkeys((*self.names, "page"))


@dataclass(frozen=True)
class Mistake:
    """What is wrong with the condition `name`, which people call `title`."""

    name: str
    message: str
    title: str

    def __str__(self) -> str:
        return f"{self.title}: {self.message}" if self.title else self.message


@dataclass(frozen=True)
class FieldGroup:
    """The fields under one heading. `head` asks whether there is such a row, if rows are asked."""

    group: Group
    head: BoundField | None
    fields: list[BoundField]
    # How many of them are set, and whether the group should unfold by itself.
    count: int
    is_open: bool


class ConditionSet(django_filters.FilterSet):  # type: ignore[misc]
    """Conditions that all must be met. The names are those of the query string, and stable.

    Ask `is_valid()` first: `qs` of invalid conditions is nobody, and `problems()` says why.
    """

    # What else may stand in the query string.
    besides: frozenset[str] = frozenset()
    # The conditions that are always in sight.
    first: tuple[str, ...] = ()
    # What reads conditions of earlier versions.
    older: tuple[Older, ...] = ()

    class Meta:
        form = ConditionsForm
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None if data is None else self._read(data), *args, **kwargs)

    def _read(self, data: Mapping[str, Any]) -> Data:
        """Return the conditions as they are asked today, each a list of texts."""
        read = data.copy() if isinstance(data, MultiValueDict) else _lists(data)
        for older in self.older:
            older(read)
        for name, condition in self.base_filters.items():
            # What is asked of a row asks that there is one, unless it is said to be none.
            if condition.of and any(read.getlist(name)) and not read.get(condition.of):
                read[condition.of] = HAS
        return read

    @classmethod
    def from_query_string(cls, criteria: str, **kwargs: Any) -> Self:
        """Read conditions as a page shows them in its address: "country=DK&country=SE"."""
        return cls(QueryDict(criteria.removeprefix("?"), encoding="utf-8"), **kwargs)

    def get_form_class(self) -> Any:
        kind: Any = type(self)
        return _form_class(kind)

    @property
    def qs(self) -> Any:
        """The contacts that meet all conditions; nobody while a condition is wrong."""
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    def filter_queryset(self, queryset: Any) -> Any:
        for condition, value, asked in self.asked():
            if isinstance(condition, Related):
                queryset = condition.narrow(queryset, value, asked)
            else:
                queryset = condition.filter(queryset, value)
        return queryset

    def asked(self) -> Iterator[tuple[Condition, Any, list[Asked]]]:
        """Each condition with its value, and what is asked of the row if it asks for one."""
        chosen = self.chosen()
        for name, value in chosen.items():
            condition = self.filters[name]
            if not condition.of:
                yield (
                    condition,
                    value,
                    [(self.filters[other], chosen[other]) for other in self._of(name, chosen)],
                )

    def _of(self, name: str, chosen: Collection[str]) -> list[str]:
        return [other for other in chosen if self.filters[other].of == name]

    def chosen(self) -> dict[str, Any]:
        """Return the cleaned values of the conditions that are set, by name."""
        if not self.is_valid():
            return {}
        values = {name: self.form.cleaned_data.get(name) for name in self.filters}
        return {name: value for name, value in values.items() if value not in (None, "", [], ())}

    def parameters(self) -> dict[str, list[str]]:
        """Return the conditions that are set as plain texts; the class reads them back."""
        return {name: self.filters[name].texts(value) for name, value in self.chosen().items()}

    def query_string(self) -> str:
        """Return the conditions that are set as they stand in an address."""
        return urlencode(self.parameters(), doseq=True)

    def clauses(self) -> list[Clause]:
        """Return the conditions that are set in words, each with its names."""
        chosen = self.chosen()
        names = {self.filters[name]: name for name in chosen}
        return [
            Clause(
                _said(condition, value, asked), (names[condition], *(names[c] for c, _v in asked))
            )
            for condition, value, asked in self.asked()
        ]

    def sentence(self) -> str:
        """Return the conditions in words, "" if none is set.

        "country is Denmark or Sweden, and not in industry group Retail"
        """
        return str(_(", and ")).join(clause.text for clause in self.clauses())

    def mistakes(self) -> list[Mistake]:
        """Return what is wrong, and where."""
        return [
            Mistake(name, str(error), self._title(name))
            for name, errors in self.errors.items()
            for error in errors
        ]

    def _title(self, name: str) -> str:
        return self.filters[name].title if name in self.filters else ""

    def problems(self) -> list[str]:
        """Return what is wrong, each with the name of its condition."""
        return [str(mistake) for mistake in self.mistakes()]

    def first_fields(self) -> list[BoundField]:
        """Return the fields that are always in sight."""
        return [self.form[name] for name in self.first]

    def groups(self) -> list[FieldGroup]:
        """Return the other fields of the form under their headings."""
        names: dict[Group, list[str]] = {}
        for name, condition in self.filters.items():
            if name not in self.first:
                names.setdefault(condition.group, []).append(name)
        # As it was typed, so that a mistake elsewhere closes nothing.
        typed = {name for name in self.filters if any(self.data.getlist(name))}
        return [self._group(group, under, typed) for group, under in names.items()]

    def _group(self, group: Group, names: list[str], chosen: Collection[str]) -> FieldGroup:
        heads = [name for name in names if isinstance(self.filters[name], Related)]
        fields = [self.form[name] for name in names if name not in heads]
        count = sum(name in chosen for name in names if name not in heads)
        count = count or sum(name in chosen for name in heads)
        wrong = any(name in self.form.errors for name in names) if self.is_bound else False
        head = self.form[heads[0]] if heads else None
        return FieldGroup(group, head, fields, count, bool(count) or wrong)


@cache
def _form_class(conditions: Any) -> type[ConditionsForm]:
    """Return the form of a kind of set, made once: its fields are copied for each form."""
    fields = {name: condition.field for name, condition in conditions.base_filters.items()}
    return type("Conditions", (ConditionsForm,), {**fields, "besides": conditions.besides})


def _said(condition: Condition, value: Any, asked: list[Asked]) -> str:
    if isinstance(condition, Related):
        return condition.say_all(value, asked)
    return condition.say(value)


def _lists(data: Mapping[str, Any]) -> Data:
    return MultiValueDict(
        {name: [value] if isinstance(value, str) else list(value) for name, value in data.items()}
    )
