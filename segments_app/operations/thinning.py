"""Random samples, split segments, and one line for each household or company."""

import string
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import OrganizationalLevel, User
from segments_app.models import Segment, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.sentences import Sentences
from segments_app.thinned import (
    of_holding_out,
    of_one_per,
    of_part,
    of_sample,
    of_splitting,
)
from segments_app.thinning import (
    MOST_PARTS,
    Amount,
    Keep,
    beyond_sample,
    ends_of,
    others_of,
    random_parts,
)

from .copying import copy_lines, copy_of, write_steps
from .history import begin_step, finish_step, lines_count
from .locking import locked

Action = SegmentStep.Action
LETTERS = string.ascii_uppercase


def keep_sample(segment: Segment, amount: Amount, *, seed: str, by: User | None) -> SegmentStep:
    """Keep a random sample: the same seed keeps the same contacts of the same sheet."""
    with locked(segment):
        step = begin_step(
            segment,
            Action.SAMPLE,
            by=by,
            sentences=of_sample(amount, seed),
            criteria={"seed": seed, "number": amount.number, "is_percent": amount.is_percent},
        )
        return _remove(step, beyond_sample(segment, seed, amount, lines_count(segment)))


def keep_one_per(
    segment: Segment,
    per: str,
    keep: str = Keep.FIRST,
    *,
    level: OrganizationalLevel | None = None,
    by: User | None,
) -> SegmentStep:
    """Keep one line of each household or company; who has no address or company stays (D23)."""
    with locked(segment):
        step = begin_step(
            segment,
            Action.ONE_PER,
            by=by,
            sentences=of_one_per(per, keep, level),
            criteria={"per": per, "keep": keep, "level": level.code if level else ""},
        )
        return _remove(step, others_of(segment, per, keep, level.pk if level else None))


def hold_out(
    segment: Segment, percent: float, *, seed: str, apart: bool = True, by: User | None
) -> SegmentStep:
    """Take a random share out, to compare with later. `apart`: into a segment of its own."""
    numbers = [Segment.next_number()] if apart else []
    with locked(segment):
        count = lines_count(segment)
        held = Amount(percent, is_percent=True).of(count)
        _refuse_empty(held, count - held)
        lines = random_parts(segment, seed, [count - held])[1]
        criteria = {"seed": seed, "percent": percent, "segments": numbers}
        sentences = of_holding_out(percent, seed, numbers)
        step = begin_step(segment, Action.HOLD_OUT, by=by, sentences=sentences, criteria=criteria)
        for number in numbers:
            name = _("%(description)s, held out") % {"description": segment.description}
            _part(segment, lines, number, name, of_part(segment.number, percent, ""), by)
        return _remove(step, lines)


def split(segment: Segment, shares: Sequence[float], *, seed: str, by: User | None) -> SegmentStep:
    """Split into parts by share: the first stays, each other becomes a segment of its own.

    The parts have the same header and what is the lines' own. Going back brings the other parts
    back onto this sheet; their segments stay until they are deleted.
    """
    if not 2 <= len(shares) <= MOST_PARTS or min(shares) <= 0:
        raise Refused(_("Give two shares or more, such as 50/50 or 40/30/30."))
    numbers = [Segment.next_number() for _share in shares[1:]]
    with locked(segment):
        count = lines_count(segment)
        ends = ends_of(shares, count)
        _refuse_empty(*(b - a for a, b in zip([0, *ends], [*ends, count], strict=True)))
        _kept, *parts = random_parts(segment, seed, ends)
        criteria = {"seed": seed, "shares": list(shares), "segments": numbers}
        sentences = of_splitting(shares, seed, numbers)
        step = begin_step(segment, Action.SPLIT, by=by, sentences=sentences, criteria=criteria)
        for letter, share, lines, number in zip(
            LETTERS[1:], shares[1:], parts, numbers, strict=False
        ):
            name = f"{segment.description} {letter}"
            percent = 100 * share / sum(shares)
            _part(segment, lines, number, name, of_part(segment.number, percent, letter), by)
        return _remove(step, random_behind(segment, seed, ends[0]))


def random_behind(segment: Segment, seed: str, end: int) -> SegmentLineQuerySet:
    """The lines behind the first `end` of the random order."""
    return random_parts(segment, seed, [end])[1]


def replay_thinning(segment: Segment, step: Any, by: User | None) -> SegmentStep:
    """Do a stored step of this module again, on the lines as they are.

    What was split or held out goes again; the segments it went to stay as they are.
    """
    asked = step.criteria
    with locked(segment):
        again = begin_step(segment, step.action, by=by, sentences=step.sentences, criteria=asked)
        return _remove(again, _asked_again(segment, step.action, asked))


def _asked_again(segment: Segment, action: str, asked: dict[str, Any]) -> SegmentLineQuerySet:
    count = lines_count(segment)
    if action == Action.ONE_PER:
        level = OrganizationalLevel.objects.filter(code=asked["level"]).first()
        others: SegmentLineQuerySet = others_of(
            segment, asked["per"], asked["keep"], level.pk if level else None
        )
        return others
    if action == Action.SPLIT:
        return random_behind(segment, asked["seed"], ends_of(asked["shares"], count)[0])
    if action == Action.HOLD_OUT:
        held = Amount(asked["percent"], is_percent=True).of(count)
        return random_behind(segment, asked["seed"], count - held)
    amount = Amount(asked["number"], asked["is_percent"])
    return beyond_sample(segment, asked["seed"], amount, count)


def _remove(step: SegmentStep, lines: SegmentLineQuerySet) -> SegmentStep:
    keys = lines.order_by().values("pk")
    removed = step.segment.lines.filter(pk__in=keys).update(removed_step=step.number)
    return finish_step(step, removed=removed)


def _part(
    segment: Segment,
    lines: SegmentLineQuerySet,
    number: str,
    description: str,
    sentences: Sentences,
    by: User | None,
) -> None:
    copy = copy_of(segment, number, by=by, description=description[:150])
    copy_lines(lines, copy)
    write_steps(copy, sentences, by=by)


def _refuse_empty(*counts: int) -> None:
    if min(counts) < 1:
        raise Refused(_("A part would be empty. Nothing was changed."))
