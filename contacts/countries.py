"""Countries by ISO 3166 code, named in any language by the Unicode locale data."""

from functools import cache

from babel import Locale
from django.utils import translation

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


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    return {code: name for code, name in territories.items() if code.isalpha() and len(code) == 2}
