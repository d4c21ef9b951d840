"""From the text of a cell to a value and back: the widgets of django-import-export.

`clean` raises `BadCell`, which is a `ValueError`; `render` gives the text that `clean` understands.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from import_export.widgets import BooleanWidget, CharWidget, DateWidget, Widget

from contacts.countries import country_code
from contacts.numbers import number_problem

from .cells import BadCell, plain, refuse_shortened
from .columns import NO, WORDS, YES, heading_key

BETWEEN_CODES = "|"
DATES = {
    r"\d{4}-\d\d?-\d\d?": "%Y-%m-%d",
    r"\d\d?-\d\d?-\d{4}": "%d-%m-%Y",
    r"\d\d?\.\d\d?\.\d{4}": "%d.%m.%Y",
    r"\d\d?/\d\d?/\d{4}": "%d/%m/%Y",
}


def unknown(text: str) -> BadCell:
    """The refusal of a word or code that nobody knows."""
    return BadCell(_("“%(value)s” is not known.") % {"value": text})


class TextWidget(CharWidget):  # type: ignore[misc]
    """Text of a bounded length."""

    def __init__(self, limit: int | None = None, *, lines: bool = False) -> None:
        super().__init__()
        self.limit, self.lines = limit, lines

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        text = plain(value, lines=self.lines)
        if self.limit and len(text) > self.limit:
            reason = _("The text has %(length)s characters; there is room for %(limit)s.")
            raise BadCell(reason % {"length": len(text), "limit": self.limit})
        return text


class DigitsWidget(TextWidget):
    """Text that is mostly digits, of which a spreadsheet may have lost some."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs)
        refuse_shortened(text)
        return text


class NumberWidget(DigitsWidget):
    """The number of a contact."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs)
        if text and (problem := number_problem(text)):
            raise BadCell(problem)
        return text


class FormWidget(TextWidget):
    """Text that a form field checks, such as an e-mail address."""

    def __init__(self, limit: int | None, field: forms.Field) -> None:
        super().__init__(limit)
        self.field = field

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs)
        try:
            return str(self.field.clean(text))
        except ValidationError as error:
            raise BadCell(f"“{text}”: {' '.join(error.messages)}") from None


class YesNoWidget(BooleanWidget):  # type: ignore[misc]
    """Yes or no, in English or Danish; `empty` is what an empty cell means."""

    def __init__(self, empty: bool | None = False) -> None:
        super().__init__()
        self.empty = empty

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> bool | None:
        text = plain(value).casefold()
        if not text:
            return self.empty
        if text in YES or text in NO:
            return text in YES
        raise BadCell(_("“%(value)s” is neither yes nor no.") % {"value": plain(value)})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else _("yes") if value else _("no")


class DayWidget(DateWidget):  # type: ignore[misc]
    """A date: 2026-12-31, 31-12-2026, 31.12.2026 or 31/12/2026."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> datetime.date | None:
        text = plain(value)
        for pattern, format_ in DATES.items():
            if re.fullmatch(pattern, text, re.ASCII):
                return _day(text, format_)
        if text:
            raise _no_date(text)
        return None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


def _day(text: str, format_: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, format_).date()
    except ValueError:
        raise _no_date(text) from None


def _no_date(text: str) -> BadCell:
    reason = _("“%(value)s” is not a date. Write 2026-12-31 or 31-12-2026.")
    return BadCell(reason % {"value": text})


class ChoiceWidget(Widget):  # type: ignore[misc]
    """One of a fixed list of words, known by its name in every language of the pages."""

    def __init__(self, name: str, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.choices, self.also = choices, WORDS[name]

    @cached_property
    def words(self) -> Mapping[str, str]:
        words = {heading_key(member.value): str(member.value) for member in self.choices}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words |= {heading_key(str(choice.label)): choice.value for choice in self.choices}
        return words | self.also

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        text = plain(value)
        word = self.words.get(heading_key(text), "") if text else ""
        if text and not word:
            raise unknown(text)
        return word

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value else ""


class CountryWidget(Widget):  # type: ignore[misc]
    """A country by code or name."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        text = plain(value)
        code = country_code(text) if text else ""
        if text and not code:
            raise BadCell(_("“%(value)s” is not a country.") % {"value": text})
        return code


class CodeWidget(Widget):  # type: ignore[misc]
    """A record by its code. The value is its key; all codes are looked up once."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__()
        self.model = model

    @cached_property
    def codes(self) -> dict[Any, str]:
        return dict(self.model._default_manager.order_by().values_list("pk", "code"))

    @cached_property
    def keys(self) -> dict[str, Any]:
        keys = {code: key for key, code in self.codes.items()}
        return {code.casefold(): key for code, key in keys.items()} | keys

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        text = plain(value)
        return self.key(text) if text else None

    def key(self, code: str) -> Any:
        """Return the key of the record with `code`, in any case. Raises `BadCell`."""
        key = self.keys.get(code, self.keys.get(code.casefold()))
        if key is None:
            raise unknown(code)
        return key

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.codes.get(value, "") if value is not None else ""


class CodesWidget(CodeWidget):
    """Several records by their codes: VIP|NEWS. The value is the set of their keys."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> frozenset[Any]:
        codes = [code.strip() for code in plain(value).split(BETWEEN_CODES)]
        return frozenset(self.key(code) for code in codes if code)

    def render(self, value: Collection[Any] | None, obj: Any = None, **kwargs: Any) -> str:
        return BETWEEN_CODES.join(sorted(self._codes(value or ())))

    def _codes(self, keys: Iterable[Any]) -> list[str]:
        return [self.codes[key] for key in keys if key in self.codes]
