"""Whether a file is a Word document that is safe to open, read before anything in it is used."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import docx
from lxml import etree
from PIL import Image, UnidentifiedImageError

from .members import DEFLATED, STORED
from .problems import refused

MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * 2**20
MAX_XML_PART = 30 * 2**20
# An honest part of Word's packs 50 times at most; only parts that are large at all are asked.
MAX_RATIO = 200
RATIO_FROM = 2**20
MAX_PIXELS = 50_000_000

ZIP_START = b"PK\3\4"
OLD_WORD_START = b"\xd0\xcf\x11\xe0"
ENCRYPTED = 0x1
CONTENT_TYPES = "[Content_Types].xml"
WORD_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
XML_SUFFIXES = (".xml", ".rels", ".vml", ".svg")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
MACROS = ("macroenabled", "vbaproject", "vbadata")
OBJECTS = ("oleobject", "activex", "/package", "afchunk", "/control", "subdocument", "frame")
OBJECT_FOLDERS = ("word/embeddings/", "word/activex/")
LINK_SCHEMES = ("http", "https", "mailto")
# Relations to the list of recipients of Word's mail merge, and what opens it.
DATA_SOURCE = re.compile(r"/mailmerge(?:source|headersource|recipientdata)$", re.IGNORECASE)
CONNECTIONS = ("connectString", "query", "dataSource", "headerSource", "odso")
# Fields of Word that fetch or start something when the letter is opened.
FETCHING_FIELD = re.compile(
    r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UTF_8 = re.compile(
    rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8|us-ascii)""", re.I
)


def refuse_unsafe(data: bytes, max_size: int, *, data_source: bool = False) -> None:
    """Raise `Refused` unless `data` is a .docx that can be read and does nothing by itself.

    Sizes are read from the archive's directory before anything is unpacked. With `data_source` it
    may be connected to a list of recipients, as Word's mail merge leaves it.
    """
    if len(data) > max_size:
        raise refused("too_big", limit=_megabytes(max_size))
    if data.startswith(OLD_WORD_START):
        raise refused("old_format")
    if not data.startswith(ZIP_START):
        raise refused("not_word")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_unsafe_members(archive.infolist())
            _refuse_unsafe_contents(archive, data_source=data_source)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, etree.XMLSyntaxError):
        raise refused("damaged") from None
    except (ValueError, zlib.error, struct.error, RuntimeError):
        raise refused("damaged") from None


def _megabytes(size: int) -> str:
    return str(max(size // 2**20, 1))


def _refuse_unsafe_members(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename.lower() for info in infos]
    if len(names) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise refused("bomb")
    if len(set(names)) < len(names):
        raise refused("duplicate_members")
    for info in infos:
        _refuse_unsafe_member(info)


def _refuse_unsafe_member(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED:
        raise refused("encrypted")
    if info.compress_type not in (STORED, DEFLATED) or not _is_plain_path(info.filename):
        raise refused("damaged")
    if info.file_size > MAX_XML_PART and _is_xml(info.filename):
        raise refused("bomb")
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size:
        raise refused("bomb")


def _is_plain_path(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _is_xml(name: str) -> bool:
    return name.lower().endswith(XML_SUFFIXES)


def _refuse_unsafe_contents(archive: zipfile.ZipFile, *, data_source: bool) -> None:
    _refuse_unsafe_types(archive)
    for name in archive.namelist():
        content = archive.read(name)
        lowered = name.lower()
        if lowered.endswith("vbaproject.bin"):
            raise refused("macros")
        if lowered.startswith(OBJECT_FOLDERS):
            raise refused("embedded_object")
        if _is_xml(name):
            _refuse_unsafe_xml(name, content, data_source=data_source)
        elif lowered.endswith(PICTURE_SUFFIXES):
            _refuse_huge_picture(name, content)


def _refuse_unsafe_types(archive: zipfile.ZipFile) -> None:
    if CONTENT_TYPES not in archive.namelist():
        raise refused("not_word")
    content = archive.read(CONTENT_TYPES)
    _refuse_doctype(CONTENT_TYPES, content)
    elements = _elements(content)
    types = [element.get("ContentType", "") for element in elements]
    # Word reads a part by its declared type, we by its name: they must agree.
    for element in elements:
        name, type_ = element.get("PartName", ".xml"), element.get("ContentType", "").lower()
        if type_.endswith(("+xml", "/xml")) and not _is_xml(name):
            raise refused("damaged")
    if any(word in type_.lower() for type_ in types for word in MACROS):
        raise refused("macros")
    if WORD_TEMPLATE in types:
        raise refused("word_template")
    if WORD_DOCUMENT not in types:
        raise refused("not_word")


def _refuse_unsafe_xml(name: str, content: bytes, *, data_source: bool) -> None:
    _refuse_doctype(name, content)
    if name.lower().endswith(".rels"):
        for relationship in _elements(content):
            kind = relationship.get("Type", "")
            if not DATA_SOURCE.search(kind):
                _refuse_unsafe_relationship(relationship)
            elif not data_source:
                raise refused("data_source")
    elif not data_source and b"mailMerge" in content and _asks_for_data(content):
        raise refused("data_source")
    elif b"instr" in content:
        _refuse_fetching_fields(content)


def _asks_for_data(content: bytes) -> bool:
    merging = etree.fromstring(content).find(f"{W}mailMerge")
    return merging is not None and any(merging.find(W + name) is not None for name in CONNECTIONS)


def _elements(content: bytes) -> list[etree._Element]:
    """The elements of a part's root; comments between them are nothing to us."""
    return list(etree.fromstring(content).iterchildren(tag=etree.Element))


def _refuse_doctype(name: str, content: bytes) -> None:
    """Also an encoding in which a DOCTYPE would not be seen; Word writes UTF-8."""
    hidden = b"\0" in content or UTF_8.match(content)
    if hidden or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refused("doctype", part=name)


def _refuse_unsafe_relationship(relationship: etree._Element) -> None:
    kind = relationship.get("Type", "").lower()
    target = relationship.get("Target", "")
    if kind.endswith("/attachedtemplate"):
        raise refused("attached_template", target=target)
    if any(word in kind for word in MACROS):
        raise refused("macros")
    if kind.endswith(OBJECTS):
        raise refused("embedded_object")
    external = relationship.get("TargetMode", "").lower() == "external"
    if external and not _is_plain_link(kind, target):
        raise refused("external_target", target=target)


def _is_plain_link(kind: str, target: str) -> bool:
    return kind.endswith("/hyperlink") and urlsplit(target.strip()).scheme in LINK_SCHEMES


def _refuse_fetching_fields(content: bytes) -> None:
    for instruction in _instructions(etree.fromstring(content)):
        if match := FETCHING_FIELD.match(instruction):
            raise refused("fetching_field", field=match[1].upper())


def _instructions(root: etree._Element) -> Iterator[str]:
    """The instructions of Word's fields. Word splits them into runs as it likes."""
    for field in root.iter(f"{W}fldSimple"):
        yield field.get(f"{W}instr", "")
    for paragraph in root.iter(f"{W}p"):
        text = ""
        for element in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            if element.tag == f"{W}instrText":
                text += element.text or ""
            else:
                yield text
                text = ""
        yield text


def _refuse_huge_picture(name: str, content: bytes) -> None:
    """Only the picture's header is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=PICTURE_FORMATS) as picture:
                width, height = picture.size
    except Image.DecompressionBombError:
        raise refused("huge_picture", picture=PurePosixPath(name).name) from None
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise refused("damaged_picture", picture=PurePosixPath(name).name) from None
    if width * height > MAX_PIXELS:
        raise refused("huge_picture", picture=PurePosixPath(name).name)


def is_readable(data: bytes) -> bool:
    """Whether a document that was found safe opens, and has a body."""
    try:
        return docx.Document(io.BytesIO(data)).element.body is not None
    except Exception:  # Whatever a damaged document can make a reader do.
        return False
