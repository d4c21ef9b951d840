"""Mailboxes that bounces are read from: IMAP over TLS, or a file."""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from contacts.errors import Refused

SECONDS = 60
PORT = 993
# What is needed of a message stands at its beginning; the letter attached to it does not matter.
MOST_BYTES = 300_000


def messages_in_file(path: Path) -> Iterator[bytes]:
    """Yield the messages of an mbox file, or of a Maildir folder. Nothing is changed in it.

    Raises `Refused` when there is none.
    """
    if not path.exists():
        raise Refused(_("There is no mailbox %(path)s.") % {"path": path})
    box: Any = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path)
    try:
        for key in box.keys():  # noqa: SIM118 -- a mailbox yields messages, not keys
            yield box.get_bytes(key)[:MOST_BYTES]
    finally:
        box.close()


class Imap:
    """The unread messages of a mailbox. What is done with is marked as read, the rest is left."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self._connection = connection
        _ok, found = connection.uid("SEARCH", "UNSEEN", "UNDELETED")
        self._keys: list[bytes] = found[0].split() if found and found[0] else []

    def messages(self) -> Iterator[bytes]:
        """Yield the messages without marking them as read."""
        for key in self._keys:
            part = f"(BODY.PEEK[]<0.{MOST_BYTES}>)"
            _ok, answer = self._connection.uid("FETCH", key.decode(), part)
            found = (piece[1] for piece in answer if isinstance(piece, tuple))
            yield next(found, b"")

    def done_with(self, places: list[int]) -> None:
        """Mark as read the messages at these places, from 0."""
        for place in places:
            self._connection.uid("STORE", self._keys[place].decode(), "+FLAGS", "(\\Seen)")


@contextmanager
def imap(url: str) -> Iterator[Imap]:
    """Open the mailbox `imaps://user:password@host:993/INBOX`. Raises `Refused` if that fails."""
    parts = urlsplit(url)
    if parts.scheme != "imaps" or not parts.hostname:
        raise Refused(_("A mailbox is written as imaps://user:password@host/INBOX."))
    try:
        connection = imaplib.IMAP4_SSL(
            parts.hostname,
            parts.port or PORT,
            ssl_context=ssl.create_default_context(),
            timeout=SECONDS,
        )
        with connection:
            connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
            chosen, _said = connection.select(unquote(parts.path.strip("/")) or "INBOX")
            if chosen != "OK":
                raise Refused(_("There is no such folder in the mailbox."))
            yield Imap(connection)
    except (OSError, imaplib.IMAP4.error) as error:
        words = {"host": parts.hostname, "reason": error}
        raise Refused(_("The mailbox at %(host)s cannot be read: %(reason)s") % words) from error
