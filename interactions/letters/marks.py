"""Marks in a template where each letter of a combined file has a number of its own."""

import re
import secrets

# Nobody's data can hold it: it is drawn anew by each process.
TOKEN = f"mg{secrets.token_hex(8)}"
MARK = re.compile(rb"%s([a-z])(\d+)x" % TOKEN.encode())


def mark(kind: str, index: int = 0) -> str:
    """Return a mark. `kind` is one small letter; `index` tells marks of a kind apart."""
    return f"{TOKEN}{kind}{index}x"


def is_marked(xml: bytes) -> bool:
    return TOKEN.encode() in xml
