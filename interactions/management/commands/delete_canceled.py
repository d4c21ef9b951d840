"""Delete what is canceled: logged segments, or interactions."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from interactions import many, operations, told
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
        self.dry_run = options["dry_run"]
        with transaction.atomic():
            result = self._delete(options)
            transaction.set_rollback(self.dry_run)
        return result

    def _delete(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["entries"] is not None:
            return self._delete_entries(entries_meant(options["entries"], canceled_too=True))
        segments = logged_segments(options["segments"])
        if standing := [segment.number for segment in segments if not segment.canceled]:
            reason = _("Not canceled: %(numbers)s. Nothing was deleted.")
            raise Refused(reason % {"numbers": ", ".join(standing)})
        named = LoggedSegment.objects.with_numbers([segment.number for segment in segments])
        gone, stay = operations.delete_canceled_segments(named, by=None)
        return {"segments": gone, "entries_kept": stay}

    def _delete_entries(self, entries: Any) -> dict[str, Any]:
        """Those that are canceled; the others that match stay, and are counted."""
        meant, canceled = entries.count(), entries.canceled()
        gone = canceled.count() if self.dry_run else many.delete_canceled(canceled, by=None)
        return {"entries": gone, "not_canceled": meant - gone}

    def say(self, result: dict[str, Any]) -> str:
        if "segments" in result:
            done = told.WOULD_DELETE_SEGMENTS if self.dry_run else told.SEGMENTS_DELETED
            return told.segments_deleted(done, result["segments"], result["entries_kept"])
        done = told.WOULD_DELETE if self.dry_run else told.DELETED
        return told.counted((done, result["entries"]), (told.NOT_CANCELED, result["not_canceled"]))
