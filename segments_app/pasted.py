"""A pasted list of contact numbers and e-mail addresses: whom it names, and what it does not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact
from contacts.models.contact import ContactQuerySet
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet

MOST = 10_000
AT_ONCE = 1000
SEPARATORS = re.compile(r"[\s,;<>\"']+")


@dataclass(frozen=True)
class Ambiguous:
    """A text of the list that several contacts answer to."""

    text: str
    contacts: list[Contact]


@dataclass
class Pasted:
    """`keys` are those of the contacts that were found, each once, in the order of the list."""

    keys: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[Ambiguous] = field(default_factory=list)

    @property
    def contacts(self) -> ContactQuerySet:
        return Contact.objects.filter(pk__in=self.keys)

    def lines(self, segment: Segment) -> SegmentLineQuerySet:
        """The lines on the sheet of those who were found."""
        return segment.sheet().filter(contact__in=self.keys)


def read_list(text: str) -> Pasted:
    """Find the contacts that a list names, at most `MOST` texts.

    The texts stand one below the other, or with commas, semicolons or spaces between. An e-mail
    address is that of a contact or its second one, in any case; so is a number. Raises `Refused`.
    """
    texts = list(dict.fromkeys(filter(None, SEPARATORS.split(text.replace("\0", "")))))
    if len(texts) > MOST:
        message = _("The list has %(count)s entries; at most %(most)s can be read at once.")
        raise Refused(message % {"count": len(texts), "most": MOST})
    found: dict[str, list[int]] = {}
    for some in batched(texts, AT_ONCE, strict=False):
        for known, key in (*_by_number(some), *_by_email(some)):
            keys = found.setdefault(known, [])
            keys += [] if key in keys else [key]
    return _sorted_out(texts, found)


def _by_number(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    numbers = {spelling for text in texts if "@" not in text for spelling in (text, text.upper())}
    for number, key in Contact.objects.known_by("number", numbers).values_list("number", "pk"):
        yield number.casefold(), key


def _by_email(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    emails = {text.lower() for text in texts if "@" in text}
    if not emails:
        return
    for name in ("email", "email_2"):
        for email, key in Contact.objects.known_by(name, emails).values_list(name, "pk"):
            yield email.casefold(), key


def _sorted_out(texts: Sequence[str], found: dict[str, list[int]]) -> Pasted:
    pasted, several = Pasted(), dict[str, list[int]]()
    for text in texts:
        keys = found.get(text.casefold(), [])
        if not keys:
            pasted.unknown.append(text)
        elif len(keys) > 1:
            several[text] = keys
        else:
            pasted.keys.append(keys[0])
    pasted.keys = list(dict.fromkeys(pasted.keys))
    by_key = Contact.objects.in_bulk([key for keys in several.values() for key in keys])
    pasted.ambiguous = [Ambiguous(text, [by_key[k] for k in ks]) for text, ks in several.items()]
    return pasted
