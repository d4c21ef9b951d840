"""Find what a command line names, or refuse with the nearest that there is."""

from difflib import get_close_matches
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts.errors import Refused
from interactions.models import LoggedSegment
from segments_app.errors import AlreadyLogged
from segments_app.models import Segment


def find(objects: QuerySet[Any], name: str, what: str, *, key: str = "code") -> Any:
    """Return the object whose `key` is `name`. `what` is the word for such objects.

    Raises `Refused` when there is none, or when it is blocked.
    """
    found = objects.filter(**{key: name}).first()
    if found is None:
        raise Refused(_missing(name, what, objects.values_list(key, flat=True)))
    if getattr(found, "blocked", False):
        raise Refused(_("The %(what)s %(name)s is blocked.") % {"what": what, "name": name})
    return found


def find_segment(number: str) -> Segment:
    """Return the segment `number`. Raises `Refused`, or `AlreadyLogged` when it was logged."""
    if LoggedSegment.objects.numbered(number).exists():
        raise AlreadyLogged(number)
    segment: Segment = find(Segment.objects.all(), number, _("segment"), key="number")
    return segment


def _missing(name: str, what: str, known: QuerySet[Any, Any]) -> str:
    names = {str(key).lower(): key for key in known.order_by()}
    near = get_close_matches(name.lower(), names, 1)
    words = {"what": what, "name": name, "near": names[near[0]] if near else ""}
    if near:
        return _("There is no %(what)s “%(name)s”. Did you mean “%(near)s”?") % words
    return _("There is no %(what)s “%(name)s”.") % words
