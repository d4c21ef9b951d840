"""What commands say of the e-mails of a logged segment."""

from django.utils.translation import gettext as _

from interactions.delivery.progress import Progress
from interactions.models import DeliveryState, LoggedSegment

LABELS = {code or "not_sent": label for code, label in DeliveryState.choices}


def with_states(sentence: str, segment: LoggedSegment) -> str:
    """The sentence after the number of the segment, and in which states its e-mails are."""
    states = [f"{LABELS[code]} {count}" for code, count in Progress(segment).emails.items()]
    now = _("Now: %(states)s.") % {"states": ", ".join(states) or _("no e-mails")}
    return f"{segment.number}: {sentence} {now}"
