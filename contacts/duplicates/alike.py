"""When two contacts look like one: what they share, and how much alike their names are."""

import re
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from contacts.folding import fold
from contacts.models.duplicate import REASONS

# How sure sharing this alone makes us that two contacts are one (1 to 100). An address or phone is
# often shared by a family or an office; a name is not shared with it.
SCORES = {"vat_number": 90, "email": 85, "phone": 60, "name": 60}
# Names less alike than this (0 to 100) are two names.
SIMILAR = 87
LEGAL_FORMS = {
    *("as", "aps", "is", "ks", "ps", "amba", "fmba", "ivs", "holding"),
    *("ab", "oy", "asa", "gmbh", "ag", "kg", "ug", "ohg", "mbh", "bv", "nv"),
    *("ltd", "limited", "plc", "llc", "inc", "corp", "sa", "srl"),
}


@dataclass(frozen=True)
class Likeness:
    """How sure we are that two contacts are one (1 to 100), and what they share."""

    score: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """What they share, in the language of the page."""
        return [str(REASONS[reason]) for reason in self.reasons]


def likeness(one: Any, other: Any) -> Likeness | None:
    """Return how much two contacts of one type look alike, or None if they do not."""
    if one.type != other.type:
        return None
    names = name_similarity(one.name, other.name)
    reasons = [reason for reason, shared in _shared(one, other, names).items() if shared]
    if not reasons:
        return None
    score = min(99, max(SCORES[reason] for reason in reasons) + 10 * (len(reasons) - 1))
    if "vat_number" not in reasons:
        # Another name on the same phone or e-mail address is another person.
        score = round(score * (0.4 + 0.6 * names / 100))
    return Likeness(score, tuple(reasons))


def _shared(one: Any, other: Any, names: float) -> dict[str, bool]:
    return {
        "vat_number": bool(vat_key(one) and vat_key(one) == vat_key(other)),
        "email": bool(email_keys(one) & email_keys(other)),
        "phone": bool(phone_keys(one) & phone_keys(other)),
        "name": names >= SIMILAR and _same_place(one, other),
    }


def _same_place(one: Any, other: Any) -> bool:
    return bool(one.postal_code) and place_key(one) == place_key(other)


def name_similarity(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 100, whatever the order and spelling of words."""
    return fuzz.token_sort_ratio(name_key(one), name_key(other))


def name_key(name: str) -> str:
    """Return a name without case, accents, punctuation and legal form: "Lys A/S" -> "lys"."""
    words = re.sub(r"[^\w\s]", "", fold(name)).split()
    return " ".join(word for word in words if word not in LEGAL_FORMS) or " ".join(words)


def place_key(contact: Any) -> str:
    return re.sub(r"\W", "", contact.postal_code).upper()


def vat_key(contact: Any) -> str:
    """Return the VAT number as digits and letters, without the code of the country."""
    return re.sub(r"^[A-Z]{2}(?=\d)", "", re.sub(r"\W", "", contact.vat_number).upper())


def email_keys(contact: Any) -> set[str]:
    return {email.casefold() for email in (contact.email, contact.email_2) if email}


def phone_keys(contact: Any) -> set[str]:
    """Return the phone numbers as digits; those of less than six say nothing."""
    numbers = (re.sub(r"\D", "", phone) for phone in (contact.phone, contact.mobile))
    return {number for number in numbers if len(number) >= 6}
