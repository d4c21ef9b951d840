"""Delete what is canceled: logged segments, or interactions."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions import many, operations
from interactions.management.log_lookup import (
    add_what,
    entries_meant,
    logged_segments,
    refuse_both,
)
from interactions.models import LoggedSegment


class Command(JSONCommand):
    help = (
        "Delete canceled logged segments, whose interactions stay in the log, canceled; or "
        "canceled interactions, for good. Example: manage.py delete_canceled SM00012"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_what(parser)
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would be deleted; write nothing. Example: SM00012 --dry-run",
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        refuse_both(options)
        with transaction.atomic():
            result = self._delete(options)
            transaction.set_rollback(options["dry_run"])
        return result

    def _delete(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["entries"]:
            # Canceled ones are hidden from the log unless they are asked for.
            entries = entries_meant(f"{options['entries']}&canceled=yes")
            if options["dry_run"]:
                return {"entries": entries.count()}
            return {"entries": many.delete_canceled(entries, by=None)}
        segments = logged_segments(options["segments"])
        if standing := [segment.number for segment in segments if not segment.canceled]:
            reason = _("Not canceled: %(numbers)s.") % {"numbers": ", ".join(standing)}
            raise Refused(reason)
        named = LoggedSegment.objects.with_numbers([segment.number for segment in segments])
        gone, stay = operations.delete_canceled_segments(named, by=None)
        return {"segments": gone, "entries_kept": stay}

    def say(self, result: dict[str, Any]) -> str:
        return ", ".join(f"{name}: {count}" for name, count in result.items())
