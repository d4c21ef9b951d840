"""Making letters in parts: each part's files lie in a folder of their own when they are whole."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from interactions.models import Document

from .archive import named_letters
from .combinable import Combinable
from .covers import cover_template
from .frozen import Numbered
from .joining import Group, Joining, key_of, write_group
from .labels import write_labels
from .libreoffice import convert
from .manifest import write_rows
from .merge import Merger, letter_file_name, naming, safe_name
from .output import Format, Options, Part, What
from .own_labels import OwnLabels
from .pdf import Batch, pages_of_letters, write_each, write_joined, write_one
from .sheets import SHEETS
from .zip_stream import ZipStream

ROWS = "rows.csv"
UNFINISHED = ".unfinished-"
BUFFER = 2**20
Check = Callable[[], None]


class Maker:
    """Makes the files of parts. `check` is called often; what it raises ends the work."""

    def __init__(self, options: Options, merger: Merger, check: Check = lambda: None) -> None:
        self._options = options
        self._merger = merger
        self._check = check
        self._cover: Combinable | None = None

    def make(self, part: Part, letters: Sequence[Numbered], folder: Path) -> None:
        """Make the files of one part. `folder` appears whole, or not at all.

        Raises `DocumentError` naming the letter that cannot be made, and `NotConverted`.
        """
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=UNFINISHED) as name:
            unfinished = Path(name)
            (unfinished / "files").mkdir()
            (unfinished / "work").mkdir()
            self._fill(part, letters, unfinished)
            shutil.rmtree(unfinished / "work")
            # Another worker may have been as quick; its files are as good.
            with suppress(FileExistsError, OSError):
                unfinished.rename(folder)
            unfinished.mkdir(exist_ok=True)

    def _fill(self, part: Part, letters: Sequence[Numbered], folder: Path) -> None:
        self._part = part
        names = self._ways[self._options.what](letters, folder)
        if self._options.manifest:
            write_rows(folder / ROWS, zip(letters, names, strict=True), self._merger)

    @property
    def _ways(self) -> dict[str, Callable[[Sequence[Numbered], Path], list[str]]]:
        """They return the name of the file that each letter is in."""
        letters = {
            Format.WORD_FILES: self._word_files,
            Format.WORD: self._word,
            Format.PDF: self._pdf,
            Format.PDF_FILES: self._pdf_files,
        }
        return {
            What.LETTERS: letters[Format(self._options.format)],
            What.COVERS: self._covers,
            What.LABELS: self._labels,
        }

    def _word_files(self, letters: Sequence[Numbered], folder: Path) -> list[str]:
        """All in one archive: to make a file of each takes longer than to make the letter."""
        names = []
        archive = ZipStream()
        with (folder / "files" / f"{_span(letters)}.zip").open("wb", BUFFER) as stream:
            for name, data in named_letters(letters, self._merger):
                self._check()
                stream.writelines(archive.member(self._part.folder + name, data))
                names.append(name)
            stream.writelines(archive.end())
        return names

    def _word(self, letters: Sequence[Numbered], folder: Path) -> list[str]:
        """One file, or as few as can be; a letter that cannot be joined is a file of its own."""
        names: dict[int, str] = {}
        for group in self._joining.groups(letters):
            joined = [letter for letter in letters if key_of(letter) in group.keys]
            name = self._joined_name(joined, group)
            write_group(folder / "files" / name, joined, group, self._merger, self._check)
            names |= {letter.number: name for letter in joined}
        for letter in letters:
            if letter.number not in names:
                self._check()
                names[letter.number] = letter_file_name(*letter)
                data = naming(letter.source, partial(self._merger.letter, letter.source))
                (folder / "files" / names[letter.number]).write_bytes(data)
        return [names[letter.number] for letter in letters]

    @cached_property
    def _joining(self) -> Joining:
        return Joining(self._merger, self._options)

    def _joined_name(self, letters: Sequence[Numbered], group: Group) -> str:
        """With the name of the document, if there is but one."""
        several = len(group.keys) > 1
        document = "" if several else self._merger.document_name(letters[0].source)
        return f"{_span(letters)} {safe_name(Path(document).stem)}".rstrip() + ".docx"

    def _pdf(self, letters: Sequence[Numbered], folder: Path) -> list[str]:
        pages = self._pages(letters, folder)
        name = f"{_span(letters)}.pdf"
        in_order = [pages[letter.number] for letter in letters]
        write_one(folder / "files" / name, in_order, new_sheet=self._options.new_sheet)
        return [name] * len(letters)

    def _pdf_files(self, letters: Sequence[Numbered], folder: Path) -> list[str]:
        pages = self._pages(letters, folder)
        names = [letter_file_name(*letter, ending=".pdf") for letter in letters]
        write_each(
            [
                (folder / "files" / name, pages[letter.number])
                for name, letter in zip(names, letters, strict=True)
            ]
        )
        return names

    def _pages(self, letters: Sequence[Numbered], folder: Path) -> Any:
        batch = Batch(letters, folder / "work")
        return pages_of_letters(batch, self._merger, self._options, self._check)

    def _covers(self, letters: Sequence[Numbered], folder: Path) -> list[str]:
        if self._cover is None:
            template = self._merger.prepared(self._own_document or cover_template())
            self._cover = Combinable(template, number=self._options.number)
        path = folder / "files" / f"{_span(letters)}.docx"
        write_joined(path, letters, self._cover, self._merger, self._check)
        return self._as_wanted(path, len(letters))

    def _labels(self, letters: Sequence[Numbered], folder: Path) -> list[str]:
        """Only the first part begins in the middle of a sheet."""
        first = self._options.first_label if self._part.place == 1 else 1
        fields = (self._merger.fields(letter.source) for letter in letters)
        path = folder / "files" / f"{_span(letters)}.docx"
        with path.open("wb") as stream:
            if self._own_document:
                OwnLabels(self._own_document).write(fields, stream, first)
            else:
                addresses = (each["contact"]["address_block"] for each in fields)
                write_labels(addresses, SHEETS[self._options.sheet], stream, first)
        return self._as_wanted(path, len(letters))

    @cached_property
    def _own_document(self) -> bytes | None:
        key = self._options.document
        return Document.objects.get(pk=key).read() if key else None

    def _as_wanted(self, path: Path, count: int) -> list[str]:
        if self._options.needs_libreoffice:
            (pdf,) = convert([path], path.parent, check=self._check)
            path.unlink()
            path = pdf
        return [path.name] * count


def _span(letters: Sequence[Numbered]) -> str:
    """The first and the last number, as a part of a file name."""
    first, last = letters[0].number, letters[-1].number
    return f"{first:04d}" if first == last else f"{first:04d}-{last:04d}"
