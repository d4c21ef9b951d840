"""What going back or forward to a step would do, before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segments_app.models import Segment, SegmentLine
from segments_app.models.line import SegmentLineQuerySet

# Added and removed in these steps -> how many lines, of which with a letter, of which changed.
Groups = dict[tuple[int, int | None], "Lines"]


@dataclass(frozen=True)
class Lines:
    """So many lines, of which so many have a letter of their own, or were changed otherwise."""

    count: int = 0
    letters: int = 0
    changed: int = 0

    def __add__(self, other: "Lines") -> "Lines":
        return Lines(
            self.count + other.count, self.letters + other.letters, self.changed + other.changed
        )

    @property
    def own(self) -> str:
        """What was written for them alone: "3 with a letter of their own, 5 changed by hand"."""
        letters = ngettext(
            "%(count)s with a letter of its own",
            "%(count)s with a letter of their own",
            self.letters,
        )
        changed = ngettext("%(count)s changed by hand", "%(count)s changed by hand", self.changed)
        parts = [(letters, self.letters), (changed, self.changed)]
        return ", ".join(words % {"count": shown(count)} for words, count in parts if count)


@dataclass(frozen=True)
class Move:
    """The lines that go from the sheet, and those that come back to it."""

    gone: Lines
    back: Lines

    def __str__(self) -> str:
        """ "removes 212 lines, brings back 8 lines (3 with a letter of their own)" """
        gone, back = self.gone.count, self.back.count
        removes = ngettext("removes %(count)s line", "removes %(count)s lines", gone)
        brings = ngettext("brings back %(count)s line", "brings back %(count)s lines", back)
        parts = [_with_own(removes, self.gone), _with_own(brings, self.back)]
        return ", ".join(filter(None, parts)) or _("changes no line")


def moves(segment: Segment, numbers: Iterable[int]) -> dict[int, Move]:
    """What going to each of these steps would do, 0 being the empty sheet. Two queries."""
    groups = _groups(segment)
    return {number: _move(groups, segment.current_step, number) for number in numbers}


def own_of(lines: SegmentLineQuerySet) -> Lines:
    """How many `lines` there are, and what was written for them alone. Two queries."""
    found: Any = lines.order_by()
    return Lines(
        **found.aggregate(count=Count("pk"), letters=Count("document")),
        changed=found.changed().filter(document=None).count(),
    )


def shown(count: int) -> str:
    return number_format(count, force_grouping=True)


def _move(groups: Groups, now: int, then: int) -> Move:
    gone, back = Lines(), Lines()
    for steps, lines in groups.items():
        stands, will_stand = _stands(steps, now), _stands(steps, then)
        gone += lines if stands and not will_stand else Lines()
        back += lines if will_stand and not stands else Lines()
    return Move(gone, back)


def _stands(steps: tuple[int, int | None], step: int) -> bool:
    added, removed = steps
    return added <= step and (removed is None or removed > step)


def _groups(segment: Segment) -> Groups:
    """The lines by when they came and went: no more groups than there are pairs of steps."""
    lines: Any = SegmentLine.objects.filter(segment=segment).order_by()
    by_steps = lines.values_list("added_step", "removed_step")
    groups: Groups = {
        (added, removed): Lines(count, letters)
        for added, removed, count, letters in by_steps.annotate(Count("pk"), Count("document"))
    }
    changed = lines.changed().filter(document=None).values_list("added_step", "removed_step")
    for added, removed, count in changed.annotate(Count("pk")):
        groups[added, removed] += Lines(changed=count)
    return groups


def _with_own(words: str, lines: Lines) -> str:
    if not lines.count:
        return ""
    said = words % {"count": shown(lines.count)}
    return f"{said} ({lines.own})" if lines.own else said
