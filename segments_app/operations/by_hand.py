"""Pick and drop single contacts. Picks are kept as picks, never as criteria (D5)."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact, User
from contacts.models.contact import UNSELECTABLE_LABELS, ContactQuerySet
from segments_app.errors import NotSelectable
from segments_app.models import Segment, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.selection import AddOptions, to_add
from segments_app.sentences import of_picks

from .history import begin_step, finish_step
from .locking import locked
from .selecting import add_lines

Action = SegmentStep.Action
NAMES_IN_A_SENTENCE = 3


def add_by_hand(
    segment: Segment,
    contacts: Collection[Contact],
    *,
    by: User | None,
    ignore_exclusion: bool = False,
) -> SegmentStep:
    """Add the picked contacts.

    An excluded contact is added only with `ignore_exclusion`, on purpose; raises `NotSelectable`
    for contacts that may never be written to, and for excluded ones without it (D1).
    """
    picked = Contact.objects.filter(pk__in=[contact.pk for contact in contacts])
    with locked(segment):
        options = AddOptions(ignore_exclusion=ignore_exclusion)
        _refuse_unselectable(picked, options)
        if not contacts or not picked.exclude(pk__in=segment.sheet().values("contact")).exists():
            raise Refused(_("Already on the sheet. Nothing was changed."))
        step = begin_step(
            segment,
            Action.ADD_BY_HAND,
            by=by,
            sentences=_sentences(Action.ADD_BY_HAND, picked),
            options=options.chosen(),
        )
        return add_lines(step, picked, options)


def add_list(
    segment: Segment,
    contacts: ContactQuerySet,
    *,
    by: User | None,
    ignore_exclusion: bool = False,
) -> SegmentStep:
    """Add those of `contacts`, a list of picks, who may be selected; the step counts the others.

    Raises `Refused` when nobody is left to add.
    """
    with locked(segment):
        options = AddOptions(ignore_exclusion=ignore_exclusion)
        coming = to_add(contacts, segment, options)
        if not coming.exists():
            raise Refused(_("Nobody of the list can be added. Nothing was changed."))
        step = begin_step(
            segment,
            Action.ADD_BY_HAND,
            by=by,
            sentences=_sentences(Action.ADD_BY_HAND, coming),
            options=options.chosen(),
        )
        return add_lines(step, contacts, options)


def remove_by_hand(segment: Segment, lines: SegmentLineQuerySet, *, by: User | None) -> SegmentStep:
    """Take the given lines off the sheet; going back brings them back as they were."""
    with locked(segment):
        step = begin_step(segment, Action.REMOVE_BY_HAND, by=by)
        chosen = segment.sheet().filter(pk__in=lines.order_by().values("pk"))
        removed = chosen.update(removed_step=step.number)
        if not removed:
            raise Refused(_("No line was chosen. Nothing was changed."))
        # Named afterwards, by what was removed: `lines` may cost much and is asked only once.
        gone = segment.lines.filter(removed_step=step.number)
        contacts = Contact.objects.filter(pk__in=gone.values("contact"))
        step.sentences = _sentences(Action.REMOVE_BY_HAND, contacts)
        return finish_step(step, removed=removed)


def _refuse_unselectable(picked: ContactQuerySet, options: AddOptions) -> None:
    with_reason: Any = picked.with_reason(ignore_exclusion=options.ignore_exclusion)
    for contact in with_reason.exclude(r_reason="")[:1]:
        raise NotSelectable(contact, str(UNSELECTABLE_LABELS[contact.r_reason]))


def _sentences(action: Action, contacts: ContactQuerySet) -> dict[str, str]:
    names = contacts.order_by("name").values_list("name", flat=True)[:NAMES_IN_A_SENTENCE]
    return of_picks(action, list(names), contacts.count())
