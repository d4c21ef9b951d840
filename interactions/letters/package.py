"""A Word file as a zip archive in which a few parts differ from letter to letter."""

import io
import zipfile
from collections.abc import Collection, Sequence

from .members import (
    DEFLATED,
    LOCAL_HEADER,
    Deflate,
    DosTime,
    Member,
    crc32,
    dos_time,
    end_of_archive,
    member_of,
)


class Package:
    """Copies every constant part as it lies compressed, and compresses only the others."""

    def __init__(
        self,
        data: bytes,
        varying: Sequence[str],
        deflate: Deflate,
        without: Collection[str] = (),
    ) -> None:
        self._deflate = deflate
        self._last: dict[bytes, tuple[bytes, Member, bytes]] = {}
        self._constant = b""
        self._directory = b""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
        infos = {name: info for name, info in infos.items() if name not in without}
        self._varying = [(_name(infos[name]), dos_time(infos[name].date_time)) for name in varying]
        self._count = len(infos)
        for name, info in infos.items():
            if name not in varying:
                self._add_constant(info, data)

    def _add_constant(self, info: zipfile.ZipInfo, data: bytes) -> None:
        member = member_of(info)
        self._directory += member.directory_entry(len(self._constant))
        self._constant += member.header() + packed_bytes(info, data)

    def pack(self, parts: Sequence[bytes], more: Sequence[tuple[Member, bytes]] = ()) -> bytes:
        """Return the file with `parts` in the place of the varying ones, in their order.

        `more` are members of this file alone, with their bytes as they are packed.
        """
        pieces = [self._constant]
        directory = [self._directory]
        offset = len(self._constant)
        for (name, moment), content in zip(self._varying, parts, strict=True):
            member, packed = self._packed(name, moment, content)
            header = member.header()
            directory.append(member.directory_entry(offset))
            pieces += (header, packed)
            offset += len(header) + len(packed)
        for member, packed in more:
            header = member.header()
            directory.append(member.directory_entry(offset))
            pieces += (header, packed)
            offset += len(header) + len(packed)
        entries = b"".join(directory)
        count = self._count + len(more)
        return b"".join([*pieces, entries, end_of_archive(count, len(entries), offset)])

    def _packed(self, name: bytes, moment: DosTime, content: bytes) -> tuple[Member, bytes]:
        """A part that is the very one of the letter before is packed already."""
        last = self._last.get(name)
        if last and last[0] is content:
            return last[1], last[2]
        packed = self._deflate(content)
        crc = crc32(content)
        member = Member.of(name, DEFLATED, moment, crc, len(packed), len(content))
        self._last[name] = (content, member, packed)
        return member, packed


def _name(info: zipfile.ZipInfo) -> bytes:
    return info.filename.encode()


def packed_bytes(info: zipfile.ZipInfo, data: bytes) -> bytes:
    """Return the bytes of one member as they lie in the archive `data`.

    The lengths of name and extra field may differ from those in the directory.
    """
    *_facts, name_length, extra_length = LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + LOCAL_HEADER.size + name_length + extra_length
    return data[start : start + info.compress_size]
