"""Folding: the spelling under which names are searched, equal on every database."""

import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ł": "l", "œ": "oe"})


def fold(text: str) -> str:
    """Return `text` without case, accents and repeated white space: "Sørensen " -> "sorensen"."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())
