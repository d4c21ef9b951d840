"""Folding: the spelling under which names are searched, equal on every database."""

import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ł": "l", "œ": "oe"})


def fold(text: str) -> str:
    """Return `text` without case, accents and repeated white space: "Sørensen " -> "sorensen"."""
    return " ".join(_plain(text.casefold()).split())


def _plain(text: str) -> str:
    # Most texts are plain already, or become so by the table; that is ten times as fast.
    if text.isascii() or (text := text.translate(LETTERS)).isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
