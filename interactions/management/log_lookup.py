"""Find in the log what a command line names, or refuse."""

from typing import Any

from django.core.management.base import CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.errors import Refused
from interactions.chosen import matching
from interactions.models import LoggedSegment

ENTRIES = (
    "Interactions instead: what stands behind the question mark in the address of the page of the "
    "log. Example: --entries 'campaign=3&date_to=2026-03-31'"
)


def add_what(parser: CommandParser) -> None:
    """Let a command take logged segments, or conditions of the log."""
    parser.add_argument(
        "segments",
        nargs="*",
        metavar="SEGMENT",
        help="Numbers of logged segments. Example: SM00012 SM00013",
    )
    parser.add_argument("--entries", metavar="CONDITIONS", help=ENTRIES)


def entries_meant(conditions: str) -> Any:
    """The interactions that meet conditions. Raises `Refused` for none, and unknown ones."""
    asked = QueryDict(conditions.removeprefix("?"))
    if not asked:
        raise Refused(_("Give conditions: without any it would be the whole log."))
    return matching(asked)


def canceled_too(conditions: str) -> str:
    """The same conditions, canceled interactions included unless the conditions say otherwise."""
    said = "canceled" in QueryDict(conditions.removeprefix("?"))
    return conditions if said or not conditions.strip("?") else f"{conditions}&canceled=all"


def logged_segments(numbers: list[str]) -> list[LoggedSegment]:
    """The logged segments with these numbers, in that order. Raises `Refused`."""
    found = {segment.number: segment for segment in LoggedSegment.objects.with_numbers(numbers)}
    if missing := [number for number in numbers if number not in found]:
        reason = _("There is no logged segment %(numbers)s.")
        raise Refused(reason % {"numbers": ", ".join(missing)})
    return [found[number] for number in dict.fromkeys(numbers)]


def refuse_both(options: dict[str, Any]) -> None:
    """Raises `Refused` unless either segments or conditions are given."""
    if bool(options["segments"]) == bool(options["entries"]):
        raise Refused(_("Name logged segments, or give --entries."))
