"""Cancel logged segments or interactions, or un-cancel them."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import ngettext

from contacts.management.base import JSONCommand
from interactions import many, operations
from interactions.management.log_lookup import (
    add_what,
    entries_meant,
    logged_segments,
    refuse_both,
)


class Command(JSONCommand):
    help = (
        "Cancel logged segments, or interactions: they stay in the log and no longer count. All "
        "that are named, or none. Example: manage.py cancel SM00012"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_what(parser)
        parser.add_argument(
            "--undo", action="store_true", help="Un-cancel instead. Example: cancel SM00012 --undo"
        )
        super().add_arguments(parser)

    @transaction.atomic
    def act(self, **options: Any) -> dict[str, Any]:
        refuse_both(options)
        if options["entries"]:
            act = many.uncancel_many if options["undo"] else many.cancel_many
            return {"entries": act(entries_meant(options["entries"]), by=None)}
        segments = logged_segments(options["segments"])
        for segment in segments:
            if options["undo"]:
                operations.uncancel_logged_segment(segment, by=None)
            else:
                operations.cancel_logged_segment(segment, by=None)
        return {"segments": [segment.number for segment in segments]}

    def say(self, result: dict[str, Any]) -> str:
        if "segments" in result:
            return ", ".join(result["segments"])
        count = result["entries"]
        return ngettext("%(count)s interaction.", "%(count)s interactions.", count) % {
            "count": count
        }
