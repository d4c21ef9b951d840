"""E-mails as files that any mail program opens, where there is no mail server. Nobody gets them."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from interactions.letters.merge import safe_name


class EmailBackend(BaseEmailBackend):
    """Writes each e-mail into a file of `folder`, such as `20261122-104500 anna@….eml`."""

    def __init__(self, folder: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            to = safe_name(" ".join(message.recipients()))
            name = f"{timezone.localtime():%Y%m%d-%H%M%S} {to} {uuid.uuid4().hex[:8]}.eml"
            (self.folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)


def reaches_people() -> bool:
    """Whether e-mails are handed to a mail server, and not written into files."""
    backend = str(settings.MAILERS["default"]["BACKEND"])
    return not backend.startswith("interactions.delivery.files")
