"""Finding what an argument of a command names."""

from django.utils.translation import gettext as _

from contacts.errors import Refused
from interactions.models import LoggedSegment


def find_logged_segment(number: str) -> LoggedSegment:
    """Return the logged segment with the number. Raises `Refused` when there is none."""
    found = LoggedSegment.objects.called(number).first()
    if found is None:
        message = _("There is no logged segment %(number)s.")
        raise Refused(message % {"number": number})
    return found
