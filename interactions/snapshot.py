"""What a logged segment keeps of its header and steps, for people.

`LoggedSegment.snapshot["header"]` is what a person read in each field; a step in `["steps"]` has
`sentences` by language, `added`, `removed`, `skipped`, `who` and `when` (ISO 8601). Anything may be
missing: old snapshots are read for ever.
"""

import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .models import LoggedSegment

LABELS: dict[str, str | Promise] = {
    "description": gettext_lazy("Description"),
    "template": gettext_lazy("Template"),
    "campaign": gettext_lazy("Campaign"),
    "salesperson": gettext_lazy("Salesperson"),
    "date": gettext_lazy("Date"),
    "language": gettext_lazy("Language"),
    "subject": gettext_lazy("Subject"),
    "correspondence_type": gettext_lazy("Correspondence type"),
    "ignore_contact_correspondence_type": gettext_lazy("Also for contacts who prefer another type"),
    "unit_cost": gettext_lazy("Unit cost"),
    "unit_duration": gettext_lazy("Unit duration (minutes)"),
    "information_flow": gettext_lazy("Information flow"),
    "initiated_by": gettext_lazy("Initiated by"),
    "campaign_target": gettext_lazy("Campaign target"),
    "campaign_response": gettext_lazy("Campaign response"),
}


def header_of(segment: LoggedSegment) -> list[tuple[str, str]]:
    """Return (label, value) of every header field that said something, in the form's order."""
    header = segment.snapshot.get("header") or {}
    known = [name for name in LABELS if name in header]
    others = [name for name in header if name not in LABELS]
    shown = [(name, header[name]) for name in (*known, *others)]
    return [
        (_label(name), _value(value)) for name, value in shown if value not in ("", None, False)
    ]


def steps_of(segment: LoggedSegment) -> list[dict[str, Any]]:
    """Return the steps in order, each ready to be shown: with a `sentence` and a `moment`."""
    return [
        {**step, "sentence": _sentence(step), "moment": _moment(step.get("when"))}
        for step in segment.snapshot.get("steps") or []
    ]


def _label(name: str) -> str:
    return str(LABELS.get(name) or name.replace("_", " ").capitalize())


def _value(value: Any) -> str:
    return _("yes") if value in (True, "True") else str(value)


def _sentence(step: dict[str, Any]) -> str:
    """The sentence in the language of the page, or in any that there is."""
    sentences = step.get("sentences") or {}
    spoken = sentences.get(get_language(), "")
    return spoken or next(iter(sentences.values()), "") or step.get("action", "")


def _moment(when: str | None) -> datetime.datetime | None:
    moment = parse_datetime(when) if when else None
    return localtime(moment) if moment else None
