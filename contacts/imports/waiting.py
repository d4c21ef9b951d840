"""A file that was uploaded and looked at, and waits for the word to be imported."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, BinaryIO, Self, cast
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

KEY = "waiting_import"
FOLDER = "imports"
# A file that nobody confirmed for so long is removed when the next one comes.
PATIENCE = timedelta(days=1)


@dataclass
class WaitingFile:
    """One per session. `path` is where the storage keeps it, "" if none is waiting."""

    name: str = ""
    path: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, session: Any) -> Self:
        """The file that waits in `session`."""
        return cls(**session.get(KEY, {}))

    @classmethod
    def keep(cls, session: Any, file: File[bytes]) -> Self:
        """Store an uploaded file and remember it in `session`."""
        _sweep()
        digest = _sha256(file)
        file.seek(0)
        path = default_storage.save(f"{FOLDER}/{uuid4().hex}.csv", file)
        waiting = cls(name=file.name or "", path=path, sha256=digest)
        session[KEY] = asdict(waiting)
        return waiting

    def claim(self, session: Any) -> bool:
        """Take the file out of the queue; False if another click, at the same moment, did.

        The mark of it stays until it is swept, for the click that comes late.
        """
        marker = f"{self.path}.taken"
        if default_storage.save(marker, ContentFile(b"")) != marker:
            return False
        session.pop(KEY, None)
        return True

    def is_the_one(self, sha256: str) -> bool:
        """Whether this file, with just this content, is waiting still."""
        if not self.path or sha256 != self.sha256 or not default_storage.exists(self.path):
            return False
        with self.open() as file:
            return _sha256(file) == sha256

    def open(self) -> BinaryIO:
        return cast(BinaryIO, default_storage.open(self.path, "rb"))

    def discard(self) -> None:
        """Remove the file from the storage; it waits no more."""
        if self.path:
            default_storage.delete(self.path)


def _sha256(file: Any) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()


def _sweep() -> None:
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < timezone.now() - PATIENCE:
            default_storage.delete(path)
