"""From the text of one cell to a value of an interaction."""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from contacts.imports.cells import CONTROL, BadCell, unescaped
from contacts.imports.columns import heading_key
from contacts.models import CorrespondenceType, Salesperson
from interactions.models import (
    Campaign,
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionLogEntry,
    InteractionTemplate,
)

from .columns import NEEDED

MOST_MINUTES = 2**31 - 1
DATES = {r"\d{4}-\d\d?-\d\d?": "%Y-%m-%d", r"\d\d?-\d\d?-\d{4}": "%d-%m-%Y",
         r"\d\d?\.\d\d?\.\d{4}": "%d.%m.%Y"}  # fmt: skip
TIME = re.compile(r"(\d\d?)[:.](\d\d)(?:[:.](\d\d))?", re.ASCII)
CHOICES: dict[str, type[models.TextChoices]] = {
    "evaluation": Evaluation,
    "correspondence_type": CorrespondenceType,
    "information_flow": InformationFlow,
    "initiated_by": InitiatedBy,
}
COST = forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, localize=False)
DURATION = forms.IntegerField(min_value=0, max_value=MOST_MINUTES, localize=False)


class Cells:
    """Reads cells. Templates, salespeople, campaigns and words are looked up once."""

    def __init__(self, *, is_lenient: bool = False) -> None:
        # Empty cells of columns that are needed are allowed: something else fills them.
        self.is_lenient = is_lenient
        self.records: dict[str, Mapping[str, Any]] = {
            "template": _by_code(InteractionTemplate, "code"),
            "salesperson": _by_code(Salesperson, "code"),
            "campaign": _by_code(Campaign, "number"),
        }
        self.words = {name: _words(choices) for name, choices in CHOICES.items()}

    def read(self, name: str, text: str) -> Any:
        """Return the value of column `name`, None for an empty cell. Raises `BadCell`."""
        text = unescaped(text.strip())
        if CONTROL.search(text) or "\n" in text:
            raise BadCell(_("The cell contains a line break or a control character."))
        if not text:
            return self._nothing(name)
        if name in self.records:
            return _known(self.records[name], text, text.casefold())
        if name in self.words:
            return _known(self.words[name], text, heading_key(text))
        return READERS.get(name, _text)(name, text)

    def _nothing(self, name: str) -> None:
        if name in NEEDED and not self.is_lenient:
            raise BadCell(_("The cell is empty."))


def _by_code(model: type[models.Model], code: str) -> Mapping[str, Any]:
    records = {getattr(record, code): record for record in model._default_manager.all()}
    return {code.casefold(): record for code, record in records.items()} | records


def _words(choices: type[models.TextChoices]) -> Mapping[str, str]:
    """The values by their names in every language of the pages."""
    words = {heading_key(member.value): member.value for member in choices}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {heading_key(str(member.label)): member.value for member in choices}
    return words


def _known(values: Mapping[str, Any], text: str, key: str) -> Any:
    value = values.get(text) or values.get(key)
    if value is None:
        raise BadCell(_("“%(value)s” is not known.") % {"value": text})
    return value


def _date(_name: str, text: str) -> datetime.date:
    for pattern, format_ in DATES.items():
        if re.fullmatch(pattern, text, re.ASCII):
            try:
                return datetime.datetime.strptime(text, format_).date()
            except ValueError:
                break
    reason = _("“%(value)s” is not a date. Write 2026-12-31 or 31-12-2026.")
    raise BadCell(reason % {"value": text})


def _time(_name: str, text: str) -> datetime.time:
    if found := TIME.fullmatch(text):
        try:
            hour, minute, second = (int(part or 0) for part in found.groups())
            return datetime.time(hour, minute, second)
        except ValueError:
            pass
    reason = _("“%(value)s” is not a time. Write 14:30.")
    raise BadCell(reason % {"value": text})


def _cost(_name: str, text: str) -> Decimal:
    """The last comma or point is the decimal one, any other separates thousands."""
    number = text.replace(" ", "").replace("\xa0", "")
    if "," in number:
        thousands, decimal = (",", ".") if number.rfind(".") > number.rfind(",") else (".", ",")
        number = number.replace(thousands, "").replace(decimal, ".")
    return Decimal(_cleaned(COST, number, text))


def _duration(_name: str, text: str) -> int:
    return int(_cleaned(DURATION, text, text))


def _cleaned(field: forms.Field, number: str, text: str) -> Any:
    try:
        return field.clean(number)
    except ValidationError as error:
        raise BadCell(f"“{text}”: {' '.join(error.messages)}") from None


@cache
def _room(name: str) -> int | None:
    room: int | None = getattr(InteractionLogEntry._meta.get_field(name), "max_length", None)
    return room


def _text(name: str, text: str) -> str:
    room = _room(name)
    if room and len(text) > room:
        reason = _("The text has %(length)s characters; there is room for %(limit)s.")
        raise BadCell(reason % {"length": len(text), "limit": room})
    return text


def _number(_name: str, text: str) -> str:
    """A contact's number; the contacts of a chunk are looked up together."""
    return text


YES = frozenset({"yes", "ja", "true", "1", "x"})
NO = frozenset({"no", "nej", "false", "0"})


def _yes_or_no(_name: str, text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise BadCell(_("“%(value)s” is neither yes nor no.") % {"value": text})
    return text.casefold() in YES


READERS: dict[str, Callable[[str, str], Any]] = {
    "contact": _number,
    "email": _number,
    "campaign_target": _yes_or_no,
    "campaign_response": _yes_or_no,
    "attempt_failed": _yes_or_no,
    "date": _date,
    "time": _time,
    "cost": _cost,
    "duration": _duration,
}
