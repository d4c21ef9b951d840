"""Where the storage keeps the file of an import, what is told of its rows, and its progress.

Progress and the wish to cancel are files, because a database transaction hides what it writes
until it ends, and SQLite lets nobody else write meanwhile.
"""

import json
from datetime import datetime
from typing import BinaryIO, cast
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

FOLDER = "imports"
PROGRESS = "progress.json"
CANCEL = "cancel"
SOURCE = "source"


class Folder:
    """The folder of one import in the storage."""

    def __init__(self, path: str) -> None:
        self.path = path

    @classmethod
    def of_upload(cls, file: File[bytes]) -> "Folder":
        """Store an uploaded file in a folder of its own."""
        folder = cls(f"{FOLDER}/{uuid4().hex}")
        default_storage.save(folder._name(SOURCE), file)
        return folder

    def _name(self, name: str) -> str:
        return f"{self.path}/{name}"

    def has(self, name: str) -> bool:
        return default_storage.exists(self._name(name))

    def open(self, name: str = SOURCE) -> BinaryIO:
        return cast(BinaryIO, default_storage.open(self._name(name), "rb").file)

    def create(self, name: str) -> BinaryIO:
        """Open a file for writing, and for reading what was written."""
        return cast(BinaryIO, default_storage.open(self._name(name), "wb+").file)

    def size(self, name: str) -> int:
        return default_storage.size(self._name(name)) if self.has(name) else 0

    def beat(self, done: float) -> None:
        """Say that the work goes on, and how much of it is done, from 0 to 1."""
        with self.create(PROGRESS) as file:
            file.write(json.dumps(round(done, 3)).encode())

    def done(self) -> float:
        """Return how much is done, 0 if nobody has begun."""
        try:
            with self.open(PROGRESS) as file:
                return float(json.load(file))
        except (OSError, ValueError):
            return 0

    def beaten_at(self) -> datetime | None:
        """Return when the work last gave a sign of life, None if it did not begin."""
        try:
            return default_storage.get_modified_time(self._name(PROGRESS))
        except OSError:
            return None

    def ask_to_cancel(self) -> None:
        if not self.has(CANCEL):
            default_storage.save(self._name(CANCEL), ContentFile(b""))

    def is_to_cancel(self) -> bool:
        return self.has(CANCEL)

    def forget(self) -> None:
        """Forget progress and cancellation: another run begins."""
        for name in (CANCEL, PROGRESS):
            default_storage.delete(self._name(name))

    def discard(self) -> None:
        """Remove the folder with all that is in it."""
        if not self.path or not default_storage.exists(self.path):
            return
        for name in default_storage.listdir(self.path)[1]:
            default_storage.delete(self._name(name))
        default_storage.delete(self.path)
