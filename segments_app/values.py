"""What the values of lines are called, on pages and in files."""

import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _

from contacts.models import Salesperson
from contacts.models.language import language_name
from interactions.models import Campaign, InteractionGroup, InteractionTemplate
from segments_app.models import SegmentLine

# What people know the things by that lines refer to by key.
CALLED: dict[str, tuple[Any, str]] = {
    "template": (InteractionTemplate, "code"),
    "group": (InteractionGroup, "description"),
    "campaign": (Campaign, "number"),
    "salesperson": (Salesperson, "name"),
}


class Values:
    """Says values in the language of the page. Each table of names is read once, when asked."""

    def __init__(self) -> None:
        self._names: dict[str, dict[int, str]] = {}

    def text(self, field: str, value: Any) -> str:
        """`value` of a field of a line in words; "" for nothing."""
        if value is None or value == "":
            return ""
        if field in CALLED:
            return self._of(field).get(value, "")
        if field == "language":
            return language_name(value)
        if field in self._choices:
            return str(self._choices[field].get(value, ""))
        return _plain(value)

    def _of(self, field: str) -> dict[int, str]:
        if field not in self._names:
            model, name = CALLED[field]
            self._names[field] = dict(model.objects.order_by().values_list("pk", name))
        return self._names[field]

    @cached_property
    def _choices(self) -> dict[str, dict[Any, Any]]:
        fields: Any = SegmentLine._meta.concrete_fields
        return {field.name: dict(field.flatchoices) for field in fields if field.choices}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True)
    if isinstance(value, int):
        return number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, datetime.time):
        return time_format(value, "H:i")
    return str(value)
