"""Which letters stand in one Word file for the printer: of one document, or of several."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .apart import Apart
from .combinable import Combinable
from .combine import CombinedFile
from .frozen import Numbered
from .kept import Kept
from .merge import Merger, naming
from .output import Options
from .package_parts import read_parts
from .problems import NotTogether

logger = logging.getLogger(__name__)

# More documents than this in a file, and their styles make it slow.
MOST = 20
SETS_KEPT = 8
XML_TAG = re.compile(rb"<[^>]*>")
BRACES = re.compile(rb"[{}]")

# A document, and whether it is a letter of its own.
Key = tuple[int, bool]


class Group(NamedTuple):
    """Documents whose letters stand in one file, in the order of their first letters."""

    keys: tuple[Key, ...]
    templates: list[Combinable]


class Joining:
    """Finds the files of letters, for output as `options` say. What was found is kept."""

    def __init__(self, merger: Merger, options: Options) -> None:
        self._merger = merger
        self._options = {"new_sheet": options.new_sheet, "number": options.number}
        self._groups = Kept[tuple[Key, ...], list[Group]](SETS_KEPT)

    def groups(self, letters: Sequence[Numbered]) -> list[Group]:
        """Return the files that the letters come in; letters in none stand alone (`key_of`)."""
        keys = tuple(dict.fromkeys(map(key_of, letters)))
        return self._groups.get(keys, lambda: list(self._found(keys)))

    def _found(self, keys: Iterable[Key]) -> Iterator[Group]:
        sets: list[tuple[list[Key], Apart]] = []
        for key in keys:
            data = self._joinable(key)
            if data is not None:
                _add(sets, key, data)
        for found, apart in sets:
            yield Group(tuple(found), Combinable.side_by_side(apart.files(), **self._options))

    def _joinable(self, key: Key) -> bytes | None:
        document, own_letter = key
        read = self._merger.document if own_letter else self._merger.template
        try:
            data = read(document)
            made = Combinable(data, **self._options)
        except Exception:  # An odd document. Its letters stand alone, and say what is wrong.
            logger.warning("The letters of a document cannot be joined", exc_info=True)
            return None
        return None if own_letter and _says_more(made, data) else data


def key_of(letter: Numbered) -> Key:
    """Return which document the letter is made of."""
    return letter.source.document or 0, letter.source.own_letter


def write_group(
    path: Path,
    letters: Sequence[Numbered],
    group: Group,
    merger: Merger,
    check: Callable[[], None],
) -> None:
    """Write one Word file of letters of the documents in `group`. Raises `DocumentError`."""
    places = {key: place for place, key in enumerate(group.keys)}
    with path.open("wb") as stream:
        file = CombinedFile(group.templates, stream)
        for letter in letters:
            check()
            naming(letter.source, partial(_append, file, merger, letter, places[key_of(letter)]))
        file.close()


def _append(file: CombinedFile, merger: Merger, letter: Numbered, of: int) -> None:
    source = letter.source
    file.add(merger.fields(source), letter.number, merger.pictures(source), of=of)


def _add(sets: list[tuple[list[Key], Apart]], key: Key, data: bytes) -> None:
    """Add a document to the first set that it can stand with, or to a new one."""
    for keys, apart in sets:
        try:
            if len(apart) < MOST:
                apart.add(data)
                keys.append(key)
                return
        except NotTogether as reason:
            logger.info("Documents whose letters cannot stand in one file: %s", reason)
    sets.append(([key], Apart(data)))


def _says_more(made: Combinable, data: bytes) -> bool:
    """Whether a letter of its own has what would be merged: it is sent as it is."""
    text = (XML_TAG.sub(b"", xml) for name, xml in read_parts(data).items() if name[-4:] == ".xml")
    return bool(made.template.fields or made.template.word_fields) or any(map(BRACES.search, text))
