"""The letter engine: a Word template read and compiled once, then rendered for many contacts."""

from collections.abc import Iterator
from typing import Literal, Self

from .choices import all_offered, with_choices
from .compiled import CompiledPart, Fields
from .illustrations import NO_PICTURES, Illustrations, Pictures, with_values
from .members import Deflate, fastest_deflate
from .package import Package
from .parts import part_sources
from .problems import Refused, refused
from .word_fields.document import WordDocument, read_document

Tier = Literal["A", "B"]


class LetterTemplate:
    """A Word template with tags. Its letters equal docxtpl's, part by part.

    `fields` are the dotted names of the fields it uses. `tier` is "A" when letters need text
    alone, "B" when docxtpl must repair tables in each of them: the same letters, more slowly.
    `choices` are the paragraphs it offers, with what holds when nobody chose. `word_fields` are
    Word's own merge fields in it, with what each became.
    """

    def __init__(self, document: WordDocument, parts: list[CompiledPart], deflate: Deflate) -> None:
        self.word_fields = document.fields
        self.fields = frozenset[str]().union(*(part.fields for part in parts))
        self.choices = all_offered(part.choices for part in parts)
        self.tier: Tier = "B" if any(part.needs_repair for part in parts) else "A"
        self._parts = [part for part in parts if part.varies]
        self.illustrations = Illustrations(document.data, self._parts, deflate)
        names = [part.name for part in self._parts]
        self._package = Package(document.data, names, deflate, self.illustrations.replaced)

    @classmethod
    def load(cls, data: bytes, *, deflate: Deflate = fastest_deflate) -> Self:
        """Read and compile a template. Raises `Refused` if it cannot be merged.

        Takes some 20 ms for an ordinary template. The file has been checked already, or is checked
        in a process of its own: a hostile one may take any time.
        """
        try:
            document = _read(data)
            return cls(document, _compiled_parts(document), deflate)
        except RecursionError:
            raise refused("too_deep") from None

    def render(self, fields: Fields, pictures: Pictures = NO_PICTURES) -> bytes:
        """Return the letter with `fields` (group -> name -> text) as a Word file.

        `pictures` are those that differ from letter to letter, by field; others are left empty.
        """
        if self.choices:
            fields = with_choices(fields, self.choices)
        if not self.illustrations.places:
            return self._package.pack([part.render(fields) for part in self._parts])
        pictures = self.illustrations.shown(pictures)
        fields = with_values(fields, pictures)
        parts = [part.render(fields) for part in self._parts]
        return self._package.pack(parts, self.illustrations.members(pictures))

    def parts(
        self, fields: Fields, pictures: Pictures = NO_PICTURES
    ) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of each part that differs from letter to letter, the body first."""
        if self.choices:
            fields = with_choices(fields, self.choices)
        if self.illustrations.places:
            fields = with_values(fields, self.illustrations.shown(pictures))
        for part in self._parts:
            yield part.name, part.render(fields)

    @property
    def varying(self) -> frozenset[str]:
        """The names of the parts that `parts` yields."""
        return frozenset(part.name for part in self._parts)


def _read(data: bytes) -> WordDocument:
    try:
        return read_document(data)
    except (RecursionError, Refused):
        raise
    except Exception as error:  # A damaged file breaks the reader in any way.
        raise refused("damaged") from error


def _compiled_parts(document: WordDocument) -> list[CompiledPart]:
    try:
        sources = part_sources(document.data)
    except (RecursionError, Refused):
        raise
    except Exception as error:
        raise refused("damaged") from error
    return [CompiledPart(source, document.expressions) for source in sources]
