"""Messages about e-mails that were not delivered, as mail systems write them (RFC 3464)."""

import email
import email.policy
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Any

from .marks import marked_entry

# Where mail systems say whom a message was for: the address that came back has our mark in it.
RECIPIENTS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Failed-Recipients")
SENDERS = re.compile(r"mailer-daemon|postmaster|mail delivery (sub)?system", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
CODE = re.compile(r"\b([45]\d\d)[ -]")
# They say nothing against the address: mailbox full, message too long, content, policy.
NOT_OF_ADDRESS = ("5.2.2", "5.2.3", "5.3.4", "5.6.", "5.7.")
SUBJECTS = re.compile(
    r"undeliver|delivery (status|failure|has failed)|failure notice|returned mail|"
    r"mail delivery failed|delivery incomplete|kunne ikke leveres|unzustellbar|olevererbart",
    re.IGNORECASE,
)
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Report:
    """One e-mail of ours that came back. `failed`: it was given up; `hard`: the address is bad."""

    message_id: str
    entry: int
    failed: bool
    hard: bool
    status: str
    reason: str


def read_report(source: bytes) -> Report | None:
    """Return what the message reports of an e-mail of ours; None for any other message.

    Replies and holiday notices are none, though they refer to our e-mail as well.
    """
    message = email.message_from_bytes(source, policy=email.policy.default)
    said = _delivery_status(message) or _in_plain_words(message)
    if said is None or said["action"] not in ("failed", "delayed"):
        return None
    entry = marked_entry(" ".join(_places(message, source)))
    if entry is None:
        return None
    failed, status = said["action"] == "failed", said["status"]
    return Report(
        message_id=_message_id(message, source),
        entry=entry,
        failed=failed,
        hard=failed and status.startswith("5") and not status.startswith(NOT_OF_ADDRESS),
        status=status,
        reason=" ".join(said["reason"].split())[:LONGEST_REASON],
    )


def _message_id(message: Message, source: bytes) -> str:
    known = _header(message, "Message-ID")
    return known[:250] or hashlib.sha256(source).hexdigest()


def _header(message: Message, name: str) -> str:
    """A header as text; damaged ones are empty."""
    try:
        return " ".join(str(value) for value in message.get_all(name, []))
    except Exception:  # Whatever is wrong with a header of a stranger.
        return ""


def _delivery_status(message: Message) -> dict[str, str] | None:
    """What a report in the standard form says of the first recipient that it was about."""
    for part in message.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            blocks: Any = part.get_payload()
            for block in blocks if isinstance(blocks, list) else []:
                if said := _of_recipient(block):
                    return said
    return None


def _of_recipient(block: Message) -> dict[str, str] | None:
    action = _header(block, "Action").strip().lower()
    if not action:
        return None
    reason = _header(block, "Diagnostic-Code").partition(";")[2] or _header(block, "Status")
    found = STATUS.search(_header(block, "Status")) or STATUS.search(reason)
    return {"action": action, "status": found[1] if found else "", "reason": reason}


def _in_plain_words(message: EmailMessage) -> dict[str, str] | None:
    """What mail systems say that know no standard, such as qmail: in words, in the text."""
    from_system = SENDERS.search(_header(message, "From"))
    if not from_system or not SUBJECTS.search(_header(message, "Subject")):
        return None
    lines = _text(message).splitlines()
    telling = [line for line in lines if STATUS.search(line) or CODE.search(line)]
    reason = telling[0] if telling else next((line for line in lines if line.strip()), "")
    return {"action": "failed", "status": _status_in(reason), "reason": reason}


def _status_in(reason: str) -> str:
    if found := STATUS.search(reason):
        return found[1]
    code = CODE.search(reason)
    return f"{code[1][0]}.0.0" if code else "5.0.0"


def _text(message: EmailMessage) -> str:
    try:
        body = message.get_body(("plain", "html"))
        return str(body.get_content()) if body else ""
    except Exception:  # An unknown character set, a damaged part.
        return ""


def _places(message: Message, source: bytes) -> Iterator[str]:
    """Where our mark may be, the surest first: whom it came to, the original's Message-ID."""
    yield from _headers(message, RECIPIENTS)
    for part in message.walk():
        if part is not message:
            yield _header(part, "Message-ID")
            yield _header(part, "X-Original-Message-ID")
    yield from _headers(message, ("In-Reply-To", "References"))
    yield source.decode("ascii", errors="replace")


def _headers(message: Message, names: Iterable[str]) -> Iterator[str]:
    return (_header(message, name) for name in names)
