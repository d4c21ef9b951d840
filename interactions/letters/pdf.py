"""PDFs of letters: joined in few files, converted, and taken apart again at the bookmarks."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter

from .combinable import Combinable
from .combine import CombinedFile
from .frozen import Numbered
from .libreoffice import NotConverted, convert
from .merge import Merger, naming
from .output import Options
from .source import LetterSource

# LibreOffice writes them as names, with a stroke before.
BOOKMARK = re.compile(r"^/?E(\d+)$")


class Pages(NamedTuple):
    """Where a letter lies: in which PDF, from page `first` (0 is the first) up to `last`."""

    path: Path
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Letters of one PDF. `work` is a folder for what is made on the way."""

    letters: Sequence[Numbered]
    work: Path


def pages_of_letters(
    batch: Batch, merger: Merger, options: Options, check: Callable[[], None]
) -> dict[int, Pages]:
    """Make PDFs of the letters in `batch.work`; return where each letter lies, by number.

    Raises `DocumentError`, `NotConverted`, and what `check` raises.
    """
    files = _word_files(batch, merger, options, check)
    paths = convert(
        [file for file, _numbers in files],
        batch.work,
        check=check,
    )
    found: dict[int, Pages] = {}
    for path, (_file, numbers) in zip(paths, files, strict=True):
        found |= _pages(path, numbers)
    return found


def _word_files(
    batch: Batch, merger: Merger, options: Options, check: Callable[[], None]
) -> list[tuple[Path, list[int]]]:
    """One file for the letters of each template, and one for each letter that stands alone."""
    joined: dict[int, tuple[Path, list[Numbered], Combinable]] = {}
    alone: list[tuple[Path, list[int]]] = []
    for letter in batch.letters:
        check()
        template = naming(letter.source, partial(_combinable, letter, merger, options))
        if template is None:
            path = batch.work / f"letter-{letter.number}.docx"
            path.write_bytes(naming(letter.source, partial(merger.letter, letter.source)))
            alone.append((path, [letter.number]))
        else:
            key = letter.source.document or 0
            path = batch.work / f"template-{key}.docx"
            joined.setdefault(key, (path, [], template))[1].append(letter)
    for path, letters, template in joined.values():
        write_joined(path, letters, template, merger, check)
        alone.append((path, [letter.number for letter in letters]))
    return alone


def _combinable(letter: Numbered, merger: Merger, options: Options) -> Combinable | None:
    return merger.combinable(letter.source, for_pdf=True, new_sheet=False, number=options.number)


def write_joined(
    path: Path,
    letters: Sequence[Numbered],
    template: Combinable,
    merger: Merger,
    check: Callable[[], None],
) -> None:
    """Write one Word file of letters of the same template. Raises `DocumentError`."""
    with path.open("wb") as stream:
        file = CombinedFile(template, stream)
        for number, source in letters:
            check()
            naming(source, partial(_add, file, merger, number, source))
        file.close()


def _add(file: CombinedFile, merger: Merger, number: int, source: LetterSource) -> None:
    file.add(merger.fields(source), number, merger.pictures(source))


def _pages(path: Path, numbers: list[int]) -> dict[int, Pages]:
    reader = PdfReader(path)
    count = len(reader.pages)
    if len(numbers) == 1:
        return {numbers[0]: Pages(path, 0, count)}
    last_pages = _last_pages(reader)
    if [last_pages.get(number) for number in numbers] != sorted(last_pages.values()):
        raise NotConverted(_("LibreOffice did not keep the ends of the letters."))
    ends = [last_pages[number] + 1 for number in numbers]
    starts = [0, *ends]
    return {
        number: Pages(path, first, last)
        for number, first, last in zip(numbers, starts, ends, strict=False)
    }


def _last_pages(reader: PdfReader) -> dict[int, int]:
    """Number of a letter -> its last page (0 is the first of the file)."""
    by_reference = {
        page.indirect_reference.idnum: index
        for index, page in enumerate(reader.pages)
        if page.indirect_reference is not None
    }
    found = {}
    for name, destination in reader.named_destinations.items():
        if match := BOOKMARK.match(name):
            found[int(match[1])] = by_reference[destination.page.idnum]  # type: ignore[union-attr]
    return found


def write_one(path: Path, pages: Sequence[Pages], *, new_sheet: bool) -> None:
    """Put letters into one PDF, in their order; with `new_sheet` each on a sheet of its own."""
    if len({each.path for each in pages}) == 1 and _in_order(pages) and not new_sheet:
        pages[0].path.rename(path)
        return
    writer = PdfWriter()
    for each in pages if new_sheet else _runs(pages):
        writer.append(str(each.path), pages=(each.first, each.last), import_outline=False)
        if new_sheet and (each.last - each.first) % 2:
            writer.add_blank_page()
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    writer.write(path)
    writer.close()


def _in_order(pages: Sequence[Pages]) -> bool:
    return list(pages) == sorted(pages, key=lambda each: each.first)


def _runs(pages: Sequence[Pages]) -> Iterator[Pages]:
    """Neighbours of one file, taken together."""
    run: Pages | None = None
    for each in pages:
        if run and (run.path, run.last) == (each.path, each.first):
            run = run._replace(last=each.last)
            continue
        if run:
            yield run
        run = each
    if run:
        yield run


def write_each(pages: Sequence[tuple[Path, Pages]]) -> None:
    """Write each letter into a PDF of its own: path and where it lies."""
    readers: dict[Path, PdfReader] = {}
    for path, place in pages:
        reader = readers.setdefault(place.path, PdfReader(place.path))
        writer = PdfWriter()
        for page in reader.pages[place.first : place.last]:
            writer.add_page(page)
        writer.write(path)
        writer.close()


def join(paths: Sequence[Path], path: Path) -> None:
    """Put whole PDFs one after another into one."""
    writer = PdfWriter()
    for each in paths:
        writer.append(str(each), import_outline=False)
    writer.write(path)
    writer.close()
