"""What an action would do, before anything happens (D2)."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from contacts.models import Channel, Contact
from contacts.models.contact import ContactQuerySet
from contacts.models.reachable import reachable
from segments_app.models import Segment
from segments_app.selection import (
    AddOptions,
    Preview,
    RemoveOptions,
    preview_add,
    to_add,
    to_reduce,
    to_refine,
)

SAMPLE = 6


@dataclass
class ActionPreview:
    """How many contacts the action touches, by reason, how they can be reached, and the first."""

    action: str
    count: int
    by_reason: Preview = field(default_factory=Preview)
    with_address: int = 0
    with_email: int = 0
    sample: list[Contact] = field(default_factory=list)


def preview_of(
    action: str, contacts: ContactQuerySet, segment: Segment, options: AddOptions | RemoveOptions
) -> ActionPreview:
    """Return what `action` ("add", "reduce", "refine") would do with `contacts`.

    Reads the same querysets as the operation, so the count shown is the count done.
    """
    by_reason = Preview()
    if isinstance(options, AddOptions):
        by_reason = preview_add(contacts, segment, options)
        touched: QuerySet[Contact] = to_add(contacts, segment, options)
        count = by_reason.added
    else:
        lines = (to_reduce if action == "reduce" else to_refine)(contacts, segment, options)
        count = lines.count()
        touched = Contact.objects.filter(pk__in=lines.order_by().values("contact"))
    reach: Any = touched.order_by().aggregate(
        n_address=Count("pk", filter=reachable(Channel.LETTER)),
        n_email=Count("pk", filter=reachable(Channel.EMAIL)),
    )
    return ActionPreview(
        action, count, by_reason, reach["n_address"], reach["n_email"], list(touched[:SAMPLE])
    )
