"""Process bounces: e-mails that came back mark their interactions and addresses."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions.delivery import mailbox
from interactions.delivery.bounces import Found, process


class Command(JSONCommand):
    help = (
        "Read the mailbox that undeliverable e-mails come back to. What failed for good marks its "
        "interaction as failed and takes the address out of use, until a person says so. A "
        "message that was processed before changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mbox",
            metavar="FILE",
            help="Read an mbox file or a Maildir folder instead of the mailbox that "
            "BOUNCE_MAILBOX names. Example: --mbox /var/mail/bounces",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be marked; change nothing."
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        self.dry_run = dry_run = options["dry_run"]
        if options["mbox"]:
            path = Path(options["mbox"])
            found, _ours = process(mailbox.messages_in_file(path), dry_run=dry_run)
            return asdict(found)
        return asdict(self._from_imap(dry_run))

    def _from_imap(self, dry_run: bool) -> Found:
        if not settings.BOUNCE_MAILBOX:
            raise Refused(_("No mailbox: set BOUNCE_MAILBOX, or name a file with --mbox."))
        with mailbox.imap(settings.BOUNCE_MAILBOX) as box:
            found, ours = process(box.messages(), dry_run=dry_run)
            if not dry_run:
                box.done_with(ours)
        return found

    def say(self, result: dict[str, Any]) -> str:
        said = _(
            "Messages: %(messages)s. Addresses taken out of use: %(hard)s. Failures that may pass: "
            "%(soft)s. Known before: %(known)s. Not about our e-mails: %(others)s."
        )
        tried = _("Nothing was changed; this is what would be.") + " " if self.dry_run else ""
        return tried + said % result
