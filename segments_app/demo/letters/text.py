"""The text of a letter: a few header lines, then blocks with a blank line between them.

A block is a paragraph; a line that starts with "|" is a row of a table, one that starts with "- "
a point of a list. "[comment]" is the place of the personal comment, and "[if field] text" a
paragraph that appears only when the field is filled in. The head says how wide the columns of the
table are, in millimetres, which salutation is used, and how the date of an event is written.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_date

FOLDER = Path(__file__).parent.parent / "data" / "letters"
EVENT_DATE = "<<event date>>"


@dataclass(frozen=True)
class LetterText:
    code: str
    language: str
    head: dict[str, str]
    blocks: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.head["subject"]


def letter_texts(event_date: datetime.date) -> list[LetterText]:
    """Return the texts of all letters, sorted by template and language."""
    return [_read(path, event_date) for path in sorted(FOLDER.glob("*.txt"))]


def _read(path: Path, event_date: datetime.date) -> LetterText:
    code, language, _suffix = path.name.split(".")
    first, *blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    head = dict(line.split(": ", 1) for line in first.splitlines())
    if "date" in head:
        day = format_date(event_date, head["date"], locale=language)
        blocks = [block.replace(EVENT_DATE, day) for block in blocks]
    return LetterText(code, language, head, tuple(blocks))
