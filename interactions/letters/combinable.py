"""A template made ready for its letters to be joined in one Word file (`combine`)."""

from collections.abc import Sequence
from typing import Self

from .apart import apart
from .engine import LetterTemplate
from .joinable import has_marks, joinable
from .sections import Sections


class Combinable:
    """A template whose letters can be joined. Made once, used for any number of files."""

    def __init__(
        self, data: bytes, *, for_pdf: bool = False, new_sheet: bool = False, number: bool = False
    ) -> None:
        self.source = joinable(data, pages_by_bookmark=for_pdf, number=number)
        self.template = LetterTemplate.load(self.source.data)
        names = sorted(set(self.source.headers.values()))
        marked = {name: has_marks(self.source.data, name) for name in names}
        self.marked = {
            name: xml
            for name, xml in marked.items()
            if xml is not None and name not in self.template.varying
        }
        self.own = [name for name in names if name in self.template.varying or name in self.marked]
        self.sections = Sections(
            self.source.body, self._own_relations(), notes=self.has_notes, new_sheet=new_sheet
        )

    @classmethod
    def together(cls, templates: Sequence[bytes], **options: bool) -> list[Self]:
        """Return templates whose letters can stand in one file, the first letter one of the first.

        Raises `NotTogether` where letters would not look as they do alone.
        """
        return cls.side_by_side(apart(templates), **options)

    @classmethod
    def side_by_side(cls, files: Sequence[bytes], **options: bool) -> list[Self]:
        """Return templates that were told `Apart`."""
        made = [cls(data, **options) for data in files]
        used = set().union(*(each.sections.used for each in made))
        for each in made:
            each.sections.used = used
        return made

    def _own_relations(self) -> dict[str, int]:
        headers = self.source.headers
        return {key: self.own.index(name) for key, name in headers.items() if name in self.own}

    @property
    def has_notes(self) -> bool:
        """Whether it has foot- or endnotes."""
        return bool(self.source.notes)
