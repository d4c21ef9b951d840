"""The log as rows of texts, for files. Read while it is written, whatever its length."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.exports import Number

from .models import InteractionLogEntry

AT_ONCE = 2000
# Heading, and the path of the value from the entry.
COLUMNS: dict[str, str | Promise] = {
    "pk": gettext_lazy("Entry"),
    "date": gettext_lazy("Date"),
    "time": gettext_lazy("Time of interaction"),
    "contact__number": gettext_lazy("Contact number"),
    "contact__name": gettext_lazy("Contact"),
    "company__number": gettext_lazy("Company number"),
    "company__name": gettext_lazy("Company"),
    "description": gettext_lazy("Description"),
    "subject": gettext_lazy("Subject"),
    "template__code": gettext_lazy("Template"),
    "group__code": gettext_lazy("Group"),
    "correspondence_type": gettext_lazy("Correspondence type"),
    "contact_via": gettext_lazy("Contact via"),
    "language": gettext_lazy("Language"),
    "information_flow": gettext_lazy("Information flow"),
    "initiated_by": gettext_lazy("Initiated by"),
    "salesperson__code": gettext_lazy("Salesperson"),
    "campaign__number": gettext_lazy("Campaign"),
    "campaign_target": gettext_lazy("Campaign target"),
    "campaign_response": gettext_lazy("Campaign response"),
    "logged_segment__number": gettext_lazy("Logged segment"),
    "cost": gettext_lazy("Cost"),
    "duration": gettext_lazy("Minutes"),
    "evaluation": gettext_lazy("Evaluation"),
    "attempt_failed": gettext_lazy("Attempt failed"),
    "delivery_state": gettext_lazy("Delivery"),
    "canceled": gettext_lazy("Canceled"),
    "logged_segment__canceled": gettext_lazy("Segment canceled"),
}


def log_rows(entries: Any, language: str) -> Iterator[Sequence[str]]:
    """Yield the headings, then a row for each entry, in the order of `entries`."""
    with translation.override(language):
        yield [str(heading) for heading in COLUMNS.values()]
        write = [_writer(name) for name in COLUMNS]
    for row in entries.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE):
        with translation.override(language):
            texts = [say(value) for say, value in zip(write, row, strict=True)]
        yield texts


def _writer(name: str) -> Callable[[Any], str]:
    """What writes the values of a column: words for choices, "yes" for what is so."""
    if "__" not in name and name != "pk":
        choices: Any = getattr(InteractionLogEntry._meta.get_field(name), "choices", None)
        if choices:
            words = {value: str(label) for value, label in choices if value}
            return lambda value: words.get(value, "")
    return _text


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if value is True:
        return _("yes")
    return Number.of(value) if isinstance(value, Decimal | int) else str(value)
