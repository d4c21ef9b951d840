"""A mail server of the test's own. What it does with an e-mail depends on whom it is for."""

import email
import email.policy
import logging
import threading
import time
from collections import Counter
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

# It tells every line of the protocol, which takes as long as the sending does.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class Handler:
    """Takes e-mails, refuses, delays and drops them.

    `refuse@` 550, `later@` 451 the first time, `slow@` waits, `drop@` closes the connection the
    first time before it is given the message, `lose@` when it has been given it, `keep@` too, but
    after having taken it; `content@` is refused after the message was read.
    """

    def __init__(self) -> None:
        self.received: list[tuple[str, str, bytes]] = []
        self.seen: Counter[str] = Counter()
        self.lock = threading.Lock()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, to: str, options: Any
    ) -> str:
        kind = to.split("-")[0].split("@")[0]
        first = self._is_first(to)
        if kind == "refuse":
            return "550 5.1.1 No such user here"
        if kind == "later" and first:
            return "451 4.7.1 Greylisted, come back later"
        if kind == "drop" and first:
            _hang_up(server)
            return "421 gone"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        kind = to.split("-")[0].split("@")[0]
        if kind == "slow":
            time.sleep(0.05)
        if kind == "content":
            return "554 5.7.1 Looks like spam"
        if kind == "lose":
            _hang_up(server)
            return "421 gone"
        with self.lock:
            self.received.append((envelope.mail_from, to, envelope.content))
        if kind == "keep":
            _hang_up(server)
            return "421 gone"
        return "250 OK"

    def _is_first(self, to: str) -> bool:
        with self.lock:
            self.seen[to] += 1
            return self.seen[to] == 1

    def to(self, address: str) -> list[EmailMessage]:
        """The e-mails that arrived at the address, as a mail program reads them."""
        return [
            email.message_from_bytes(source, policy=email.policy.default)
            for _from, to, source in self.received
            if to == address
        ]


def _hang_up(server: Any) -> None:
    server.transport.abort()


class Server(Controller):
    """`with Server() as server:`, then `server.handler.received` and `server.port`."""

    handler: Handler

    def __init__(self) -> None:
        super().__init__(Handler(), hostname="127.0.0.1", port=0)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _trigger_server(self) -> None:
        """Port 0 means any; only now it is known which."""
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()

    @property
    def mailers(self) -> dict[str, Any]:
        """The setting MAILERS for this server."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 5}
        backend = "interactions.delivery.smtp.EmailBackend"
        return {"default": {"BACKEND": backend, "OPTIONS": options}}
