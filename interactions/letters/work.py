"""A folder in which letters are made: what was asked for, the parts, and the result.

What is in the folder is enough to go on after any interruption: parts that are there are whole.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from . import manifest
from .frozen import Numbered, freeze, thaw, thaw_shared
from .making import ROWS, Check, Maker
from .members import member_of
from .merge import Merger
from .output import Format, Options, Part, parts
from .pdf import join
from .shared import Shared
from .zip_stream import ZipStream

OPTIONS = "options.json"
COPY = 2**18


class Work:
    """The work in `folder`. `begin` it once, `make` it as often as needed, take the `result`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def begin(
        cls, folder: Path, letters: Iterable[Numbered], shared: Shared, options: Options
    ) -> "Work":
        """Keep in `folder`, which is made, what is asked for, as it is now."""
        folder.mkdir(mode=0o700, parents=True)
        work = cls(folder)
        count = freeze(folder, letters, shared)
        values = {"count": count, "options": options.as_json(), "language": get_language()}
        (folder / OPTIONS).write_text(json.dumps(values), encoding="utf-8")
        (folder / "parts").mkdir()
        return work

    @cached_property
    def _asked(self) -> dict[str, Any]:
        asked: dict[str, Any] = json.loads((self.folder / OPTIONS).read_text(encoding="utf-8"))
        return asked

    @property
    def count(self) -> int:
        """How many letters were asked for."""
        return int(self._asked["count"])

    @cached_property
    def options(self) -> Options:
        return Options.from_json(self._asked["options"])

    @property
    def parts(self) -> list[Part]:
        return list(parts(self.count, self.options))

    def _folder(self, part: Part) -> Path:
        return self.folder / "parts" / f"{part.place:05d}"

    @property
    def made(self) -> int:
        """How many letters lie in parts that are whole."""
        return sum(part.last - part.first for part in self.parts if self._folder(part).exists())

    def make(self, *, check: Check, report: Callable[[int], None]) -> Path:
        """Make the parts that are missing, then put all together; return the file.

        `report` is told how many letters are made. `check` is called often, and what it raises
        ends the work; the parts made so far stay. Raises `DocumentError`, `NotConverted`.
        """
        # File names and headings in the language of who asked, also in the worker.
        with override(self._asked["language"]):
            self._make_parts(check, report)
            return self._put_together(check)

    def _make_parts(self, check: Check, report: Callable[[int], None]) -> None:
        maker = Maker(self.options, Merger(thaw_shared(self.folder)), check)
        for part in self.parts:
            if not self._folder(part).exists():
                letters = list(thaw(self.folder, part.first, part.last))
                maker.make(part, letters, self._folder(part))
            check()
            report(part.last)

    def _put_together(self, check: Check) -> Path:
        batches = self._batches()
        if self.options.format == Format.PDF:
            batches = {batch: [self._one_pdf(files)] for batch, files in batches.items()}
        files = [file for each in batches.values() for file in each]
        if len(files) == 1 and not self.options.manifest and not self._always_zip:
            with self._result(files[0].suffix) as stream, files[0].open("rb") as file:
                shutil.copyfileobj(file, stream, COPY)
            return self.folder / f"result{files[0].suffix}"
        return self._zip(batches, check)

    @property
    def _always_zip(self) -> bool:
        return self.options.format in (Format.WORD_FILES, Format.PDF_FILES)

    def _batches(self) -> dict[str, list[Path]]:
        """The files, by the folder in the zip file that they go to."""
        batches: dict[str, list[Path]] = {}
        for part in self.parts:
            files = sorted((self._folder(part) / "files").iterdir())
            batches.setdefault(part.folder, []).extend(files)
        return batches

    def _one_pdf(self, files: list[Path]) -> Path:
        if len(files) == 1:
            return files[0]
        first, last = files[0].stem.split("-")[0], files[-1].stem.split("-")[-1]
        whole = self._folder(self.parts[0]).parent / f"{first}-{last}.pdf"
        join(files, whole)
        return whole

    def _zip(self, batches: dict[str, list[Path]], check: Check) -> Path:
        with self._result(".zip") as stream:
            archive = ZipStream()
            for folder, files in batches.items():
                for file in files:
                    if file.suffix == ".zip":
                        _add_all(archive, stream, file)
                    else:
                        _add(archive, stream, folder, file)
                    check()
            if self.options.manifest:
                rows = manifest.whole(self._folder(part) / ROWS for part in self.parts)
                stream.writelines(archive.member(_("manifest.csv"), rows))
            stream.writelines(archive.end())
        return self.folder / "result.zip"

    @contextmanager
    def _result(self, suffix: str) -> Iterator[IO[bytes]]:
        """A file that becomes the result when it is whole."""
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as stream:
            try:
                yield stream.file
                stream.flush()
                Path(stream.name).replace(self.folder / f"result{suffix}")
            finally:
                Path(stream.name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what the result was made of; the letters can still be asked for again."""
        shutil.rmtree(self.folder / "parts", ignore_errors=True)


def _add(archive: ZipStream, stream: IO[bytes], folder: str, path: Path) -> None:
    stream.writelines(archive.member(folder + path.name, path.read_bytes()))


def _add_all(archive: ZipStream, stream: IO[bytes], path: Path) -> None:
    """What is in the archive at `path`, which is one of ours, as it lies there."""
    with path.open("rb") as file, zipfile.ZipFile(file) as part:
        files = [(member_of(info), info.header_offset) for info in part.infolist()]
        archive.take_over(files, part.start_dir)
        file.seek(0)
        left = part.start_dir
        while left:
            left -= stream.write(file.read(min(left, COPY)))
