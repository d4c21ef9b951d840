"""Fonts that a Word document needs and this machine lacks."""

import io
import shutil
import subprocess
import zipfile
from functools import cache, lru_cache

from lxml import etree

from interactions.models import Document

from .wordml import W

# Fonts as wide as the ones they stand in for: lines break at the same places.
STANDS_IN = {
    "arial": "liberation sans",
    "calibri": "carlito",
    "cambria": "caladea",
    "courier": "liberation mono",
    "courier new": "liberation mono",
    "helvetica": "liberation sans",
    "times new roman": "liberation serif",
}
KINDS = (f"{W}ascii", f"{W}hAnsi")
PARTS = ("word/document", "word/header", "word/footer", "word/styles")


def missing_fonts(data: bytes) -> list[str]:
    """Return the names of the fonts that Word file `data` uses and LibreOffice does not find.

    One that another of the same widths stands in for is not missing. Empty where nobody can tell.
    """
    known = _known_fonts()
    if not known:
        return []
    used = _used_fonts(data)
    return sorted(
        name
        for name in used
        if name.lower() not in known and STANDS_IN.get(name.lower(), "") not in known
    )


@lru_cache(maxsize=200)
def fonts_lacking_for(document: int) -> tuple[str, ...]:
    """Return the missing fonts of a stored document, which never changes."""
    found = Document.objects.filter(pk=document).first()
    try:
        return tuple(missing_fonts(found.read())) if found else ()
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return ()


def _used_fonts(data: bytes) -> set[str]:
    fonts: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(PARTS) and name.endswith(".xml"):
                fonts |= _fonts_in(etree.fromstring(archive.read(name)))
    return fonts


def _fonts_in(root: etree._Element) -> set[str]:
    elements = root.iter(f"{W}rFonts")
    return {each.get(kind) for each in elements for kind in KINDS if each.get(kind)}


@cache
def _known_fonts() -> frozenset[str]:
    """Families that fontconfig lists, in small letters."""
    program = shutil.which("fc-list")
    if not program:
        return frozenset()
    listed = subprocess.run(  # noqa: S603 -- a program of the system, no arguments from outside
        [program, ":", "family"], capture_output=True, text=True, timeout=30, check=False
    ).stdout
    families = (name for line in listed.splitlines() for name in line.split(","))
    return frozenset(name.strip().lower() for name in families)
