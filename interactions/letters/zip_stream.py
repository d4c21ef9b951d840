"""A zip archive that is given out while it is made."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils import timezone

from .members import DEFLATED, STORED, Member, crc32, dos_time, end_of_archive

IN_MEMORY = 2**20


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
        yield self.begin(name, STORED, crc32(content), size, size)
        yield content

    def packed(self, name: str, content: bytes, packed: bytes) -> Iterator[bytes]:
        """Give out one file with `content`, compressed to `packed`."""
        yield self.begin(name, DEFLATED, crc32(content), len(packed), len(content))
        yield packed

    def begin(self, name: str, method: int, crc: int, packed_size: int, size: int) -> bytes:
        """Return what stands before a file; its `packed_size` bytes must follow at once."""
        file = Member.of(name.encode(), method, self._moment, crc, packed_size, size)
        header = file.header()
        self._directory.write(file.directory_entry(self._offset))
        self._offset += len(header) + packed_size
        self.count += 1
        return header

    def take_over(self, files: Iterable[tuple[Member, int]], size: int) -> None:
        """Take the files of another archive, each with where it begins there.

        The first `size` bytes of that archive must follow at once.
        """
        for file, place in files:
            self._directory.write(file.directory_entry(self._offset + place))
            self.count += 1
        self._offset += size

    def end(self) -> Iterator[bytes]:
        """Give out what ends the archive."""
        size = self._directory.tell()
        self._directory.seek(0)
        with self._directory:
            while piece := self._directory.read(IN_MEMORY):
                yield piece
        yield end_of_archive(self.count, size, self._offset)
