"""The words for days and periods, as they are typed in English and Danish.

All are read whatever the language of the page. The first of each meaning is the one we write.
"""

import re

from django.utils.translation import get_language

from .calendar import Moved, Period, Unit

DAYS = {
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "da": {"i dag": 0, "i går": -1, "i morgen": 1, "idag": 0, "igår": -1, "imorgen": 1},
}
LETTERS = {
    "en": {"d": Unit.DAY, "w": Unit.WEEK, "m": Unit.MONTH, "y": Unit.YEAR},
    "da": {"d": Unit.DAY, "u": Unit.WEEK, "m": Unit.MONTH, "å": Unit.YEAR},
}
PERIODS = {
    "en": {
        f"{which} {unit}": Period(count, unit)
        for which, count in (("this", 0), ("last", -1), ("next", 1))
        for unit in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
    },
    "da": {
        f"{which} {word}": Period(count, unit)
        for word, this, unit in (
            ("uge", "denne", Unit.WEEK),
            ("måned", "denne", Unit.MONTH),
            ("kvartal", "dette", Unit.QUARTER),
            ("år", "dette", Unit.YEAR),
        )
        for which, count in ((this, 0), ("sidste", -1), ("næste", 1), ("forrige", -1))
    },
}
ALL_DAYS = DAYS["en"] | DAYS["da"]
ALL_LETTERS = LETTERS["en"] | LETTERS["da"]
ALL_PERIODS = PERIODS["en"] | PERIODS["da"]
STEP = re.compile(r"(.*?) ?([-+]) ?([0-9]+) ?([^\W\d_])", re.DOTALL)


def read(words: str) -> Moved | Period | None:
    """Return the day or period that `words` name, None if they name none.

    Raises `OverflowError` if the day is too far away.
    """
    words = " ".join(words.lower().split())
    if words in ALL_DAYS:
        return Moved(ALL_DAYS[words])
    return ALL_PERIODS.get(words) or _step(words)


def _step(words: str) -> Moved | None:
    found = STEP.fullmatch(words)
    if not found or found[4] not in ALL_LETTERS or ALL_DAYS.get(found[1], 1 if found[1] else 0):
        return None
    unit = ALL_LETTERS[found[4]]
    if len(found[3]) > 9 or int(found[3]) > unit.most:
        raise OverflowError
    count = int(found[2] + found[3])
    return Moved(count, unit) if count else Moved(0)


def written(meant: Moved | Period, language: str | None = None) -> str:
    """Return how `meant` is typed in `language`, by default that of the page."""
    language = (language or get_language() or "en")[:2]
    language = language if language in DAYS else "en"
    if isinstance(meant, Period):
        return next(words for words, period in PERIODS[language].items() if period == meant)
    if meant.unit == Unit.DAY and abs(meant.count) <= 1:
        return next(words for words, count in DAYS[language].items() if count == meant.count)
    letter = next(letter for letter, unit in LETTERS[language].items() if unit == meant.unit)
    return f"{meant.count:+}{letter}"
