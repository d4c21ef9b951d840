"""Find in the log what a command line names, or refuse."""

from typing import Any

from django.core.management.base import CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.errors import Refused
from interactions.chosen import ALL, matching
from interactions.filters import InteractionLogEntryFilter
from interactions.models import LoggedSegment

ENTRIES = (
    "Interactions instead: what stands behind the question mark in the address of the page of the "
    "log. Example: --entries 'campaign=3&date_to=2026-03-31'"
)

# What the address of the page may say besides, and what narrows nothing.
OF_A_PAGE = (ALL, "page")
WHOLE_LOG = ("canceled", "all")


def add_what(parser: CommandParser) -> None:
    """Let a command take logged segments, or conditions of the log."""
    parser.add_argument(
        "segments",
        nargs="*",
        metavar="SEGMENT",
        help="Numbers of logged segments. Example: SM00012 SM00013",
    )
    parser.add_argument("--entries", metavar="CONDITIONS", help=ENTRIES)


def entries_meant(conditions: str, *, canceled_too: bool = False) -> Any:
    """The interactions that meet conditions, unless these say otherwise without the canceled ones,
    or with them. Raises `Refused` for unknown conditions, and for none: they never mean all."""
    asked = _asked(conditions)
    if canceled_too:
        asked.setdefault("canceled", "all")
    return matching(asked)


def _asked(conditions: str) -> QueryDict:
    asked = QueryDict(conditions.removeprefix("?"), mutable=True)
    for name in OF_A_PAGE:
        asked.pop(name, None)
    known = list(InteractionLogEntryFilter.base_filters)
    if unknown := [name for name in asked if name not in known]:
        reason = _("The log cannot be asked for %(names)s. It can for %(known)s.")
        names = {"names": ", ".join(unknown), "known": ", ".join(known)}
        raise Refused(reason % names)
    if not any(str(value).strip() for name, value in asked.items() if (name, value) != WHOLE_LOG):
        raise Refused(_("Give conditions: without any it would be the whole log."))
    return asked


def logged_segments(numbers: list[str]) -> list[LoggedSegment]:
    """The logged segments with these numbers, in that order. Raises `Refused`."""
    found = {segment.number: segment for segment in LoggedSegment.objects.with_numbers(numbers)}
    if missing := [number for number in numbers if number not in found]:
        reason = _("There is no logged segment %(numbers)s.")
        raise Refused(reason % {"numbers": ", ".join(missing)})
    return [found[number] for number in dict.fromkeys(numbers)]


def refuse_both(options: dict[str, Any]) -> None:
    """Raises `Refused` unless either segments or conditions are given."""
    if options["segments"] and options["entries"]:
        raise Refused(_("Name logged segments, or give --entries, not both."))
    if not options["segments"] and options["entries"] is None:
        raise Refused(_("Name logged segments, or give --entries."))
