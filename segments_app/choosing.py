"""Which letters of a segment, in which order: what a person chooses before they are made."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
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
from segments_app.letters import line_sources, lines_to_merge
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


@dataclass(frozen=True, slots=True)
class Choice:
    """`ticked` are keys of lines, none for all; `numbers` are ranges of numbers on the list."""

    order: str = Order.LINE
    language: str = ""
    ticked: tuple[str, ...] = ()
    one_per_household: bool = False
    numbers: Ranges = ()


def chosen_letters(segment: Segment, what: str, choice: Choice) -> Generator[Numbered]:
    """Yield the letters of the segment that were chosen, each with its number on the list.

    The list is what is left by language, ticks and households, in order; asking for some of its
    numbers leaves them as they are. One query, constant memory but for the households. Raises
    `SegmentEmpty` and `NoLetters` at once.
    """
    lines_to = lines_to_merge if what == What.LETTERS else lines_to_address
    lines = lines_to(segment, _chosen_lines(segment, choice))
    return _numbered(lines.order_by(*ORDERS[choice.order], "pk"), choice)


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
    return check.lines.exclude(NOWHERE_TO_POST).exclude(forbidden(Channel.LETTER, "contact"))


def _chosen_lines(segment: Segment, choice: Choice) -> SegmentLineQuerySet:
    lines: Any = segment.sheet()
    if choice.ticked:
        lines = lines.ticked(choice.ticked)
    if choice.language:
        lines = lines.resolved().filter(r_language=choice.language)
    return lines  # type: ignore[no-any-return]


def _numbered(lines: SegmentLineQuerySet, choice: Choice) -> Generator[Numbered]:
    last = max((end for _start, end in choice.numbers), default=0)
    with closing(line_sources(lines)) as sources:
        chosen = _households(sources) if choice.one_per_household else sources
        for number, source in enumerate(chosen, start=1):
            if is_among(choice.numbers, number):
                yield Numbered(number, source)
            if last and number >= last:
                return


def _households(sources: Iterator[LetterSource]) -> Iterator[LetterSource]:
    """The first of each household; who has no address is alone (D23).

    Told of the addresses that letters go to, which may be alternative ones.
    """
    seen: set[int] = set()
    for source in sources:
        key = hash(household_of(source.contact))
        if not source.contact["address"] or key not in seen:
            yield source
        seen.add(key)
