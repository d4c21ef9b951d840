"""Conditions on what a contact has: groups it is in, rows that belong to it (R24, R25)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.alternatives import all_of
from contacts.relations import has, has_not
from contacts.widgets import HasOrNot

from .condition import Condition, OneOf
from .group import Group, Text
from .pick import AnyObject

HAS, HAS_NOT = "has", "has_not"
# A condition and its value.
Asked = tuple[Condition, Any]


class How(StrEnum):
    """How many of several groups a contact must be in."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True)
class Belonging:
    """A kind of group that contacts can be in.

    `labels` and `clauses` say for any, all and none of them; `rows` returns the rows that say who
    is in the given groups; with `key="company"` they name the contact's company (R25).
    """

    group: Group
    queryset: QuerySet[Any]
    rows: Callable[[Sequence[Any]], QuerySet[Any]]
    labels: dict[How, Text]
    clauses: dict[How, Text]
    key: str = "pk"
    code: str = "code"


def members(through: type[Model]) -> Callable[[Sequence[Any]], QuerySet[Any]]:
    """Return what finds the rows of `through` that belong to given groups."""
    return partial(_members, through)


def _members(through: type[Model], groups: Sequence[Any]) -> QuerySet[Any]:
    return through._default_manager.filter(group__in=groups)


class InGroups(AnyObject):
    """Contacts in any, all or none of the chosen groups."""

    def __init__(self, belonging: Belonging, how: How, **kwargs: Any):
        self.belonging, self.how = belonging, how
        super().__init__(
            queryset=belonging.queryset,
            code=belonging.code,
            group=belonging.group,
            label=belonging.labels[how],
            clause=belonging.clauses[how],
            **kwargs,
        )

    def filter(self, contacts: Any, groups: list[Model]) -> Any:
        rows, key = self.belonging.rows, self.belonging.key
        if not groups:
            return contacts
        if self.how == How.NONE:
            return has_not(contacts, rows(groups), key=key)
        for some in [[group] for group in groups] if self.how == How.ALL else [groups]:
            contacts = has(contacts, rows(some), key=key)
        return contacts

    def say(self, value: Any) -> str:
        if self.how != How.ALL:
            return super().say(value)
        return str(self.clause) % {"value": all_of(self.words(value))}


class Related(OneOf):
    """Whether a contact has a row of a kind, or has none.

    Conditions that are `of` it are asked of one and the same row (R24). `rows` returns all rows
    of the kind, each with a `contact`; `clauses` says that the contact has one, and that not.
    """

    none = _("Not asked")

    def __init__(
        self,
        *,
        rows: Callable[[], QuerySet[Any]],
        has: Text,
        has_not: Text,
        **kwargs: Any,
    ):
        self.rows = rows
        choices = [(HAS, _("Has")), (HAS_NOT, _("Has not"))]
        kwargs.setdefault("widget", HasOrNot)
        kwargs.setdefault("label", _("Has or has not"))
        super().__init__(choices=choices, clauses={HAS: has, HAS_NOT: has_not}, **kwargs)

    @property
    def title(self) -> str:
        return f"{self.group}: {self.label}"

    def narrow(self, contacts: Any, value: str, asked: Sequence[Asked]) -> Any:
        """Return the contacts with a row, or without one, that meets all that is asked of it."""
        return (has_not if value == HAS_NOT else has)(contacts, self.meeting(asked))

    def meeting(self, asked: Sequence[Asked]) -> QuerySet[Any]:
        """Return the rows that meet all that is asked of them."""
        rows = self.rows()
        for condition, value in asked:
            rows = condition.filter(rows, value)
        return rows

    def say_all(self, value: str, asked: Sequence[Asked]) -> str:
        """Return it and what is asked of the row as one clause."""
        return self.say_of(self.clauses[value], asked)

    def say_of(self, what: Text, asked: Sequence[Asked]) -> str:
        """Return `what` and what is asked of it: "an answer whose date is before 1 May"."""
        said: list[str] = [str(what)]
        whose: list[str] = []
        for condition, inner in asked:
            (whose if _begins_whose(condition) else said).append(condition.say(inner))
        return " ".join([*said, str(_(" and ")).join(whose)]).strip()


def _begins_whose(condition: Condition) -> bool:
    """Say whether it is said with a subject of its own: "whose date is before 1 May"."""
    return hasattr(condition, "subject")
