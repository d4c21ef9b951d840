"""Make the demo data: a company one would believe in, with any number of contacts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import formats
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from segments_app.demo import progress
from segments_app.demo.base import make_base
from segments_app.demo.crowd import make_contacts
from segments_app.demo.history import make_segments, others_are_here
from segments_app.demo.staff import ACCOUNTS, COMPANY, PASSWORD, Account

CONTACTS = 5_000


class Command(JSONCommand):
    help = (
        "Make the demo data, the same on every machine. Run again it changes nothing, or adds "
        "contacts up to a larger number. It never changes or deletes what others made. The demo's "
        "users have a password that everybody knows: not for an installation others can reach."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--contacts",
            type=int,
            default=CONTACTS,
            metavar="N",
            help=f"How many contacts there shall be, {CONTACTS} unless told. Example: "
            "--contacts 100000",
        )

    def act(self, **options: Any) -> dict[str, Any]:
        if options["contacts"] < 1:
            raise CommandError(_("--contacts: at least 1."))
        _refuse_untranslated()
        users = make_base()
        contacts = self._make_contacts(options["contacts"], options["verbosity"])
        segments = [] if others_are_here() else list(make_segments())
        return {
            "contacts": contacts,
            "segments": sum(not plan.is_logged for plan in segments),
            "logged_segments": sum(plan.is_logged for plan in segments),
            "users": [user.username for user in users],
        }

    def _make_contacts(self, count: int, verbosity: int) -> int:
        before = reached = progress.reached(progress.CONTACTS)
        for reached in make_contacts(count):
            if verbosity > 1:
                self.stderr.write(_("%(count)s contacts") % {"count": _number(reached)})
        return max(reached - before, 0)

    def say(self, result: dict[str, Any]) -> str:
        if not any(result.values()):
            return "\n".join(
                (_("The demo data is here already. Nothing was changed."), *_accounts())
            )
        return "\n".join((*_made(result), *_accounts()))


def _refuse_untranslated() -> None:
    """The demo writes sentences in every language, and they stay as they are written."""
    for code, name in settings.LANGUAGES:
        files = (Path(folder) / code / "LC_MESSAGES" for folder in settings.LOCALE_PATHS)
        if any(
            (file / "django.po").exists() and not (file / "django.mo").exists() for file in files
        ):
            reason = _("The texts in %(language)s are not compiled. Run: make setup")
            raise Refused(reason % {"language": name})


def _made(result: dict[str, Any]) -> list[str]:
    return [
        _("Made for %(company)s:") % {"company": COMPANY["name"]},
        _("  %(count)s contacts") % {"count": _number(result["contacts"])},
        _("  %(count)s segments in work") % {"count": _number(result["segments"])},
        _("  %(count)s logged segments") % {"count": _number(result["logged_segments"])},
    ]


def _accounts() -> list[str]:
    """Who can sign in. A user who was there before the demo keeps the password they had."""
    line = _("Sign in as one of these, with the password %(password)s unless it was changed:")
    return [
        line % {"password": PASSWORD},
        *(f"  {account.username:8} {_role(account)}" for account in ACCOUNTS),
    ]


def _role(account: Account) -> str:
    return account.role or _("administrator")


def _number(count: int) -> str:
    return formats.number_format(count, force_grouping=True)
