"""Refusals of the worksheet. Each is a sentence for the person who asked; nothing was changed."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from segments_app.models import Segment, SegmentChange


class AlreadyLogged(Refused):
    """The segment was logged meanwhile, or is gone (R140, D13)."""

    way_on = "segments:list"

    def __init__(self, number: str) -> None:
        self.number = number
        message = _("Segment %(number)s is logged already, or was deleted. Nothing was changed.")
        super().__init__(message % {"number": number})


class NotSelectable(Refused):
    """A contact may not be put into a segment (D1)."""

    def __init__(self, contact: object, reason: str) -> None:
        message = _("%(contact)s cannot be added: %(reason)s.")
        super().__init__(message % {"contact": contact, "reason": reason})


class TookTooLong(Refused):
    """A preview was given up: the database needed longer than one waits for it."""

    template_name = "segments/took_too_long.html"

    def __init__(self, seconds: float) -> None:
        message = ngettext(
            "The preview was given up after %(count)s second.",
            "The preview was given up after %(count)s seconds.",
            round(seconds),
        )
        super().__init__(message % {"count": round(seconds)})


class Outdated(Refused):
    """Somebody changed the segment after the person who asks had looked at it.

    `changes` are what was changed since; the page that tells them offers to do it anyway, unless
    it would mean something else now and is not `repeatable`.
    """

    template_name = "segments/outdated.html"

    def __init__(
        self, segment: Segment, changes: list[SegmentChange], *, repeatable: bool = True
    ) -> None:
        self.segment = segment
        self.repeatable = repeatable
        self.changes = changes
        message = _("Segment %(number)s has changed since you looked. Nothing was done.")
        super().__init__(message % {"number": segment.number})


class CriteriaOutdated(Refused):
    """Somebody changed saved criteria after the person who changes them had looked."""

    way_on = "segments:saved_criteria_list"

    def __init__(self, code: str, who: object, when: datetime | None) -> None:
        message = _("%(who)s changed %(code)s meanwhile (%(when)s). Look at it, then save again.")
        at = date_format(localtime(when), "SHORT_DATETIME_FORMAT") if when else ""
        super().__init__(message % {"code": code, "who": who or _("Somebody"), "when": at})


class SegmentEmpty(Refused):
    """There is no line to log or to merge (R141)."""

    def __init__(self, number: str) -> None:
        message = _("Segment %(number)s has no lines. Add contacts first.")
        super().__init__(message % {"number": number})


class NoLetters(Refused):
    """The letters of a segment cannot be made, or there are none."""

    def __init__(self, number: str, reason: str) -> None:
        message = _("No letters of segment %(number)s were made: %(reason)s.")
        super().__init__(message % {"number": number, "reason": reason})


class BlockedByProblems(Refused):
    """Lines have problems that must be mended before the segment can be logged (D12)."""

    def __init__(self, number: str, problems: str) -> None:
        message = _("Segment %(number)s was not logged: %(problems)s.")
        super().__init__(message % {"number": number, "problems": problems})


class ContactGone(Refused):
    """Somebody deleted or merged a contact while its segment was being logged."""

    def __init__(self, number: str) -> None:
        message = _(
            "A contact was deleted or merged while segment %(number)s was being logged. Nothing "
            "was written: look at the segment, and log it again."
        )
        super().__init__(message % {"number": number})
