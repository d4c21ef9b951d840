"""All letters of a segment in one zip file, written as they are made."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Protocol

from .merge import letter_file_name, naming
from .source import LetterSource
from .zip_stream import Writable, ZipStream


class LetterMaker(Protocol):
    """A `Merger`, or what makes letters as one does."""

    def letter(self, source: LetterSource) -> bytes: ...


def write_letters(sources: Iterable[LetterSource], merger: LetterMaker, stream: Writable) -> int:
    """Write a zip file of the letters to `stream` and return how many there are.

    Constant memory, any number of letters. Raises `DocumentError` naming the first letter that
    cannot be made; the caller then throws away what has been written.
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
    sources: Iterable[LetterSource], merger: LetterMaker
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of each letter, as they stand in the zip file.

    Raises `DocumentError` naming the first letter that cannot be made.
    """
    for number, source in enumerate(sources, start=1):
        make = partial(merger.letter, source)
        yield letter_file_name(number, source), naming(source, make)


def _pieces(
    archive: ZipStream, sources: Iterable[LetterSource], merger: LetterMaker
) -> Iterator[bytes]:
    for name, letter in named_letters(sources, merger):
        yield from archive.member(name, letter)
    yield from archive.end()
