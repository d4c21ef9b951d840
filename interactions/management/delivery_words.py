"""What commands say of the e-mails of a logged segment."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from interactions.models import DeliveryState

LABELS = {code or "not_sent": label for code, label in DeliveryState.choices}


def with_states(sentence: str, number: str, states: Mapping[str, int]) -> str:
    """The sentence after the number of a segment, and the states of its e-mails with counts."""
    counts = ", ".join(f"{LABELS[code]} {count}" for code, count in states.items())
    now = _("Now: %(states)s.") % {"states": counts or _("no e-mails")}
    return f"{number}: {sentence} {now}"
