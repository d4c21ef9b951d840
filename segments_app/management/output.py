"""Files and folders that appear whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from contacts.errors import Refused


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write to another name beside `path`; it becomes `path` at the end, unless there is an error.

    A file of that name is replaced. Raises `Refused` when it cannot be written.
    """
    part = _beside(path)
    with _refusing(path):
        if path.is_dir():
            raise IsADirectoryError(None, _("It is a folder"))
        try:
            with part.open("xb") as stream:
                yield stream
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Fill a folder beside `path`; it becomes `path` at the end, unless there is an error.

    Raises `Refused` when it cannot be written, or when there is something at `path` already.
    """
    part = _beside(path)
    with _refusing(path):
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise FileExistsError(None, _("There is something already"))
        try:
            part.mkdir(parents=True)
            yield part
            part.rename(path)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _beside(path: Path) -> Path:
    path = path.resolve()
    return path.with_name(f".{path.name}.{os.getpid()}.part")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words = {"path": path, "reason": error.strerror or error}
        raise Refused(_("%(path)s cannot be written: %(reason)s.") % words) from error
