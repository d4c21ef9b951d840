"""All letters of a segment in one zip file, written as they are made."""

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils import timezone

from .check import DocumentError
from .members import STORED, Member, dos_time, end_of_archive
from .merge import letter_file_name
from .source import LetterSource

IN_MEMORY = 2**20


class LetterMaker(Protocol):
    """A `Merger`, or what makes letters as one does."""

    def letter(self, source: LetterSource) -> bytes: ...


class Writable(Protocol):
    """A binary file, or anything that takes bytes as one does."""

    def write(self, piece: bytes, /) -> object: ...


class ZipStream:
    """A zip archive given out in pieces. Memory does not grow with the number of files."""

    def __init__(self) -> None:
        self.count = 0
        self._offset = 0
        self._moment = dos_time(timezone.localtime().timetuple()[:6])
        self._directory = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115

    def member(self, name: str, content: bytes) -> Iterator[bytes]:
        """Give out one file, stored as it is: Word files are compressed already."""
        size = len(content)
        file = Member(name.encode(), STORED, self._moment, zlib.crc32(content), size, size)
        header = file.header()
        self._directory.write(file.directory_entry(self._offset))
        self._offset += len(header) + size
        self.count += 1
        yield header
        yield content

    def end(self) -> Iterator[bytes]:
        """Give out what ends the archive."""
        size = self._directory.tell()
        self._directory.seek(0)
        with self._directory:
            while piece := self._directory.read(IN_MEMORY):
                yield piece
        yield end_of_archive(self.count, size, self._offset)


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
        yield letter_file_name(number, source), _letter(source, merger)


def _pieces(
    archive: ZipStream, sources: Iterable[LetterSource], merger: LetterMaker
) -> Iterator[bytes]:
    for name, letter in named_letters(sources, merger):
        yield from archive.member(name, letter)
    yield from archive.end()


def _letter(source: LetterSource, merger: LetterMaker) -> bytes:
    try:
        return merger.letter(source)
    except DocumentError as error:
        who = f"{source.contact['number']} {source.contact['name']}"
        raise DocumentError([f"{who}: {message}" for message in error.messages]) from error
