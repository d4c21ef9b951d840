"""What the log can be narrowed to by choosing: all of it read with one query."""

from collections import defaultdict
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from contacts.models import Salesperson

from .models import Campaign, InteractionGroup, InteractionTemplate

Choice = tuple[str, str]
# By field of the log: the model, and the two fields that name one of it, the first in order.
NAMED_BY: dict[str, tuple[Any, str, str]] = {
    "template": (InteractionTemplate, "code", "description"),
    "salesperson": (Salesperson, "name", "code"),
    "campaign": (Campaign, "number", "description"),
    "group": (InteractionGroup, "code", "description"),
}
NEWEST_FIRST = ("campaign",)


def options() -> dict[str, list[Choice]]:
    """Return the choices, (key, label), of each field, in the order that their lists have."""
    first, *others = (_rows(kind) for kind in NAMED_BY)
    found: dict[str, list[Choice]] = defaultdict(list)
    for kind, key, *names in first.union(*others, all=True).order_by("kind", "first"):
        found[kind].append((str(key), _label(kind, names)))
    for kind in NEWEST_FIRST:
        found[kind].reverse()
    return found


def _rows(kind: str) -> Any:
    model, *names = NAMED_BY[kind]
    first, second = (Cast(F(name), TextField()) for name in names)
    rows = model.objects.order_by().annotate(kind=Value(kind), first=first, second=second)
    return rows.values_list("kind", "pk", "first", "second")


def _label(kind: str, names: list[str]) -> str:
    model, *fields = NAMED_BY[kind]
    return str(model(**dict(zip(fields, names, strict=True))))
