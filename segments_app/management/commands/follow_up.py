"""Create follow-up segments."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions.management.log_lookup import (
    add_what,
    entries_meant,
    logged_segments,
    refuse_both,
)
from interactions.models import InteractionTemplate, LoggedSegment
from segments_app import operations
from segments_app.management.lookup import find
from segments_app.models import Segment
from segments_app.operations import lines_count
from segments_app.whom import Whom


class Command(JSONCommand):
    help = (
        "Create a follow-up segment for each logged segment, or one for interactions. Prints the "
        "numbers. Example: manage.py follow_up SM00012 --whom not_responded"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_what(parser)
        parser.add_argument(
            "--whom",
            choices=Whom.values,
            default=Whom.ALL,
            help="Whom it is for; all without it. Example: --whom not_responded",
        )
        parser.add_argument(
            "--copy-header",
            action="store_true",
            help="Take the settings of the header along. Example: SM00012 --copy-header",
        )
        parser.add_argument(
            "--description", default="", help="What it is for. Example: --description Reminder"
        )
        parser.add_argument(
            "--template", metavar="CODE", help="Its template. Example: --template REMINDER"
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        refuse_both(options)
        if options["entries"] is not None:
            segments = [self._of_entries(options)]
        else:
            segments = self._of_all(self._named(options), options)
        told = [{"segment": each.number, "lines": lines_count(each)} for each in segments]
        return {"created": told}

    def _named(self, options: dict[str, Any]) -> list[LoggedSegment]:
        if options["template"]:
            raise Refused(_("--template goes with --entries; segments have their own."))
        return logged_segments(options["segments"])

    def _of_all(self, named: list[LoggedSegment], options: dict[str, Any]) -> list[Segment]:
        """For all of them, or for none."""
        numbers = [Segment.next_number() for _each in named]
        with transaction.atomic():
            pairs = zip(named, numbers, strict=True)
            return [self._of(logged, number, options) for logged, number in pairs]

    def _of(self, logged: LoggedSegment, number: str, options: dict[str, Any]) -> Segment:
        try:
            return self._created(logged, number, options)
        except Refused as refusal:
            raise Refused(f"{logged.number}: {refusal}") from refusal

    def _created(self, logged: LoggedSegment, number: str, options: dict[str, Any]) -> Segment:
        return operations.follow_up(
            logged,
            by=None,
            number=number,
            description=options["description"],
            copy_header=options["copy_header"],
            whom=options["whom"],
        )

    def _of_entries(self, options: dict[str, Any]) -> Segment:
        header = {}
        if code := options["template"]:
            templates = InteractionTemplate.objects.all()
            header["template"] = find(templates, code, _("interaction template"))
        return operations.follow_up_entries(
            entries_meant(options["entries"]),
            by=None,
            description=options["description"],
            whom=options["whom"],
            **header,
        )

    def say(self, result: dict[str, Any]) -> str:
        return "\n".join(each["segment"] for each in result["created"])
