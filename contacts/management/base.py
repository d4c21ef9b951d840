"""Commands that speak to people or, with --json, to programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.errors import Refused


class JSONCommand(BaseCommand):
    """A command that does one act: `act()` returns the result as plain data, `say()` tells it.

    With --json the result is one object on standard output. A `Refused` raised by `act()` becomes
    one line on standard error and exit status 1; `act()` must have changed nothing then.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="Print the result as one JSON object, for programs.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self.act(**options)
        except Refused as refusal:
            if options["json"] and refusal.result is not None:
                self._print(refusal.result)
            raise CommandError(" ".join(str(refusal).split())) from refusal
        except UnicodeError as error:
            raise CommandError("An argument is not readable text. Nothing was changed.") from error
        if options["json"]:
            self._print(result)
        else:
            self.stdout.write(self.say(result))

    def _print(self, result: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def act(self, **options: Any) -> dict[str, Any]:
        """Do it, and return the result as it is printed with --json. Raises `Refused`."""
        raise NotImplementedError

    def say(self, result: dict[str, Any]) -> str:
        """Return the result as a line for people."""
        raise NotImplementedError
