"""One e-mail: from whom to whom, with what headers (RFC 5322, RFC 8058)."""

import email.message
import email.policy
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _

from interactions.letters.merge import safe_name
from interactions.letters.shared import Values
from interactions.models import CompanyInformation, InteractionLogEntry

from .attachments import Attachment
from .body import Body
from .marks import UNSUBSCRIBE, bounce_mark, sign

LONGEST_LINE = 998


def unsubscribe_link(entry: InteractionLogEntry) -> str:
    """Return the address of the page on which whoever got the entry's e-mail wants no more."""
    who = f"{entry.pk}-{entry.contact_id}"
    path = reverse("interactions:unsubscribe", args=[who, sign(UNSUBSCRIBE, who)])
    return f"{settings.SITE_URL}{path}"


def our_address() -> str:
    """Return the address that e-mails are from, as it is now; "" where none is set."""
    return settings.EMAIL_FROM or CompanyInformation.ours().email


class Email(EmailMultiAlternatives):
    """Headers are folded where there is a blank, or not at all.

    Python would write a long address as an encoded word, and no mail program unsubscribes there.
    """

    def message(self, *, policy: Any = email.policy.default) -> email.message.EmailMessage:
        return super().message(policy=policy.clone(max_line_length=LONGEST_LINE, cte_type="7bit"))


def message(
    entry: InteractionLogEntry,
    *,
    to: str,
    subject: str,
    said: Body,
    company: Values,
    attachment: Attachment | None,
) -> Email:
    """Return the e-mail of the entry, ready to be sent. Raises `ValueError` for a bad address."""
    sender = settings.EMAIL_FROM or _address(company["name"], company["email"] or our_address())
    made = Email(
        subject=subject,
        body=said.plain,
        from_email=_envelope(entry, sender),
        to=[_address(entry.contact.name if entry.contact else "", to)],
        reply_to=_reply_to(entry),
        headers={"From": sender, **_headers(entry, sender)},
    )
    made.attach_alternative(said.html, "text/html")
    if attachment:
        name = safe_name(subject) or entry.template.code
        made.attach(f"{name}{attachment.ending}", attachment.content, attachment.kind)
    return made


def _headers(entry: InteractionLogEntry, sender: str) -> dict[str, Any]:
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    attempt = entry.delivery_attempts + 1
    return {
        "Message-ID": f"<{bounce_mark(entry.pk)}.{attempt}@{domain}>",
        "List-Unsubscribe": f"<{unsubscribe_link(entry)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # No holiday notices, please (RFC 3834).
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }


def _envelope(entry: InteractionLogEntry, sender: str) -> str:
    """Where it comes back to: an address of its own for each entry, where there is a mailbox."""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{bounce_mark(entry.pk)}@{domain}" if domain else sender


def _reply_to(entry: InteractionLogEntry) -> list[str]:
    person = entry.salesperson
    return [_address(person.name, person.email)] if person.email else []


def _address(name: str, address: str) -> str:
    """Return `Name <address>`; a name is never more than a name, whatever is in it.

    Raises `ValueError` for what is no address.
    """
    plain = " ".join("".join(c for c in name if c.isprintable()).split())
    try:
        return str(Address(display_name=plain, addr_spec=address.strip()))
    except (MessageError, IndexError) as error:
        said = _("“%(address)s” is no e-mail address.") % {"address": address}
        raise ValueError(said) from error
