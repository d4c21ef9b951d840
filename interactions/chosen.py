"""Which interactions a person means: those that are ticked, or all that match the conditions."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.errors import Refused

from .filters import InteractionLogEntryFilter
from .models import InteractionLogEntry

ALL, ENTRY = "all", "entry"
# What a form adds to the conditions.
BESIDE = (ALL, ENTRY, "act", "page", "csrfmiddlewaretoken", "seen")


@dataclass(frozen=True)
class Chosen:
    """The entries, and the address that says which they are."""

    entries: Any
    query_string: str
    is_all: bool

    @classmethod
    def of(cls, asked: QueryDict) -> "Chosen":
        """Read the address of a page: `entry` for each that is ticked, or `all` and conditions.

        Raises `Refused` when a condition cannot be read, or when none is ticked.
        """
        is_all = bool(asked.get(ALL))
        conditions = _conditions(asked)
        log = InteractionLogEntry.objects.all()
        if is_all:
            return cls(_matching(conditions, log), _address(conditions, **{ALL: "on"}), True)
        keys = asked.getlist(ENTRY)
        if not keys:
            raise Refused(_("Tick the interactions first."))
        ticked = log.taken_place().ticked(keys)
        return cls(ticked, _address(conditions, **{ENTRY: keys}), False)


def matching(asked: QueryDict) -> Any:
    """The entries that meet the conditions of an address. Raises `Refused`."""
    return _matching(_conditions(asked), InteractionLogEntry.objects.all())


def _matching(conditions: QueryDict, log: Any) -> Any:
    filter_ = InteractionLogEntryFilter(conditions, queryset=log)
    if not filter_.is_valid():
        raise Refused(_("One of the conditions cannot be read."))
    return filter_.qs


def _conditions(asked: QueryDict) -> QueryDict:
    conditions = asked.copy()
    for name in BESIDE:
        conditions.pop(name, None)
    return conditions


def _address(conditions: QueryDict, **more: Any) -> str:
    address = conditions.copy()
    for name, value in more.items():
        address.setlist(name, value if isinstance(value, list) else [value])
    for name in [name for name, values in address.lists() if values == [""]]:
        del address[name]
    return address.urlencode()
