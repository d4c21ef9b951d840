"""Which letters of a segment, in which order: what a person chooses before they are made."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import batched, count
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from contacts.household import household_of
from contacts.models import Channel
from contacts.models.reachable import forbidden
from contacts.ordering import ByteOrder
from interactions.letters.frozen import Numbered
from interactions.letters.output import What
from interactions.letters.ranges import Ranges, is_among
from interactions.letters.source import LetterSource
from segments_app.checks import NOWHERE_TO_POST, PROBLEMS, Check
from segments_app.errors import NoLetters, SegmentEmpty
from segments_app.letters import keyed_sources, lines_to_merge
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet


class Order(TextChoices):
    """What letters are put in order by."""

    LINE = "line", gettext_lazy("As on the sheet")
    POSTAL_CODE = "postal_code", gettext_lazy("By postal code")
    COUNTRY = "country", gettext_lazy("By country and postal code")
    NAME = "name", gettext_lazy("By name")


BY_POSTAL_CODE: tuple[Any, ...] = (
    ByteOrder("contact__postal_code"),
    ByteOrder("contact__address"),
    ByteOrder("contact__name"),
)
ORDERS: dict[str, tuple[Any, ...]] = {
    Order.LINE: (),
    Order.POSTAL_CODE: BY_POSTAL_CODE,
    Order.COUNTRY: (ByteOrder("contact__country"), *BY_POSTAL_CODE),
    Order.NAME: ("contact__name",),
}
CHECKED_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """`ticked` are keys of lines, none for all; `numbers` are ranges of the letters' numbers."""

    order: str = Order.LINE
    language: str = ""
    ticked: tuple[str, ...] = ()
    one_per_household: bool = False
    numbers: Ranges = ()

    def as_json(self) -> dict[str, Any]:
        """What a job remembers of it: of the ticked lines, how many."""
        return {**asdict(self), "ticked": len(self.ticked)}


def chosen_letters(segment: Segment, what: str, choice: Choice) -> Generator[Numbered]:
    """Yield the letters of the segment that were chosen, each with its number.

    In the order of the sheet a letter's number is its line's, which the sheet and the preview
    show. In another order letters are numbered as they come, without those that languages, ticks
    and households leave out. Asking for some numbers changes none of them. Constant memory but for
    households and numbers. Raises `SegmentEmpty` and `NoLetters` at once: only the letters that
    were chosen can stand in the way.
    """
    lines = _chosen_lines(segment, choice)
    if choice.numbers:
        return _some_numbers(segment, what, choice, lines)
    lines_to = lines_to_merge if what == What.LETTERS else lines_to_address
    return _letters(_numbered(segment, lines_to(segment, lines), choice))


def lines_to_address(segment: Segment, chosen: SegmentLineQuerySet) -> SegmentLineQuerySet:
    """The lines among those `chosen` of the segment that labels and cover sheets are for.

    Who has no postal address, on the date of the line, or allows no letters is left out. Raises
    `SegmentEmpty`, or `NoLetters` when somebody is among them whom one may not write to.
    """
    check = Check(segment, chosen)
    if not check.lines_count and not segment.sheet().exists():
        raise SegmentEmpty(segment.number)
    if count := check.counts["n_unselectable"]:
        reason = f"{count} {PROBLEMS['unselectable'].label % {'count': count}}"
        raise NoLetters(segment.number, reason)
    return _with_address(check.lines)


def _with_address(lines: SegmentLineQuerySet) -> SegmentLineQuerySet:
    return lines.exclude(NOWHERE_TO_POST).exclude(forbidden(Channel.LETTER, "contact"))


def _some_numbers(
    segment: Segment, what: str, choice: Choice, lines: SegmentLineQuerySet
) -> Generator[Numbered]:
    """The letters of `lines` with the chosen numbers, once it is known that nothing keeps them."""
    of_letters = what == What.LETTERS
    listed = lines.with_letter() if of_letters else _with_address(lines.with_addresses())
    wanted = {key for key, _letter in _numbered(segment, listed, choice)}
    for keys in batched(wanted, CHECKED_AT_ONCE):
        (lines_to_merge if of_letters else lines_to_address)(segment, segment.sheet().ticked(keys))
    found = _numbered(segment, listed, choice)
    return _letters((key, letter) for key, letter in found if key in wanted)


def _chosen_lines(segment: Segment, choice: Choice) -> SegmentLineQuerySet:
    lines: Any = segment.sheet()
    if choice.ticked:
        lines = lines.ticked(choice.ticked)
    if choice.language:
        lines = lines.resolved().filter(r_language=choice.language)
    return lines  # type: ignore[no-any-return]


def _letters(numbered: Iterable[tuple[int, Numbered]]) -> Generator[Numbered]:
    for _key, letter in numbered:
        yield letter


def _numbered(
    segment: Segment, lines: SegmentLineQuerySet, choice: Choice
) -> Generator[tuple[int, Numbered]]:
    """The chosen letters of `lines` in order, each with the key of its line."""
    last = max((end for _start, end in choice.numbers), default=0)
    ordered = lines.order_by(*ORDERS[choice.order], "pk")
    number_of = _Places(segment).of if choice.order == Order.LINE else _counter()
    with closing(keyed_sources(ordered)) as sources:
        for key, source in _households(sources) if choice.one_per_household else sources:
            number = number_of(key)
            if last and number > last:
                return
            if is_among(choice.numbers, number):
                yield key, Numbered(number, source)


def _counter() -> Callable[[int], int]:
    numbers = count(1)
    return lambda _key: next(numbers)


class _Places:
    """The places of lines on the sheet, from 1, for keys that are asked for in line order."""

    def __init__(self, segment: Segment) -> None:
        keys: Any = segment.sheet().in_line_order().values_list("pk", flat=True)
        self._keys = enumerate(keys.iterator(), start=1)
        self._reached = (0, 0)

    def of(self, key: int) -> int:
        while self._reached[1] < key:
            self._reached = next(self._keys, (self._reached[0] + 1, key))
        return self._reached[0]


def _households(
    sources: Iterator[tuple[int, LetterSource]],
) -> Iterator[tuple[int, LetterSource]]:
    """The first of each household; who has no address is alone (D23).

    Told of the addresses that letters go to, which may be alternative ones.
    """
    seen: set[int] = set()
    for key, source in sources:
        household = hash(household_of(source.contact))
        if not source.contact["address"] or household not in seen:
            yield key, source
        seen.add(household)
