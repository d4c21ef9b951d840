"""Signed marks that lead from an e-mail back to its log entry: what is bounced, who unsubscribes.

Nobody can make one up, and none tells anything but its entry's key.
"""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "interactions.delivery"
BOUNCE, UNSUBSCRIBE = "bounce", "unsubscribe"
# Hexadecimal digits of a signature. A mark for bounces has to fit into 64 characters.
LENGTHS = {BOUNCE: 16, UNSUBSCRIBE: 32}
MARK = re.compile(r"\b(\d{1,18})\.([0-9a-f]{16})\b")


def sign(purpose: str, value: str) -> str:
    """Return the signature of `value` for the purpose, `BOUNCE` or `UNSUBSCRIBE`."""
    made: str = salted_hmac(f"{SALT}.{purpose}", value, algorithm="sha256").hexdigest()
    return made[: LENGTHS[purpose]]


def is_signed(purpose: str, value: str, signature: str) -> bool:
    return constant_time_compare(sign(purpose, value), signature)


def bounce_mark(entry: int) -> str:
    """Return the mark of an entry in its Message-ID and in the address that bounces go to."""
    return f"{entry}.{sign(BOUNCE, str(entry))}"


def marked_entry(text: str) -> int | None:
    """Return the key of the first entry that `text` holds a true mark of."""
    for key, signature in MARK.findall(text):
        if is_signed(BOUNCE, key, signature):
            return int(key)
    return None
