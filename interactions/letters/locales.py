"""The locale that a letter's dates and numbers are written in."""

from functools import cache

from babel import Locale, UnknownLocaleError

# Plain English is American to the locale data.
EUROPEAN = {"en": "en-GB"}


@cache
def has_locale(language: str) -> bool:
    """Whether the locale data knows `language`; administrators may add one that it does not."""
    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


@cache
def letter_locale(language: str) -> Locale:
    """Return the locale of letters in `language`; the English one when it is not known."""
    code = language if language and has_locale(language) else "en"
    return Locale.parse(EUROPEAN.get(code, code), sep="-")
