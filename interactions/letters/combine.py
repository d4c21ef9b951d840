"""One Word file of many letters: one body, a section for each letter, its own headers.

Memory does not grow with the number of letters; what is written goes out at once or lies
compressed in a temporary file. A file should hold no more than `output.LETTERS_IN_A_PART`,
for Word becomes slow.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import PurePosixPath

from .apart import prefix, relations_of_carried, types_of_carried
from .combinable import Combinable
from .compiled import Fields
from .illustrations import NO_PICTURES, Pictures, related_picture
from .joinable import Joinable
from .marks import MARK, is_marked
from .members import deflater
from .notes import Notes
from .package import packed_bytes
from .package_parts import Listing, read_part, read_parts
from .picture import Picture
from .relations import relations_of
from .sections import BLANK, SECTION
from .spool import Spool
from .wordml import (
    CONTENT_TYPES,
    DECLARATION,
    PACKAGE_RELATIONS,
    RELATIONS,
    TYPE_OF_PART,
    W,
)
from .zip_stream import Writable, ZipStream

TYPES = "[Content_Types].xml"
BODY_START = re.compile(rb"<w:body\b[^>]*>")
BODY_END = b"</w:body>"
PICTURE_ID = re.compile(rb'(<wp:docPr\b[^>]*?\sid=")[^"]*')
HEADER_OR_FOOTER = (("header", b"hdr"), ("footer", b"ftr"))
# Marks of a letter's bookmarks; more than any template has.
BOOKMARKS = 1000


class CombinedFile:
    """A Word file that grows by one letter at a time. `close` ends it; nothing may come after.

    Its letters are of one template, or of several that were made `Combinable.together`.
    """

    def __init__(self, templates: Combinable | Sequence[Combinable], stream: Writable) -> None:
        self._templates = [templates] if isinstance(templates, Combinable) else templates
        self._combinable = self._templates[0]
        self.source: Joinable = self._combinable.source
        self._stream = stream
        self._zip = ZipStream()
        self._written = {name for each in self._templates for name in each.own}
        self.first_list = max(each.source.numbering.first_free for each in self._templates)
        self._body = Spool()
        self._numbering = Spool()
        self.notes = {
            kind: Notes(read_part(self.source.data, name)) for kind, name in self._notes_parts
        }
        self._headers: dict[bytes, str] = {}
        self._relations: list[str] = []
        self._types: list[str] = []
        self._shown = NO_PICTURES
        self._written_pictures: set[str] = set()
        self._pending = b""
        self._after = b""
        self.count = 0
        self._pictures = 0

    @property
    def _notes_parts(self) -> list[tuple[str, str]]:
        return list(self.source.notes.items())

    def add(
        self, fields: Fields, number: int, pictures: Pictures = NO_PICTURES, *, of: int = 0
    ) -> None:
        """Append the letter with `fields`. `number` is its number on the list, and names it.

        `of` is the place of its template; that of the first letter is the first.
        """
        self._combinable = self._templates[of]
        template = self._combinable.template
        parts = dict(template.parts(fields, pictures))
        self._take_pictures(template.illustrations.shown(pictures))
        before, letter = self._split(parts.pop(self._combinable.source.main))
        numbers = _Numbers(self, number)
        numbers.headers = [self._header(name, parts, numbers) for name in self._combinable.own]
        if of == 0:
            self._take_notes(parts)
        self._append(before, self._numbered(letter, numbers))
        self._take_lists()
        self.count += 1

    def _take_lists(self) -> None:
        numbering = self._combinable.source.numbering
        self._numbering.write(numbering.xml(self.first_list))
        self.first_list += len(numbering.definitions)

    def _take_pictures(self, pictures: Pictures) -> None:
        """Pictures that differ from letter to letter; each is kept once."""
        self._shown = pictures
        for picture in pictures.values():
            if picture.file in self._written_pictures:
                continue
            self._written_pictures.add(picture.file)
            for piece in self._zip.member(picture.file, picture.data):
                self._stream.write(piece)
            self._relations.append(
                f'<Relationship Id="{picture.relation}" Type="{RELATIONS}/image" '
                f'Target="/{picture.file}"/>'
            )

    def _pictures_of(self, name: str) -> list[Picture]:
        fields = self._combinable.template.illustrations.places.get(name, ())
        return [self._shown[field] for field in fields if field in self._shown]

    def _split(self, whole: bytes) -> tuple[bytes, bytes]:
        start = BODY_START.search(whole)
        if start is None:
            raise ValueError("a letter without a body")
        end = whole.rindex(BODY_END)
        self._after = self._after or whole[end:]
        return whole[: start.end()], whole[start.end() : end]

    def _numbered(self, letter: bytes, numbers: "_Numbers") -> bytes:
        letter = MARK.sub(numbers, self._combinable.sections.rewrite(letter))
        return PICTURE_ID.sub(self._next_picture, letter) if b"<wp:docPr" in letter else letter

    def _next_picture(self, match: re.Match[bytes]) -> bytes:
        self._pictures += 1
        return b"%s%d" % (match[1], self._pictures)

    def _append(self, before: bytes, letter: bytes) -> None:
        """One letter behind: the last one ends the file, and its section stands differently."""
        self._body.write(self._pending if self.count else before)
        self._pending = letter

    def _header(self, name: str, parts: dict[str, bytes], numbers: "_Numbers") -> str:
        """The relation to this letter's header; equal headers are kept once."""
        xml = parts[name] if name in parts else self._combinable.marked[name]
        if is_marked(xml):
            xml = MARK.sub(numbers, xml)
        key = blake2b(xml, digest_size=16, key=name.encode()[-64:]).digest()
        if key not in self._headers:
            self._headers[key] = self._add_header(name, xml)
        return self._headers[key]

    def _add_header(self, name: str, xml: bytes) -> str:
        number = len(self._headers) + 1
        stem, kind = name.removesuffix(".xml"), "header" if b"<w:hdr" in xml[:5000] else "footer"
        own = f"{stem}_{number}.xml"
        self._write(own, xml)
        relations = read_part(self._combinable.source.data, relations_of(name))
        for picture in self._pictures_of(name):
            relations = related_picture(relations, picture)
        if relations:
            self._write(relations_of(own), relations)
        return self._relate(own, kind, f"rIdLetter{number}")

    def _relate(self, name: str, kind: str, key: str) -> str:
        self._types.append(
            f'<Override PartName="/{name}" ContentType="{TYPE_OF_PART}.{kind}+xml"/>'
        )
        self._relations.append(
            f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="/{name}"/>'
        )
        return key

    def _take_notes(self, parts: dict[str, bytes]) -> None:
        for kind, name in self._notes_parts:
            self.notes[kind].add(parts.get(name), self.count)

    def _write(self, name: str, content: bytes) -> None:
        packer = deflater()
        packed = packer.compress(content) + packer.flush()
        self._written.add(name)
        for piece in self._zip.packed(name, content, packed):
            self._stream.write(piece)

    def close(self) -> None:
        """Write what ends the file. Raises `ValueError` when it has no letter."""
        if not self.count:
            raise ValueError("a file without letters")
        self._end_body()
        self._end_lists()
        for kind, name in self._notes_parts:
            self._put(name, self.notes[kind].end())
        self._blank_headers()
        self._types_and_relations()
        self._constant_parts()
        for piece in self._zip.end():
            self._stream.write(piece)

    def _end_body(self) -> None:
        last = list(SECTION.finditer(self._pending))[-1]
        self._body.write(self._pending[: last.start()] + self._pending[last.end() :])
        self._body.write(last[0] + self._after)
        self._put(self.source.main, self._body)

    def _end_lists(self) -> None:
        numbering = self.source.numbering
        if any(each.source.numbering.definitions for each in self._templates):
            whole = Spool()
            whole.write(DECLARATION + numbering.before)
            whole.copy(self._numbering)
            whole.write(numbering.after)
            self._put(self.source.numbering_part, whole)

    def _put(self, name: str, spool: "Spool") -> None:
        self._written.add(name)
        for piece in spool.member(self._zip, name):
            self._stream.write(piece)

    def _blank_headers(self) -> None:
        for (kind, element), key in zip(HEADER_OR_FOOTER, BLANK.values(), strict=True):
            name = f"word/blank_{kind}.xml"
            namespace = W[1:-1].encode()
            xml = b'<w:%s xmlns:w="%s"><w:p/></w:%s>' % (element, namespace, element)
            self._write(name, DECLARATION + xml)
            self._relate(name, kind, key)

    def _types_and_relations(self) -> None:
        """Those of the templates, without the headers that each letter has of its own."""
        own = {name for each in self._templates for name in each.own}
        others = [read_parts(each.source.data) for each in self._templates[1:]]
        types = Listing(read_part(self.source.data, TYPES), CONTENT_TYPES, "Types")
        more = [*self._types, *types_of_carried(others)]
        self._write(TYPES, types.changed("PartName", {f"/{name}" for name in own}, more))
        name = relations_of(self.source.main)
        relations = Listing(read_part(self.source.data, name), PACKAGE_RELATIONS, "Relationships")
        headers = [item for each in self._templates for item in each.source.headers.items()]
        gone = {key for key, header in headers if header in own}
        more = [*self._relations, *relations_of_carried(others)]
        self._write(name, relations.changed("Id", gone, more))

    def _constant_parts(self) -> None:
        """What is in the templates and was not written yet, as it lies compressed there."""
        for place, each in enumerate(self._templates):
            self._copy_parts(each.source.data, only=prefix(place) if place else "")

    def _copy_parts(self, data: bytes, only: str) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.filename not in self._written]
        for info in infos:
            if not PurePosixPath(info.filename).name.startswith(only):
                continue
            facts = (info.compress_type, info.CRC, info.compress_size, info.file_size)
            self._stream.write(self._zip.begin(info.filename, *facts))
            self._stream.write(packed_bytes(info, data))


class _Numbers:
    """What the marks of one letter become."""

    def __init__(self, file: CombinedFile, number: int) -> None:
        self._file = file
        self._number = number
        self.headers: list[str] = []

    def __call__(self, match: re.Match[bytes]) -> bytes:
        kind, index = match[1], int(match[2])
        count = self._file.count
        if kind == b"n":
            return b"%d" % self._number
        if kind == b"h":
            return self.headers[index].encode()
        if kind == b"b":
            return b"%d" % (count * BOOKMARKS + index)
        if kind == b"l":
            return b"%d" % (self._file.first_list + index)
        notes = self._file.notes["footnotes" if kind == b"f" else "endnotes"]
        return b"%d" % notes.number(index, count)
