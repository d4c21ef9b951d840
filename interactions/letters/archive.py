"""All letters of a segment in one zip file, written as they are made."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import batched
from typing import Protocol

from .merge import Letter, letter_file_name, naming
from .source import LetterSource
from .zip_stream import Writable, ZipStream

AT_A_TIME = 50


class LetterMaker(Protocol):
    """A `Merger`, or what makes letters as one does."""

    def ready(self, source: LetterSource) -> Letter: ...


def write_letters(sources: Iterable[LetterSource], merger: LetterMaker, stream: Writable) -> int:
    """Write a zip file of the letters to `stream` and return how many there are.

    Constant memory, any number of letters. Raises `DocumentError` naming a letter that cannot be
    made; the caller then throws away what has been written.
    """
    archive = ZipStream()
    for piece in _pieces(archive, sources, merger):
        stream.write(piece)
    return archive.count


def letter_chunks(sources: Iterable[LetterSource], merger: LetterMaker) -> Iterator[bytes]:
    """Yield the same zip file in pieces, for a streaming response.

    A letter that cannot be made ends the stream with `DocumentError`, so check them before.
    """
    yield from _pieces(ZipStream(), sources, merger)


def named_letters(
    letters: Iterable[tuple[int, LetterSource]], merger: LetterMaker
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of each letter, as they stand in the zip file.

    Raises `DocumentError` naming a letter that cannot be made. The merge fields of some letters are
    worked out before these are written: staying with one kind of work is a twentieth faster.
    """
    for some in batched(letters, AT_A_TIME):
        ready = [(letter, naming(letter[1], partial(merger.ready, letter[1]))) for letter in some]
        for (number, source), make in ready:
            yield letter_file_name(number, source), naming(source, make)


def _pieces(
    archive: ZipStream, sources: Iterable[LetterSource], merger: LetterMaker
) -> Iterator[bytes]:
    for name, letter in named_letters(enumerate(sources, start=1), merger):
        yield from archive.member(name, letter)
    yield from archive.end()
