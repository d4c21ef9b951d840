"""All letters of a segment in one zip file, written as they are made."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Protocol

from .merge import Letter, letter_file_name, said_of
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
    for piece in _pieces(archive, enumerate(sources, start=1), merger):
        stream.write(piece)
    return archive.count


def letter_chunks(
    letters: Iterable[tuple[int, LetterSource]], merger: LetterMaker
) -> Iterator[bytes]:
    """Yield such a zip file of numbered letters in pieces, for a streaming response.

    A letter that cannot be made ends the stream with `DocumentError`, so check them before.
    """
    yield from _pieces(ZipStream(), letters, merger)


def named_letters(
    letters: Iterable[tuple[int, LetterSource]], merger: LetterMaker
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of each letter, as they stand in the zip file.

    Raises `DocumentError` naming a letter that cannot be made. The merge fields of some letters are
    worked out before these are written: staying with one kind of work is a twentieth faster.
    """
    for some in batched(letters, AT_A_TIME):
        yield from _named(some, merger)


def _named(
    some: Sequence[tuple[int, LetterSource]], merger: LetterMaker
) -> Iterator[tuple[str, bytes]]:
    """To watch over all of them at once costs less than over each: `source` tells whose it was."""
    ready: list[Letter] = []
    source = some[0][1]
    try:
        for _number, source in some:
            ready.append(merger.ready(source))
        for (number, source), make in zip(some, ready, strict=True):
            yield letter_file_name(number, source), make()
    except Exception as error:
        raise said_of(source, error) from error


def _pieces(
    archive: ZipStream, letters: Iterable[tuple[int, LetterSource]], merger: LetterMaker
) -> Iterator[bytes]:
    for name, letter in named_letters(letters, merger):
        yield from archive.member(name, letter)
    yield from archive.end()
