"""History: the plans carried out with the same operations that people use, and dated back."""

import datetime
from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Mod
from django.utils import timezone

from contacts.models import Contact, Salesperson, User
from interactions.models import Campaign, Evaluation, InteractionTemplate, LoggedSegment
from segments_app import operations
from segments_app.checks import Check
from segments_app.criteria import Criteria
from segments_app.demo import progress
from segments_app.demo.emails import pretend_delivered
from segments_app.demo.plans import (
    ADD,
    BACK,
    OWN_LETTER,
    PICK_COMPANY,
    PLANS,
    REDUCE,
    REFINE,
    Plan,
)
from segments_app.letters import line_sources, merger_for
from segments_app.models import SavedCriteria, Segment, SegmentLine, SegmentStep

BY_CRITERIA: dict[str, Callable[..., SegmentStep]] = {
    ADD: operations.add_contacts,
    REDUCE: operations.reduce_contacts,
    REFINE: operations.refine_contacts,
}
FIRST_HOUR = datetime.time(9, 40)
MINUTES_BETWEEN_STEPS = 4
PICKED = 2
# Its e-mails and letters wait for somebody to send and print them.
LAST_LOGGED = [plan for plan in PLANS if plan.is_logged][-1]


def make_segments() -> Iterator[Plan]:
    """Carry out the plans that have not been; yield each that was.

    Each is a transaction of its own. Call it outside any transaction, for it draws numbers (D21).
    """
    reached = progress.reached(progress.SEGMENTS)
    for done, plan in enumerate(PLANS[reached:], start=reached + 1):
        number = Segment.next_number()
        with transaction.atomic():
            _carry_out(plan, number)
            progress.reach(progress.SEGMENTS, done)
        yield plan


def others_are_here() -> bool:
    """Whether there are contacts that are not the demo's: nothing may be logged on them."""
    return Contact.objects.count() > progress.reached(progress.CONTACTS)


def _carry_out(plan: Plan, number: str) -> None:
    by = User.objects.filter(username=plan.by).first()
    segment = _create(plan, number, by)
    for action, asked in plan.steps:
        _do(segment, action, asked, by)
    if plan.is_logged:
        _take_out_blocked(segment, by)
    _touch_lines(segment, plan, by)
    _save_criteria(segment, plan, by)
    _date_back(segment, _moment(plan))
    if not plan.is_logged:
        return
    if segment.sheet().exists():
        _log(segment, plan, by)
    else:
        operations.delete_segment(segment, by=by)


def _create(plan: Plan, number: str, by: User | None) -> Segment:
    today = timezone.localdate()
    dated = plan.dated(today) if plan.dated else _moment(plan).date()
    return operations.create_segment(
        plan.description.format(year=today.year, last_year=today.year - 1),
        by=by,
        number=number,
        template=InteractionTemplate.objects.filter(code=plan.template).first(),
        campaign=Campaign.objects.filter(description=plan.campaign).order_by("-pk").first(),
        salesperson=Salesperson.objects.filter(code=plan.salesperson).first(),
        date=dated,
        **plan.header,
    )


def _do(segment: Segment, action: str, asked: str, by: User | None) -> None:
    if action in BY_CRITERIA:
        BY_CRITERIA[action](segment, Criteria.from_query_string(asked), by=by)
    elif action == BACK:
        operations.go_back(segment, by=by)
    else:
        _pick(segment, action, asked, by)


def _take_out_blocked(segment: Segment, by: User | None) -> None:
    """Take out whom one may not write to, as people do before they log."""
    blocked = Check(segment).blocked_lines()
    if blocked.exists():
        operations.remove_by_hand(segment, blocked, by=by)


def _pick(segment: Segment, action: str, asked: str, by: User | None) -> None:
    """Add one company, or a few persons, who are not on the sheet yet."""
    found = Criteria.from_query_string(asked).contacts().selectable()
    found = found.exclude(pk__in=segment.sheet().order_by().values("contact")).order_by("pk")
    picked = found.companies()[:1] if action == PICK_COMPANY else found.persons()[:PICKED]
    if contacts := list(picked):
        operations.add_by_hand(segment, contacts, by=by)


def _touch_lines(segment: Segment, plan: Plan, by: User | None) -> None:
    """Give single lines values of their own; each touch goes to another line."""
    touched: list[int] = []
    for touch in plan.touches:
        values = dict(touch)
        lines = segment.sheet().filter(contact__language=str(values.pop("language")))
        line = lines.exclude(pk__in=touched).exclude(contact__company=None)[1:2].first()
        if line:
            touched.append(line.pk)
            _touch(line, values, by)


def _touch(line: SegmentLine, values: dict[str, object], by: User | None) -> None:
    own_letter = values.pop(OWN_LETTER, "")
    operations.change_line(line, by=by, **values)
    if own_letter:
        operations.put_letter(line, _letter(line), str(own_letter), by=by)


def _letter(line: SegmentLine) -> bytes:
    """The letter as it would be merged, the way a person downloads it to write in it."""
    source = next(line_sources(SegmentLine.objects.filter(pk=line.pk)))
    return merger_for(line.segment).letter(source)


def _save_criteria(segment: Segment, plan: Plan, by: User | None) -> None:
    code, description = plan.saved_as
    if code and not SavedCriteria.objects.filter(code=code).exists():
        operations.save_criteria(segment, code, description, by=by)


def _moment(plan: Plan) -> datetime.datetime:
    """When it was done: in the morning of a workday."""
    day = plan.done(timezone.localdate())
    day -= datetime.timedelta(days=max(0, day.weekday() - 4))
    return timezone.make_aware(datetime.datetime.combine(day, FIRST_HOUR))


def _date_back(segment: Segment, moment: datetime.datetime) -> None:
    Segment.objects.filter(pk=segment.pk).update(created_at=moment)
    for step in segment.steps.all():
        later = datetime.timedelta(minutes=step.number * MINUTES_BETWEEN_STEPS)
        segment.steps.filter(pk=step.pk).update(created_at=moment + later)


def _log(segment: Segment, plan: Plan, by: User | None) -> None:
    logged = operations.log_segment(segment, by=by)
    moment = _moment(plan) + datetime.timedelta(hours=1)
    LoggedSegment.objects.filter(pk=logged.pk).update(created_at=moment)
    logged.entries.update(created_at=moment)
    if plan is not LAST_LOGGED:
        pretend_delivered(logged, moment)
    if plan.answers:
        _answer(logged, plan.answers)


def _answer(logged: LoggedSegment, answers: int) -> None:
    """One in `answers` contacts liked it, and one in thrice as many did not care."""
    entries = logged.entries.annotate(turn=Mod(F("line"), Value(answers * 3)))
    for turn, evaluation in (
        (0, Evaluation.VERY_POSITIVE),
        (answers, Evaluation.POSITIVE),
        (2 * answers, Evaluation.POSITIVE),
        (1, Evaluation.NEUTRAL),
    ):
        entries.filter(turn=turn).update(evaluation=evaluation)
