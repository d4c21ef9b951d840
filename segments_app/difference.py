"""What making the sheet anew would change, in figures and words, before it is accepted (D2)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _

from contacts.models import Contact
from contacts.models.contact import UNSELECTABLE_LABELS, unselectable
from contacts.pagination import LatePaginator
from segments_app.models import SavedCriteria, Segment, SegmentLine, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.moves import Lines, own_of
from segments_app.operations.rebuilding import Rebuilding, tried
from segments_app.operations.saved_criteria import tried_reuse
from segments_app.option_words import in_words
from segments_app.plan import Plan
from segments_app.sentences import spoken

SAMPLE = 6
ON_A_PAGE = 50
COME = "come"


@dataclass(frozen=True)
class Why:
    """So many lines come or go because of this."""

    words: str
    count: int


@dataclass(frozen=True)
class Sampled:
    """One line that would come or go, and why."""

    line: SegmentLine
    why: list[str]

    @property
    def contact(self) -> Contact:
        return self.line.contact


@dataclass
class Difference:
    """Who comes and who goes, why, and the first of them; what each step does."""

    come: Lines
    gone: Lines
    lines_after: int
    come_why: list[Why] = field(default_factory=list)
    gone_why: list[Why] = field(default_factory=list)
    coming: list[Sampled] = field(default_factory=list)
    going: list[Sampled] = field(default_factory=list)
    # Of each step of the plan: lines it adds and removes, contacts it skips.
    steps: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.come.count and not self.gone.count


def difference(segment: Segment, plan: Plan) -> Difference:
    """What `plan` would change on the sheet, on today's data. Nothing is changed.

    Raises `Refused` when a step cannot be done any more.
    """
    with tried(segment, plan) as rebuilding:
        return _Rebuilt(rebuilding).difference()


def reuse_difference(segment: Segment, saved: SavedCriteria) -> Difference:
    """What the steps of saved criteria would change on the sheet. Nothing is changed.

    Raises `Refused` when a step cannot be done any more.
    """
    with _tried_reuse(segment, saved) as told:
        return told.difference()


def difference_page(segment: Segment, plan: Plan, show: str, number: Any) -> Page[Sampled]:
    """A page of those who come (`show` is COME), or else of those who go, with `plan`."""
    with tried(segment, plan) as rebuilding:
        return _Rebuilt(rebuilding).page(show, number)


def reuse_page(segment: Segment, saved: SavedCriteria, show: str, number: Any) -> Page[Sampled]:
    """The same with the steps of saved criteria."""
    with _tried_reuse(segment, saved) as told:
        return told.page(show, number)


@contextmanager
def _tried_reuse(segment: Segment, saved: SavedCriteria) -> Iterator["_Told"]:
    before = segment.current_step
    with tried_reuse(segment, saved) as (copy, steps):
        yield _Told(copy.lines_added_since(before), copy.lines_gone_since(before), steps)


class _Told:
    """Reads what was tried while it is there."""

    def __init__(
        self, come: SegmentLineQuerySet, gone: SegmentLineQuerySet, steps: list[SegmentStep]
    ) -> None:
        self.come, self.gone, self.steps = come, gone, steps
        self.lines_after = steps[-1].lines_after if steps else 0
        self.sentences = {step.number: _words(step) for step in steps}

    def difference(self) -> Difference:
        come, gone = self.come, self.gone
        return Difference(
            own_of(come),
            own_of(gone),
            self.lines_after,
            come_why=self._counted(self._with_adder(come)),
            gone_why=self._counted(self._with_taker(gone)),
            coming=self._sampled(self._in_order(COME)[:SAMPLE]),
            going=self._sampled(self._in_order("")[:SAMPLE]),
            steps=[(step.added, step.removed, step.skipped_count) for step in self.steps],
        )

    def page(self, show: str, number: Any) -> Page[Sampled]:
        """A page of those who come, or of those who go."""
        page = LatePaginator(self._in_order(show), ON_A_PAGE).get_page(number)
        page.object_list = self._sampled(page.object_list)
        return page

    def _in_order(self, show: str) -> Any:
        lines = self._with_adder(self.come) if show == COME else self._with_taker(self.gone)
        return lines.in_line_order().with_contact()

    def _with_adder(self, lines: SegmentLineQuerySet) -> Any:
        """Annotate which step adds the line."""
        return lines.annotate(r_step=F("added_step"), r_reason=Value(""))

    def _with_taker(self, lines: SegmentLineQuerySet) -> Any:
        """Annotate which step takes the line out."""
        return lines.annotate(r_step=F("removed_step"), r_reason=Value(""))

    def _counted(self, lines: Any) -> list[Why]:
        counts = lines.order_by().values_list("r_step", "r_reason").annotate(n_lines=Count("pk"))
        by_words: dict[str, int] = {}
        for step, reason, count in counts:
            words = self._why(step, reason)
            by_words[words] = by_words.get(words, 0) + count
        return sorted((Why(*pair) for pair in by_words.items()), key=lambda why: -why.count)

    def _sampled(self, lines: Iterable[Any]) -> list[Sampled]:
        return [Sampled(line, [self._why(line.r_step, line.r_reason)]) for line in lines]

    def _why(self, step: int | None, reason: str) -> str:
        if step is not None:
            return self.sentences[step]
        if reason:
            return _("now %(reason)s") % {"reason": UNSELECTABLE_LABELS[reason]}
        return _("no step adds it any more")


def _words(step: SegmentStep) -> str:
    """What the step does, and the options that it does it with."""
    return " · ".join(filter(None, [spoken(step.sentences), in_words(step.options)]))


class _Rebuilt(_Told):
    """The same of a sheet made anew: the steps were done in a segment of their own."""

    def __init__(self, rebuilding: Rebuilding) -> None:
        step, self.trial = rebuilding.step, rebuilding.tried
        super().__init__(step.added_lines(), step.removed_lines(), list(self.trial.steps.all()))
        self.lines_after = step.lines_after

    def _with_adder(self, lines: SegmentLineQuerySet) -> Any:
        tried = self.trial.sheet().filter(contact=OuterRef("contact")).order_by("-pk")
        step = Subquery(tried.values("added_step")[:1], output_field=IntegerField())
        return lines.annotate(r_step=step, r_reason=Value("added"))

    def _with_taker(self, lines: SegmentLineQuerySet) -> Any:
        """Or why no step adds it any more."""
        tried = SegmentLine.objects.filter(segment=self.trial, contact=OuterRef("contact"))
        last = tried.exclude(removed_step=None).order_by("-removed_step").values("removed_step")[:1]
        reasons = [
            When(condition, then=Value(name)) for name, condition in unselectable("contact__")
        ]
        return lines.annotate(
            r_step=Subquery(last, output_field=IntegerField()),
            r_reason=Case(*reasons, default=Value(""), output_field=CharField()),
        )
