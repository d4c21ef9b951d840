"""The bytes of zip archives whose members are known in full before they are written."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple, Self

try:
    from isal import isal_zlib
except ImportError:  # No wheel for this machine: slower, otherwise the same.
    isal_zlib = None  # type: ignore[assignment]

STORED = 0
DEFLATED = 8
UTF_8_NAME = 0x800
LIMIT_16 = 0xFFFF
LIMIT_32 = 0xFFFFFFFF
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
# What a header and an entry of the directory both say, between what each says alone.
FACTS = struct.Struct("<4H3IH")
ENTRY_START, ENTRY_END = struct.Struct("<4s2H"), struct.Struct("<4H2I")
HEADER_START, NO_EXTRA = struct.pack("<4sH", b"PK\3\4", 20), b"\0\0"
END = struct.Struct("<4s4H2IH")
ZIP64_END = struct.Struct("<4sQ2H2I4Q")
ZIP64_LOCATOR = struct.Struct("<4sIQI")
ZIP64_OFFSET = struct.Struct("<2HQ")

Deflate = Callable[[bytes], bytes]
DosTime = tuple[int, int]


def zlib_deflate(data: bytes) -> bytes:
    return zlib.compress(data, 1, -15)


def isal_deflate(data: bytes) -> bytes:
    compressed: bytes = isal_zlib.compress(data, 1, -15)
    return compressed


def deflater() -> Any:
    """Return a compressor for a member that is written piece by piece: `compress`, `flush`."""
    return (isal_zlib or zlib).compressobj(1, zlib.DEFLATED, -15)


# That of isal is several times as fast.
crc32: Callable[[bytes], int] = (isal_zlib or zlib).crc32
fastest_deflate: Deflate = isal_deflate if isal_zlib else zlib_deflate


def dos_time(moment: tuple[int, int, int, int, int, int]) -> DosTime:
    """Return date and time (year ... second) as zip files write it."""
    year, month, day, hour, minute, second = moment
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


class Member(NamedTuple):
    """One file of an archive, smaller than 4 GiB, with what is said of it (`FACTS`)."""

    name: bytes
    facts: bytes

    @classmethod
    def of(
        cls, name: bytes, method: int, moment: DosTime, crc: int, packed_size: int, size: int
    ) -> Self:
        flags = 0 if name.isascii() else UTF_8_NAME
        return cls(name, FACTS.pack(flags, method, *moment, crc, packed_size, size, len(name)))

    def header(self) -> bytes:
        """Return what stands before the member's bytes."""
        return HEADER_START + self.facts + NO_EXTRA + self.name

    def directory_entry(self, offset: int) -> bytes:
        """Return the line of the archive's directory; the header lies at `offset`."""
        extra = ZIP64_OFFSET.pack(1, 8, offset) if offset >= LIMIT_32 else b""
        version = 45 if extra else 20
        start = ENTRY_START.pack(b"PK\1\2", version, version)
        end = ENTRY_END.pack(len(extra), 0, 0, 0, 0, min(offset, LIMIT_32))
        return start + self.facts + end + self.name + extra


def member_of(info: zipfile.ZipInfo) -> Member:
    """Return a file of another archive, whose bytes stay as they are."""
    return Member.of(
        info.filename.encode(),
        info.compress_type,
        dos_time(info.date_time),
        info.CRC,
        info.compress_size,
        info.file_size,
    )


def end_of_archive(count: int, size: int, offset: int) -> bytes:
    """Return what follows the directory of `count` members, `size` bytes long, at `offset`."""
    end = END.pack(
        b"PK\5\6",
        0,
        0,
        min(count, LIMIT_16),
        min(count, LIMIT_16),
        min(size, LIMIT_32),
        min(offset, LIMIT_32),
        0,
    )
    if count < LIMIT_16 and size < LIMIT_32 and offset < LIMIT_32:
        return end
    zip64 = ZIP64_END.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    return zip64 + ZIP64_LOCATOR.pack(b"PK\6\7", 0, offset + size, 1) + end
