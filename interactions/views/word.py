"""Word files as downloads, one or many, and as uploads."""

import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_response(data: bytes, name: str) -> FileResponse:
    """Hand over the Word document `data` as a download called `name`."""
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=WORD)


def zip_response(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """Hand over a zip file as a download called `name`, while it is being made."""
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def uploaded_bytes(file: UploadedFile[Any]) -> bytes:
    """Return the bytes of an uploaded document; of one that is too big, enough to see that."""
    return bytes(file.read(settings.MAX_DOCUMENT_SIZE + 1))
