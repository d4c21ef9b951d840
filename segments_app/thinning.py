"""Fewer lines without any condition: a random share of them, or one for each household or company.

Random is repeatable: the order comes from the seed and the numbers of the contacts alone, so the
same seed draws the same contacts again, on every database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db.models import Case, F, Q, TextChoices, Value, When, Window
from django.db.models.functions import MD5, Concat, RowNumber
from django.utils.translation import gettext_lazy as _

from contacts.household import household_keys
from contacts.models import Channel
from contacts.models.reachable import without_address
from contacts.ordering import ByteOrder
from segments_app.models import Segment, SegmentLine, SegmentStep
from segments_app.models.line import SegmentLineQuerySet

# A part has a letter.
MOST_PARTS = 26


class Per(TextChoices):
    """What one line is kept of."""

    HOUSEHOLD = "household", _("household")
    COMPANY = "company", _("company")


class Keep(TextChoices):
    """Which of several lines is kept."""

    FIRST = "first", _("The first line")
    NEWEST = "newest", _("The contact that was created last")
    OLDEST = "oldest", _("The contact that was created first")
    LEVEL = "level", _("Whoever has the organizational level")


# Whom it can be asked of: who has no postal address or no company stands alone.
AMONG = {
    Per.HOUSEHOLD: ~without_address(Channel.LETTER, "contact__"),
    Per.COMPANY: Q(contact__company__isnull=False),
}
ORDERS: dict[str, tuple[Any, ...]] = {
    Keep.FIRST: (),
    Keep.NEWEST: (F("contact__created_at").desc(), F("contact").desc()),
    Keep.OLDEST: ("contact__created_at", "contact"),
}


@dataclass(frozen=True)
class Amount:
    """So many lines, or so many percent of them."""

    number: float
    is_percent: bool = False

    def of(self, total: int) -> int:
        """How many of `total` lines it is."""
        wanted = round(total * self.number / 100) if self.is_percent else round(self.number)
        return max(0, min(total, wanted))


def in_random_order(lines: SegmentLineQuerySet, seed: str) -> Any:
    """Return the lines in the order that `seed` makes, with `r_place` for it."""
    place = ByteOrder(MD5(Concat(Value(f"{seed}:"), F("contact__number"))))
    return lines.annotate(r_place=place).order_by("r_place", "pk")


def random_parts(segment: Segment, seed: str, ends: Sequence[int]) -> list[SegmentLineQuerySet]:
    """Cut the lines in their random order at `ends`: the parts before, between and behind."""
    ordered = in_random_order(segment.sheet(), seed)
    cuts = [_cut(ordered, end) for end in ends]
    parts = zip([Q(), *cuts], [*cuts, None], strict=True)
    return [_between(segment, seed, first, last) for first, last in parts]


def _cut(ordered: Any, end: int) -> Q | None:
    """The condition that a line stands behind the first `end` ones; None if none does."""
    row = ordered.values_list("r_place", "pk")[end : end + 1].first() if end >= 0 else None
    if row is None:
        return None
    return Q(r_place__gt=row[0]) | Q(r_place=row[0], pk__gte=row[1])


def _between(segment: Segment, seed: str, first: Q | None, last: Q | None) -> SegmentLineQuerySet:
    lines = in_random_order(segment.sheet(), seed).order_by("pk")
    if first is None:
        nobody: SegmentLineQuerySet = lines.none()
        return nobody
    found = lines.filter(first)
    narrowed: SegmentLineQuerySet = found.exclude(last) if last is not None else found
    return narrowed


def ends_of(shares: Sequence[float], total: int) -> list[int]:
    """Where the parts end that share `total` lines like `shares`; the last end is left out."""
    whole = sum(shares)
    return [round(total * part / whole) for part in list(accumulate(shares))[:-1]]


def beyond_sample(segment: Segment, seed: str, amount: Amount, total: int) -> SegmentLineQuerySet:
    """The lines that a random sample of `amount` leaves out."""
    return random_parts(segment, seed, [amount.of(total)])[1]


def others_of(segment: Segment, per: str, keep: str, level: int | None = None) -> Any:
    """The lines that go when one is kept of each household or company.

    With `Keep.LEVEL` whoever has the organizational level `level` is kept, else the first line.
    """
    behind = _behind(segment, per, keep, level)
    return SegmentLine.objects.filter(pk__in=behind.values("pk")).in_line_order()


def first_others(
    segment: Segment, per: str, keep: str, level: int | None = None, *, count: int
) -> SegmentLineQuerySet:
    """The first few of `others_of`.

    They are not read from it: for a few, PostgreSQL walks the lines and looks for each through all
    that go, and the first lines are those that are kept.
    """
    keys = _behind(segment, per, keep, level).order_by("pk").values_list("pk", flat=True)
    few: SegmentLineQuerySet = SegmentLine.objects.filter(pk__in=list(keys[:count]))
    return few.in_line_order()


def _behind(segment: Segment, per: str, keep: str, level: int | None) -> Any:
    """The lines that another one of their household or company is kept before."""
    keys = household_keys("contact__") if per == Per.HOUSEHOLD else [F("contact__company")]
    order = _preferring(level) if keep == Keep.LEVEL else ORDERS[keep]
    rank = Window(RowNumber(), partition_by=keys, order_by=[*order, F("pk").asc()])
    among = segment.sheet().order_by().filter(AMONG[Per(per)])
    return among.annotate(r_rank=rank).filter(r_rank__gt=1)


def _preferring(level: int | None) -> tuple[Any, ...]:
    has = Q(contact__organizational_level=level)
    return (Case(When(has, then=Value(0)), default=Value(1)),)


def parts_of(steps: Iterable[SegmentStep]) -> list[Segment]:
    """The segments in work that `steps` split off or held out."""
    numbers = [number for step in steps for number in step.criteria.get("segments", ())]
    return list(Segment.objects.filter(number__in=numbers).order_by("number")) if numbers else []
