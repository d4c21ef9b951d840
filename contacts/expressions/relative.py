"""What days and periods reckoned from today are called in a sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as ngettext

from .calendar import Moved, Period, Unit

AGO = {
    Unit.DAY: ngettext("%(count)s day ago", "%(count)s days ago", "count"),
    Unit.WEEK: ngettext("%(count)s week ago", "%(count)s weeks ago", "count"),
    Unit.MONTH: ngettext("%(count)s month ago", "%(count)s months ago", "count"),
    Unit.YEAR: ngettext("%(count)s year ago", "%(count)s years ago", "count"),
}
AHEAD = {
    Unit.DAY: ngettext("in %(count)s day", "in %(count)s days", "count"),
    Unit.WEEK: ngettext("in %(count)s week", "in %(count)s weeks", "count"),
    Unit.MONTH: ngettext("in %(count)s month", "in %(count)s months", "count"),
    Unit.YEAR: ngettext("in %(count)s year", "in %(count)s years", "count"),
}
WITHIN_LAST = {
    Unit.DAY: ngettext("in the last %(count)s day", "in the last %(count)s days", "count"),
    Unit.WEEK: ngettext("in the last %(count)s week", "in the last %(count)s weeks", "count"),
    Unit.MONTH: ngettext("in the last %(count)s month", "in the last %(count)s months", "count"),
    Unit.YEAR: ngettext("in the last %(count)s year", "in the last %(count)s years", "count"),
}
WITHIN_NEXT = {
    Unit.DAY: ngettext("in the next %(count)s day", "in the next %(count)s days", "count"),
    Unit.WEEK: ngettext("in the next %(count)s week", "in the next %(count)s weeks", "count"),
    Unit.MONTH: ngettext("in the next %(count)s month", "in the next %(count)s months", "count"),
    Unit.YEAR: ngettext("in the next %(count)s year", "in the next %(count)s years", "count"),
}
LONGER_AGO = {
    Unit.DAY: ngettext("more than %(count)s day ago", "more than %(count)s days ago", "count"),
    Unit.WEEK: ngettext("more than %(count)s week ago", "more than %(count)s weeks ago", "count"),
    Unit.MONTH: ngettext(
        "more than %(count)s month ago", "more than %(count)s months ago", "count"
    ),
    Unit.YEAR: ngettext("more than %(count)s year ago", "more than %(count)s years ago", "count"),
}
PERIODS = {
    Period(0, Unit.WEEK): _("this week"),
    Period(0, Unit.MONTH): _("this month"),
    Period(0, Unit.QUARTER): _("this quarter"),
    Period(0, Unit.YEAR): _("this year"),
    Period(-1, Unit.WEEK): _("last week"),
    Period(-1, Unit.MONTH): _("last month"),
    Period(-1, Unit.QUARTER): _("last quarter"),
    Period(-1, Unit.YEAR): _("last year"),
    Period(1, Unit.WEEK): _("next week"),
    Period(1, Unit.MONTH): _("next month"),
    Period(1, Unit.QUARTER): _("next quarter"),
    Period(1, Unit.YEAR): _("next year"),
}
NAMED = {Moved(0): _("today"), Moved(-1): _("yesterday"), Moved(1): _("tomorrow")}
TODAY = Moved(0)


def said(meant: Moved | Period) -> str:
    """Return what the day or period is called: "today", "90 days ago", "last month"."""
    if isinstance(meant, Period):
        return str(PERIODS[meant])
    if meant in NAMED:
        return str(NAMED[meant])
    return _counted(AGO if meant.count < 0 else AHEAD, meant)


def said_range(first: object, last: object) -> str:
    """Return what a range to or from today is called, "" if it has no name of its own."""
    if isinstance(first, Moved) and last == TODAY and first.count < 0:
        return _counted(WITHIN_LAST, first)
    if isinstance(last, Moved) and first == TODAY and last.count > 0:
        return _counted(WITHIN_NEXT, last)
    return ""


def said_before(meant: object) -> str:
    """Return what the days before `meant` are called, "" if they have no name of their own."""
    far = isinstance(meant, Moved) and meant.count < 0
    return _counted(LONGER_AGO, meant) if far and isinstance(meant, Moved) else ""


def _counted(names: Mapping[Unit, Promise], meant: Moved) -> str:
    return str(names[meant.unit] % {"count": abs(meant.count)})
