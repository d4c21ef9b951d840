"""Fields in a finished letter that nobody filled: it is sent as it is, fields and all."""

import re
from collections.abc import Iterator

from lxml import etree

from .package_parts import read_parts
from .word_fields.document import PLACES
from .word_fields.kinds import MERGE_KINDS, display, kind_of, with_inner
from .word_fields.structure import PARAGRAPH, TEXT, Element, find_fields, made_complex, stories

TAG = re.compile(r"\{\{[^{}]{1,200}\}\}|\{%[^{}%]{1,200}%\}")
MOST = 20


def unfilled_fields(data: bytes) -> list[str]:
    """Return the fields of ours and the merge fields of Word in a letter, as they stand there.

    Each once, at most twenty. `data` was found to be safe, see `check_letter`.
    """
    roots = (etree.fromstring(xml) for name, xml in read_parts(data).items() if _is_text(name))
    found = (field for root in roots if root.tag in PLACES for field in _in_part(root))
    return list(dict.fromkeys(found))[:MOST]


def _is_text(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml")


def _in_part(root: Element) -> Iterator[str]:
    for paragraph in root.iter(PARAGRAPH):
        text = "".join(piece.text or "" for piece in paragraph.iter(TEXT))
        yield from TAG.findall(text)
    made_complex(root, set(MERGE_KINDS))
    for story in stories(root):
        fields = with_inner(find_fields(story)[0])
        yield from (display(field) for field in fields if kind_of(field) in MERGE_KINDS)
