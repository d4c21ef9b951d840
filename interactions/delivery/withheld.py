"""Whom we may not write to any more, although it was to be sent: asked right before sending."""

from collections.abc import Collection

from django.db.models import Case, CharField, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Channel
from contacts.models.contact import UNSELECTABLE_LABELS, unselectable
from contacts.models.reachable import forbidden
from interactions.models import DeliveryState, InteractionLogEntry
from interactions.models.campaign_entry import standing

from .outcome import Outcome

REASONS: dict[str, str | Promise] = {
    "canceled": _("The interaction is canceled."),
    "deleted": _("The contact was deleted."),
    "forbidden": _("The contact does not allow e-mail."),
}


def withheld(pks: Collection[int]) -> dict[int, Outcome]:
    """Return why which of the entries are not sent. One query."""
    why = Case(*_conditions(), default=Value(""), output_field=CharField())
    entries = InteractionLogEntry.objects.with_pks(pks).annotate(why=why)
    rows = entries.values_list("pk", "why")
    return {pk: Outcome(DeliveryState.NOT_SENT, _sentence(code)) for pk, code in rows if code}


def _conditions() -> list[When]:
    conditions = [
        ("canceled", Q(canceled=True) | ~standing()),
        ("deleted", Q(contact__isnull=True)),
        ("forbidden", forbidden(Channel.EMAIL, "contact")),
        *unselectable("contact__", ignore_exclusion=True),
    ]
    return [When(condition, then=Value(code)) for code, condition in conditions]


def _sentence(code: str) -> str:
    if code in REASONS:
        return str(REASONS[code])
    sentence = _("The contact may not be written to: %(why)s.")
    return str(sentence) % {"why": UNSELECTABLE_LABELS[code]}
