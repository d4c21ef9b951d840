"""SMTP that knows how far it came: what was never handed over can be sent again."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class Interrupted(Exception):  # noqa: N818 -- nobody knows whether it is an error
    """The connection broke after the message was handed over and before the server answered."""


class _HandingOver:
    """Tells a connection that breaks with the message in its hands from all others."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPDataError:  # The server has answered: it did not take it.
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise Interrupted(str(error)) from error
        return answer


class _SMTP(_HandingOver, smtplib.SMTP):
    pass


class _SMTPOverTLS(_HandingOver, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, with connections that raise `Interrupted`."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SMTPOverTLS if self.use_ssl else _SMTP
