"""Steps as they are written on a command line: read first, all of them, done afterwards."""

from collections.abc import Callable
from functools import partial

from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.errors import Refused
from interactions.models import LoggedSegment
from segments_app.criteria import Criteria, CriteriaError
from segments_app.models import SavedCriteria, Segment
from segments_app.operations import (
    add_contacts,
    reduce_contacts,
    refine_contacts,
    reuse_criteria,
    reuse_logged_segment,
)
from segments_app.selection import AddOptions, RemoveOptions

from .lookup import find

# Does the step to a segment.
Act = Callable[[Segment], object]
OFF = frozenset({"", "0", "false", "no", "off"})
OPTIONS: dict[str, type[AddOptions] | type[RemoveOptions]] = {
    "add": AddOptions,
    "reduce": RemoveOptions,
    "refine": RemoveOptions,
}
OPERATIONS: dict[str, Callable[..., object]] = {
    "add": add_contacts,
    "reduce": reduce_contacts,
    "refine": refine_contacts,
}
OPTION_NAMES = AddOptions.names() | RemoveOptions.names()


def read_step(kind: str, value: str) -> Act:
    """Return what does the step. Raises `Refused` when `value` cannot be understood.

    `kind` is the name of the option: "add", "reduce", "refine", "criteria" or "from-logged".
    """
    if kind == "criteria":
        saved = find(SavedCriteria.objects.all(), value, _("saved criteria"))
        return partial(reuse_criteria, saved=saved, by=None)
    if kind == "from-logged":
        known = LoggedSegment.objects.defer("snapshot")
        logged = find(known, value, _("logged segment"), key="number")
        return partial(reuse_logged_segment, logged=logged, by=None)
    return _read_criteria(kind, value)


def _read_criteria(kind: str, text: str) -> Act:
    try:
        criteria = Criteria.from_query_string(text)
        options = OPTIONS[kind].of(_options_in(kind, text))
    except CriteriaError as error:
        place = {"option": f"--{kind}", "text": text, "reason": error}
        raise Refused(_("%(option)s “%(text)s”: %(reason)s") % place) from error
    return partial(OPERATIONS[kind], criteria=criteria, options=options, by=None)


def _options_in(kind: str, text: str) -> dict[str, bool]:
    """The options that the page writes beside the conditions, such as `expand_companies=on`."""
    given = QueryDict(text.removeprefix("?"))
    chosen = {name: given[name].lower() not in OFF for name in given if name in OPTION_NAMES}
    if foreign := sorted(set(chosen) - OPTIONS[kind].names()):
        names = {"names": ", ".join(foreign), "known": ", ".join(sorted(OPTIONS[kind].names()))}
        raise CriteriaError([_("%(names)s is no option here; %(known)s is.") % names])
    return chosen
