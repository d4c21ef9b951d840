"""One table of hostile documents: how each is built, and what its refusal says.

Every row is tried at every door by which a document comes in. Tags in a finished letter are text:
those rows are for templates alone.
"""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import docx

from . import documents

RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@cache
def fine() -> bytes:
    """A document that every door lets in."""
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Dear {{ contact.name }}"
    return documents.saved(document)


class Hostile(NamedTuple):
    """`build` makes it; `reason` stands in the refusal; `tags` whether only a template is hurt."""

    build: Callable[[], bytes]
    reason: str
    tags: bool = False


def tagged(tag: str) -> Callable[[], bytes]:
    def build() -> bytes:
        document = docx.Document()
        document.add_table(rows=1, cols=1).cell(0, 0).text = tag
        return documents.saved(document)

    return build


def titled(tag: str) -> Callable[[], bytes]:
    def build() -> bytes:
        document = docx.Document(io.BytesIO(fine()))
        document.core_properties.title = tag
        return documents.saved(document)

    return build


def with_doctype(member: str, doctype: str) -> Callable[[], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"?>", b"?>" + doctype.encode(), 1) if name == member else content

    return lambda: documents.rezipped(fine(), change=change)


def related(kind: str, target: str) -> Callable[[], bytes]:
    relation = (
        f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    ended = f"{relation}</Relationships>"
    return lambda: documents.replaced(fine(), RELS, "</Relationships>", ended)


def adding(name: str, content: bytes) -> Callable[[], bytes]:
    return lambda: documents.rezipped(fine(), add={name: content})


@cache
def zip_bomb() -> bytes:
    """300 MB of XML in some 300 kB."""
    spaces = b"<a>" + b" " * 300 * 2**20 + b"</a>"
    return documents.rezipped(fine(), add={"word/bomb.xml": spaces})


def huge_picture() -> bytes:
    """Its header says 900 million pixels; the file itself is small."""
    png = bytearray(documents.picture().getvalue())
    struct.pack_into(">II", png, 16, 30_000, 30_000)
    struct.pack_into(">I", png, 29, zlib.crc32(png[12:29]))
    return documents.rezipped(fine(), add={"word/media/image1.png": bytes(png)})


def fetching() -> bytes:
    document = docx.Document(io.BytesIO(fine()))
    run = document.add_paragraph().add_run()._r
    run.append(run.makeelement(f"{{{run.nsmap['w']}}}instrText", {}))
    run[0].text = "DDEAUTO c:\\\\cmd.exe"
    return documents.saved(document)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MAY_NOT = "may not be asked for"
NOT_ALLOWED = "is not allowed"
HOSTILE = {
    "code through classes": Hostile(
        tagged("{{ ''.__class__.__mro__[1].__subclasses__() }}"), MAY_NOT, True
    ),
    "code through globals": Hostile(
        tagged("{{ cycler.__init__.__globals__.os.popen('id') }}"), MAY_NOT, True
    ),
    "code in the title": Hostile(titled("{{ ''.__class__.__mro__ }}"), MAY_NOT, True),
    "a call": Hostile(tagged("{{ contact.clear() }}"), NOT_ALLOWED, True),
    "nested loops": Hostile(
        tagged("{% for a in contact.name %}" * 9 + "x" + "{% endfor %}" * 9),
        "loops go round",
        True,
    ),
    "a long loop": Hostile(tagged("{% for x in range(10**9) %}{% endfor %}"), NOT_ALLOWED, True),
    "a long list": Hostile(tagged("{{ ['x'] * 10**8 }}"), NOT_ALLOWED, True),
    "a long text": Hostile(tagged("{{ 'a' * 10**9 }}"), NOT_ALLOWED, True),
    "a wide text": Hostile(tagged("{{ 'a'|center(10**9) }}"), "no filter “center”", True),
    "a wide number": Hostile(tagged("{{ '%1000000000d' % 1 }}"), NOT_ALLOWED, True),
    "a wide format": Hostile(tagged("{{ '{:1000000000}'.format(1) }}"), NOT_ALLOWED, True),
    "a recursive macro": Hostile(
        tagged("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"), NOT_ALLOWED, True
    ),
    "deep parentheses": Hostile(
        tagged("{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}"), "nested too deeply", True
    ),
    "an entity bomb": Hostile(with_doctype("word/document.xml", ENTITIES), "not written as Word"),
    "an external entity": Hostile(with_doctype("docProps/core.xml", OUTSIDE), "not written as Wo"),
    "a zip bomb": Hostile(zip_bomb, "unpacks to far more"),
    "macros": Hostile(adding("word/vbaProject.bin", b"macro"), "contains macros"),
    "a linked picture": Hostile(related("image", "http://tracker.example/pixel.png"), "links to"),
    "a link to a file": Hostile(related("hyperlink", "file:///etc/passwd"), "links to"),
    "an attached template": Hostile(
        related("attachedTemplate", "file:///C:/evil.dotm"), "attached"
    ),
    "an embedded object": Hostile(
        adding("word/embeddings/oleObject1.bin", b"x"), "an embedded object"
    ),
    "a field that fetches": Hostile(fetching, "which fetches something"),
    "a huge picture": Hostile(huge_picture, "too many pixels"),
    "a damaged file": Hostile(lambda: fine()[: len(fine()) // 2], "damaged"),
}
