"""What people want of their letters: which papers, in which files."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple, Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .sheets import SHEETS

LETTERS_IN_A_PART = {"word_files": 500, "word": 500, "pdf": 150, "pdf_files": 150}
SHEETS_IN_A_PART = 40
# More than this in one PDF, and putting it together takes too much memory.
LETTERS_IN_A_PDF = 3000


class What(TextChoices):
    """The paper."""

    LETTERS = "letters", gettext_lazy("Letters")
    COVERS = "covers", gettext_lazy("Cover sheets for window envelopes")
    LABELS = "labels", gettext_lazy("Labels")


class Format(TextChoices):
    """The files."""

    WORD_FILES = "word_files", gettext_lazy("A Word document for each (zip)")
    WORD = "word", gettext_lazy("One Word document for the printer")
    PDF = "pdf", gettext_lazy("One PDF")
    PDF_FILES = "pdf_files", gettext_lazy("A PDF for each (zip)")


@dataclass(frozen=True, slots=True)
class Options:
    """How the output is to be. `batch` is the letters in a batch, 0 for all in one.

    `document` is the id of a Word document of one's own for labels or cover sheets, 0 for ours, and
    `own_labels` how many labels a sheet of it has.
    """

    what: str = What.LETTERS
    format: str = Format.WORD_FILES
    batch: int = 0
    manifest: bool = False
    number: bool = False
    new_sheet: bool = False
    sheet: str = "L7160"
    first_label: int = 1
    document: int = 0
    own_labels: int = 0

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return the options that `as_json` wrote; what is not known any more is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def needs_libreoffice(self) -> bool:
        return self.format in (Format.PDF, Format.PDF_FILES)

    @property
    def labels_on_sheet(self) -> int:
        return self.own_labels or SHEETS[self.sheet].count

    @property
    def used_labels(self) -> int:
        """Labels of the first sheet that were used already."""
        return self.first_label - 1 if self.what == What.LABELS else 0

    @property
    def part_size(self) -> int:
        """Letters that are made in one go; when it fails, they are made again."""
        if self.what == What.LABELS:
            return self.labels_on_sheet * SHEETS_IN_A_PART
        return LETTERS_IN_A_PART[self.format]


class Part(NamedTuple):
    """A piece of the work: the letters from place `first` up to `last`.

    `place` and `batch` count the parts and the batches from 1; there are `batches` of them.
    """

    place: int
    batch: int
    first: int
    last: int
    batches: int = 1

    @property
    def folder(self) -> str:
        """The folder in the zip file that its files go to, with a stroke at its end, or ""."""
        return _("Batch %(number)s/") % {"number": f"{self.batch:02d}"} if self.batches > 1 else ""


def parts(count: int, options: Options) -> Iterator[Part]:
    """Yield the parts of `count` letters. None reaches over the end of a batch."""
    batch_size = options.batch or count or 1
    if options.format == Format.PDF:
        batch_size = min(batch_size, LETTERS_IN_A_PDF)
    index, first = 0, 0
    while first < count:
        index += 1
        batch_end = (first // batch_size + 1) * batch_size
        # Labels that were used already take room on the first sheet.
        size = options.part_size - (options.used_labels if index == 1 else 0)
        last = min(first + size, batch_end, count)
        yield Part(index, first // batch_size + 1, first, last, -(-count // batch_size))
        first = last
