"""Cancel logged segments or interactions, or un-cancel them."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from contacts.management.base import JSONCommand
from interactions import many, operations, told
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
        self.undo = options["undo"]
        if options["entries"] is not None:
            return self._entries(entries_meant(options["entries"], canceled_too=True))
        segments = logged_segments(options["segments"])
        # What is so already is told apart: nothing is done about it.
        changing = [segment for segment in segments if segment.canceled == self.undo]
        for segment in changing:
            self._segment(segment)
        unchanged = [segment.number for segment in segments if segment not in changing]
        return {"segments": [segment.number for segment in changing], "unchanged": unchanged}

    def say(self, result: dict[str, Any]) -> str:
        if "segments" in result:
            return "\n".join(self._say_segments(result))
        done, left = result["entries"], result["unchanged"]
        if self.undo:
            return told.counted((told.UNCANCELED, done), (told.STAYS_CANCELED, left))
        return told.counted((told.CANCELED, done), (told.CANCELED_ALREADY, left))

    def _entries(self, entries: Any) -> dict[str, Any]:
        """How many of those that are meant were changed, and how many are canceled anyway."""
        if self.undo:
            done = many.uncancel_many(entries, by=None)
            return {"entries": done, "unchanged": entries.canceled().count()}
        before = entries.count()
        done = many.cancel_many(entries, by=None)
        return {"entries": done, "unchanged": before - done}

    def _segment(self, segment: Any) -> None:
        if self.undo:
            operations.uncancel_logged_segment(segment, by=None)
        else:
            operations.cancel_logged_segment(segment, by=None)

    def _say_segments(self, result: dict[str, Any]) -> list[str]:
        done, same = told.SEGMENT_CANCELED, told.SEGMENT_CANCELED_ALREADY
        if self.undo:
            done, same = told.SEGMENT_UNCANCELED, told.SEGMENT_COUNTS_ALREADY
        sentences = [(done, number) for number in result["segments"]]
        sentences += [(same, number) for number in result["unchanged"]]
        return [sentence % {"number": number} for sentence, number in sentences]
