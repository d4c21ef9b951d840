"""Search words: what a contact is found by, and what a typed text asks for, spelled one way.

A typed word finds the words that begin with it. Names, places, numbers, e-mail addresses and phone
numbers are cut by the same rules, so what is typed as it is written finds what is written.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from contacts.folding import fold

# The stored words of a contact are cut after so many characters.
MOST = 2000
# "A/S", "H.C." and "e.V." are one word each.
JOINED = re.compile(r"(?<=\b[^\W\d_])[./](?=[^\W\d_]\b)")
APOSTROPHES = str.maketrans("", "", "'’`´")
WORD = re.compile(r"[^\W_]+")
NOT_IN_ADDRESS = re.compile(r"[^\w@.+-]")
CODES = {str(code) for code in COUNTRY_CODE_TO_REGION_CODE}


NAMES = ("name", "name_2", "company_name", "city", "postal_code", "number")
EMAILS = ("email", "email_2")
PHONES = ("phone", "mobile")


def search_words(contact: Any) -> str:
    """Return the words that a contact is found by, as they are stored: the name comes first."""
    return _stored(
        chain(
            *map(plain_words, _texts(contact, NAMES)),
            *map(email_words, _texts(contact, EMAILS)),
            *map(phone_words, _texts(contact, PHONES)),
        )
    )


def _texts(contact: Any, fields: tuple[str, ...]) -> Iterator[str]:
    """Yield the fields that are set; one that the database will set by default is none yet."""
    values = (getattr(contact, field) for field in fields)
    return (value for value in values if isinstance(value, str))


def typed_words(text: str) -> list[str]:
    """Return the words a typed text asks for: "H.C. Ørsted 33 12" -> ["hc", "orsted", "3312"]."""
    if "@" not in text:
        return list(dict.fromkeys(plain_words(text)))
    addresses = [_address(part) for part in text.split() if "@" in part]
    others = " ".join(part for part in text.split() if "@" not in part)
    return list(dict.fromkeys([*filter(None, addresses), *plain_words(others)]))


@lru_cache(maxsize=10_000)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a name or a place. Numbers beside one another are one: "123 45"."""
    text = JOINED.sub("", fold(text.translate(APOSTROPHES))).replace("aa", "a")
    words = WORD.findall(text)
    return tuple(_with_numbers_joined(words) if any(map(str.isdecimal, words)) else words)


def _with_numbers_joined(words: list[str]) -> list[str]:
    joined = words[:1]
    for word in words[1:]:
        if word.isdecimal() and joined[-1].isdecimal():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _address(text: str) -> str:
    """Return an e-mail address, or what is typed of it, as one word."""
    return "" if text == "@" else NOT_IN_ADDRESS.sub("", fold(text))


def email_words(email: str) -> Iterator[str]:
    """Yield the address, its domain behind "@", and the parts of both."""
    if "@" in email:
        address = _address(email)
        yield address
        yield address[address.index("@") :]
        yield from plain_words(email)


def phone_words(phone: str) -> Iterator[str]:
    """Yield the digits of a phone number, with the code of the country and without."""
    digits = "".join(filter(str.isdecimal, phone))
    if digits:
        yield digits
        code = _country_code(digits) if phone.startswith("+") else ""
        yield digits[len(code) :].lstrip("0")


def _country_code(digits: str) -> str:
    return next((digits[:size] for size in (1, 2, 3) if digits[:size] in CODES), "")


def spellings(word: str) -> list[str]:
    """Return the typed word, and without the zeros that are dialled before a phone number."""
    bare = word.lstrip("0") if word.isdecimal() else word
    return [word] if bare in (word, "") else [word, bare]


def _stored(words: Iterable[str]) -> str:
    """Return words as they are stored: each once, in their order, with a space before each."""
    return "".join(f" {word}" for word in dict.fromkeys(words) if word)[:MOST]
