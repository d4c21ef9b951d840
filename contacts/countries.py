"""Countries by ISO 3166 code, named in any language by the Unicode locale data."""

from functools import cache

from babel import Locale
from django.conf import settings
from django.utils import translation

from contacts.folding import fold

Choices = list[tuple[str, str]]


def country_name(code: str, language: str | None = None) -> str:
    """Return the name of country `code` ("DK" -> "Danmark" in "da"), or the code if unknown.

    `language` defaults to the language of the page.
    """
    return _names(language or translation.get_language() or "en").get(code, code)


def country_choices() -> Choices:
    """All countries as choices of a form, sorted by name in the language of the page."""
    names = _names(translation.get_language() or "en")
    return sorted(names.items(), key=lambda item: item[1])


def country_code(text: str) -> str:
    """Return the code of a country given by code or name ("dk", "Denmark", "Danmark"), or ""."""
    code = text.strip().upper()
    return code if code in _names("en") else _codes().get(fold(text), "")


@cache
def _codes() -> dict[str, str]:
    languages = [code for code, _name in settings.LANGUAGES]
    return {fold(name): code for lang in languages for code, name in _names(lang).items()}


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    return {code: name for code, name in territories.items() if code.isalpha() and len(code) == 2}
