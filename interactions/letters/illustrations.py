"""Pictures that differ from letter to letter: which there are, and their files in a letter.

A template holds the drawing, and the drawing's size and relation are fields. So a letter with a
picture of its own costs the bytes of that picture, its relation, and nothing else.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from .compiled import CompiledPart, Fields
from .kept import Kept
from .members import DEFLATED, STORED, Deflate, Member, crc32, dos_time
from .picture import Picture
from .relations import NO_RELATIONS, relations_of, with_relation

SIGNATURE = "salesperson.signature"
PER_LETTER = (SIGNATURE,)
Pictures = Mapping[str, Picture]
NO_PICTURES: Pictures = {}
NO_VALUES = {"relation": "", "width": "0", "height": "0"}
PackedMember = tuple[Member, bytes]
EVER = dos_time((2026, 1, 1, 0, 0, 0))
SETS_KEPT = 50


def values_group(field: str) -> str:
    """Return the group of fields that describe picture `field`. No tag of an author can name it."""
    return f"_{field.replace('.', '_')}"


GROUPS = {field: values_group(field) for field in PER_LETTER}
NOTHING = dict.fromkeys(GROUPS.values(), NO_VALUES)


def with_values(fields: Fields, pictures: Pictures) -> Fields:
    """Return `fields` with what the drawings ask for."""
    values = {GROUPS[field]: picture.values for field, picture in pictures.items()}
    return {**fields, **NOTHING, **values}


def used_in(part: CompiledPart) -> tuple[str, ...]:
    """Return the pictures that `part` shows."""
    return tuple(field for field, group in GROUPS.items() if f"{group}.relation" in part.fields)


class Illustrations:
    """The pictures of a template's letters. `replaced` are the members it gives instead."""

    def __init__(self, data: bytes, parts: Iterable[CompiledPart], deflate: Deflate) -> None:
        self.places = {part.name: shown for part in parts if (shown := used_in(part))}
        self.replaced = [relations_of(name) for name in self.places]
        self.fields = frozenset[str]().union(*self.places.values())
        self._deflate = deflate
        self._relations = dict(_contents(data, self.replaced))
        self._made = Kept[tuple[str, ...], list[PackedMember]](SETS_KEPT)

    def members(self, pictures: Pictures) -> list[PackedMember]:
        """Return the members of a letter that shows `pictures`, packed."""
        key = tuple(picture.key for picture in pictures.values())
        return self._made.get(key, lambda: list(self._members(pictures)))

    def shown(self, pictures: Pictures) -> Pictures:
        """Return those of `pictures` that letters of the template show."""
        return {field: picture for field, picture in pictures.items() if field in self.fields}

    def _members(self, pictures: Pictures) -> Iterator[PackedMember]:
        for name, shown in self.places.items():
            relations = self._relations.get(relations_of(name), NO_RELATIONS)
            for field in shown:
                if field in pictures:
                    relations = related_picture(relations, pictures[field])
            yield self._member(relations_of(name), relations)
        for picture in {picture.key: picture for picture in pictures.values()}.values():
            yield _stored(picture)

    def _member(self, name: str, content: bytes) -> PackedMember:
        packed = self._deflate(content)
        facts = (EVER, crc32(content), len(packed), len(content))
        return Member.of(name.encode(), DEFLATED, *facts), packed


def related_picture(relations: bytes, picture: Picture) -> bytes:
    """Return the relations of a part, with that to `picture`."""
    return with_relation(relations, picture.relation, "image", f"/{picture.file}")


def _stored(picture: Picture) -> PackedMember:
    """A picture is compressed already."""
    size = len(picture.data)
    facts = (EVER, crc32(picture.data), size, size)
    return Member.of(picture.file.encode(), STORED, *facts), picture.data


def _contents(data: bytes, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        there = set(archive.namelist())
        for name in names:
            if name in there:
                yield name, archive.read(name)
