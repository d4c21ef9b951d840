"""From the text of one cell to the value of a field."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from contacts.countries import country_code
from contacts.models import (
    Contact,
    IndustryGroup,
    Language,
    MailingGroup,
    Salesperson,
    Salutation,
)
from contacts.numbers import number_problem

from .columns import NO, WORDS, YES, heading_key

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
BETWEEN_GROUPS = "|"
MODELS: dict[str, type[models.Model]] = {
    "language": Language,
    "salesperson": Salesperson,
    "salutation": Salutation,
    "mailing_groups": MailingGroup,
    "industry_groups": IndustryGroup,
}


class BadCell(Exception):  # noqa: N818  A refusal is no error.
    """The cell cannot be imported. `str()` is the reason; `column` is set if it is known."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.column = column


class Cells:
    """Reads cells. The codes of groups, salespeople and so on are looked up once."""

    def __init__(self) -> None:
        self.codes = {name: _codes(model) for name, model in MODELS.items()}

    def read(self, name: str, text: str) -> Any:
        """Return the value of column `name`. An empty cell empties the field. Raises `BadCell`."""
        text = _plain(name, text)
        if name in ("mailing_groups", "industry_groups"):
            return self._groups(name, text)
        if name in MODELS:
            return self._code(name, text) if text else None
        return READERS.get(name, _text)(name, text)

    def _groups(self, name: str, text: str) -> frozenset[int]:
        codes = [code.strip() for code in text.split(BETWEEN_GROUPS)]
        return frozenset(self._code(name, code) for code in codes if code)

    def _code(self, name: str, code: str) -> Any:
        try:
            return self.codes[name].get(code) or self.codes[name][code.casefold()]
        except KeyError:
            raise BadCell(_("“%(value)s” is not known.") % {"value": code}) from None


def _codes(model: type[models.Model]) -> Mapping[str, Any]:
    codes = dict(model._default_manager.values_list("code", "pk"))
    return {code.casefold(): key for code, key in codes.items()} | codes


def _plain(name: str, text: str) -> str:
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(text):
        raise BadCell(_("The cell contains a control character."))
    if "\n" in text and name != "notes":
        raise BadCell(_("The cell contains a line break."))
    return text


@cache
def _max_length(name: str) -> int | None:
    length: int | None = getattr(Contact._meta.get_field(name), "max_length", None)
    return Contact._meta.get_field("name").max_length if name == "company" else length


def _text(name: str, text: str) -> str:
    limit = _max_length(name)
    if limit and len(text) > limit:
        reason = _("The text has %(length)s characters; there is room for %(limit)s.")
        raise BadCell(reason % {"length": len(text), "limit": limit})
    return text


def _word(name: str, text: str) -> str:
    word = WORDS[name].get(heading_key(text), "") if text else ""
    if text and not word:
        raise BadCell(_("“%(value)s” is not known.") % {"value": text})
    return word


def _yes_no(name: str, text: str) -> bool:
    if not text:
        return name == "active"
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise BadCell(_("“%(value)s” is neither yes nor no.") % {"value": text})


def _country(name: str, text: str) -> str:
    code = country_code(text) if text else ""
    if text and not code:
        raise BadCell(_("“%(value)s” is not a country.") % {"value": text})
    return code


def _cleaned_by(field: forms.Field) -> Callable[[str, str], str]:
    def clean(name: str, text: str) -> str:
        try:
            return str(field.clean(_text(name, text)))
        except ValidationError as error:
            reason = " ".join(error.messages)
            raise BadCell(f"“{text}”: {reason}") from None

    return clean


def _number(name: str, text: str) -> str:
    if text and (problem := number_problem(text)):
        raise BadCell(problem)
    return _text(name, text)


READERS: dict[str, Callable[[str, str], Any]] = {
    "number": _number,
    "type": _word,
    "correspondence_type": _word,
    "country": _country,
    "email": _cleaned_by(forms.EmailField(required=False)),
    "home_page": _cleaned_by(forms.URLField(required=False, assume_scheme="https")),
    **dict.fromkeys(
        ("excluded", "privacy_blocked", "minor", "parental_consent", "active"), _yes_no
    ),
}
