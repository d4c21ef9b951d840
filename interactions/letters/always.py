"""The fields that every letter of a template prints, so that an empty one leaves a gap."""

import zipfile
from collections.abc import Iterator

from jinja2 import TemplateError, nodes

from interactions.models import Document

from .grammar import ENVIRONMENT
from .parts import part_sources
from .problems import Refused
from .word_fields.document import read_document
from .word_fields.expressions import Expression
from .word_fields.translate import WORD

# What is within these is printed only sometimes, or has a text of its own for nothing.
SOMETIMES = (nodes.If, nodes.CondExpr)
DEFAULTS = ("d", "default")


# By the SHA-256 of documents, which never change.
KNOWN: dict[str, frozenset[str]] = {}


def always_printed(document: Document) -> frozenset[str]:
    """Return the dotted names of the fields that a document prints in every letter: those under no
    condition. None for one that cannot be read."""
    try:
        if document.sha256 not in KNOWN:
            KNOWN[document.sha256] = _readable(document.read())
        return KNOWN[document.sha256]
    except OSError:  # It is missing from the storage now.
        return frozenset()


def _readable(data: bytes) -> frozenset[str]:
    try:
        return frozenset(_always(data))
    except (Refused, TemplateError, zipfile.BadZipFile):
        return frozenset()


def _always(data: bytes) -> Iterator[str]:
    document = read_document(data)
    for source in part_sources(document.data):
        for name in _names(ENVIRONMENT.parse(source.xml)):
            group, _dot, field = name.partition(".")
            if group == WORD:
                yield from _of_word(document.expressions[field])
            else:
                yield name


def _of_word(expression: Expression) -> frozenset[str]:
    return frozenset() if isinstance(expression.node, SOMETIMES) else expression.fields


def _names(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, SOMETIMES) or (isinstance(node, nodes.Filter) and node.name in DEFAULTS):
        return
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        yield f"{node.node.name}.{node.attr}"
    for child in node.iter_child_nodes():
        yield from _names(child)
