"""What became of one e-mail that was handed to the mail server, and why."""

import smtplib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from interactions.models import DeliveryState

from .smtp import Interrupted

LONGEST_REASON = 500
TEMPORARY = range(400, 500)
Answer = tuple[int, bytes | str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A state of an entry with its reason. `of_server`: the others would fare no better now."""

    state: DeliveryState
    reason: str = ""
    of_server: bool = False


SENT = Outcome(DeliveryState.SENT)


def outcome_of(error: Exception) -> Outcome:
    """Return what `error`, raised while an e-mail was sent, means for it.

    Queued means that it was not taken and may be tried again; unknown that it may have been.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answered(next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _server(_words((error.smtp_code, error.smtp_error)))
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered((error.smtp_code, error.smtp_error))
    if isinstance(error, ValueError):  # An address or a subject that no e-mail can have.
        return Outcome(DeliveryState.FAILED, str(error)[:LONGEST_REASON])
    if isinstance(error, smtplib.SMTPServerDisconnected):  # Before it was handed over.
        return _server(str(error))
    return interrupted(error)


def interrupted(error: Exception | None = None) -> Outcome:
    """Return the outcome of an e-mail that was perhaps sent."""
    reason = _("Interrupted while it was being sent: it may have arrived, or not.")
    if isinstance(error, Interrupted) or error is None:
        return Outcome(DeliveryState.UNKNOWN, reason)
    return Outcome(DeliveryState.UNKNOWN, f"{reason} ({error})"[:LONGEST_REASON])


def no_connection(error: Exception) -> Outcome:
    """Return the outcome when the mail server is not to be reached: nothing was handed over."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _server(_words((error.smtp_code, error.smtp_error)))
    return _server(str(error) or type(error).__name__)


def _answered(answer: Answer) -> Outcome:
    temporary = answer[0] in TEMPORARY
    # 421: the server closes the connection, whoever is written to.
    state = DeliveryState.QUEUED if temporary else DeliveryState.FAILED
    return Outcome(state, _words(answer), of_server=answer[0] == 421)


def _server(reason: str) -> Outcome:
    return Outcome(DeliveryState.QUEUED, reason[:LONGEST_REASON], of_server=True)


def _words(answer: Answer) -> str:
    code, text = answer
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())}"[:LONGEST_REASON]
