"""Files that come with an interaction: which are taken, and how they are kept."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import User

from .models import Document, EntryAttachment, InteractionLogEntry

ZIP, OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0",)
# End of the name -> how the bytes begin; empty for plain text.
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF8",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "docx": ZIP,
    "xlsx": ZIP,
    "pptx": ZIP,
    "odt": ZIP,
    "doc": OLE,
    "xls": OLE,
    "msg": OLE,
    "txt": (),
    "csv": (),
    "eml": (),
}


def attach_file(
    entry: InteractionLogEntry, file: File[bytes], *, by: User | None
) -> EntryAttachment:
    """Keep an uploaded file with the interaction.

    Raises `Refused` for a file that is empty, too large, or not of a kind that is taken; its bytes
    must be what its name says.
    """
    data = _checked(file)
    name = PurePath(file.name or "").name[-150:]
    document = Document.objects.store(data, name=name, by=by)
    return EntryAttachment.objects.create(entry=entry, document=document, name=name)


def _checked(file: Any) -> bytes:
    name = PurePath(file.name or "").name
    kind = name.rpartition(".")[2].lower()
    words = {"name": name, "kinds": ", ".join(BEGINNINGS)}
    if kind not in BEGINNINGS:
        raise Refused(_("“%(name)s” is not a kind of file that is taken: %(kinds)s.") % words)
    if file.size > settings.MAX_DOCUMENT_SIZE:
        words["limit"] = filesizeformat(settings.MAX_DOCUMENT_SIZE)
        raise Refused(_("“%(name)s” is larger than %(limit)s.") % words)
    data = bytes(file.read())
    if not data:
        raise Refused(_("“%(name)s” is empty.") % words)
    if not _begins_right(data, BEGINNINGS[kind]):
        raise Refused(_("“%(name)s” is damaged, or not what its name says.") % words)
    return data


def _begins_right(data: bytes, beginnings: tuple[bytes, ...]) -> bool:
    return data.startswith(beginnings) if beginnings else b"\0" not in data
