"""A part of a Word file that is written piece by piece."""

import tempfile
import zlib
from collections.abc import Iterator

from .members import DEFLATED, deflater
from .zip_stream import ZipStream

IN_MEMORY = 2**20


class Spool:
    """Compressed as it comes, and on disk when it is large. It can be given out once."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._packer = deflater()
        self._crc = 0
        self._size = 0

    def write(self, piece: bytes) -> None:
        self._crc = zlib.crc32(piece, self._crc)
        self._size += len(piece)
        self._file.write(self._packer.compress(piece))

    def copy(self, other: "Spool") -> None:
        """Append what the other holds. The other is used up."""
        unpacker = zlib.decompressobj(-15)
        for piece in other.pieces():
            self.write(unpacker.decompress(piece))
        self.write(unpacker.flush())

    def pieces(self) -> Iterator[bytes]:
        self._file.write(self._packer.flush())
        self._file.seek(0)
        with self._file:
            while piece := self._file.read(IN_MEMORY):
                yield piece

    def member(self, archive: ZipStream, name: str) -> Iterator[bytes]:
        """Give it out as a member of the archive. It is used up."""
        self._file.write(self._packer.flush())
        packed = self._file.tell()
        self._packer = deflater()
        yield archive.begin(name, DEFLATED, self._crc, packed, self._size)
        self._file.seek(0)
        with self._file:
            while piece := self._file.read(IN_MEMORY):
                yield piece
