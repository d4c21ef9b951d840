"""Change the steps in effect, or do them again on today's data: see the difference, then accept."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.difference import difference, difference_page
from segments_app.draft import Draft
from segments_app.errors import Outdated, TookTooLong
from segments_app.models import Segment, SegmentStep
from segments_app.moves import shown
from segments_app.operations.locking import SHEET
from segments_app.plan import PlannedStep, plan_of
from segments_app.time_limit import within

from .conditions import draft_items, new_steps, show_conditions
from .seen import find_seen
from .touched import show_touched


@permission_required("segments.change_segment", raise_exception=True)
def change_steps(request: SignedInRequest, number: str) -> HttpResponse:
    """The steps in effect, to be changed, deleted and put in another order; POST accepts them."""
    segment = find_seen(request, number)
    if request.method == "POST":
        _refuse_outdated(segment, request.POST.get("seen", ""))
        draft = Draft.read(plan_of(segment), request.POST.getlist("step"))
        step = operations.rebuild(segment, draft.steps, by=request.user)
        messages.success(request, _done(step))
        return redirect(segment)
    draft, plan = _draft(request, segment)
    context = {
        **_page(segment, draft),
        "is_changed": draft.is_changed(plan),
        "items": draft_items(draft, *_pages(segment), _seen(segment)),
        "new_steps": new_steps(draft, _pages(segment)[1], _seen(segment)),
    }
    return render(request, "segments/change_steps.html", context)


@permission_required("segments.change_segment", raise_exception=True)
def refresh(request: SignedInRequest, number: str) -> HttpResponse:
    """Who is new and who is gone when the steps are done again today; POST does it (D7)."""
    segment = find_seen(request, number)
    if request.method == "POST":
        messages.success(request, _done(operations.refresh(segment, by=request.user)))
        return redirect(segment)
    context = _page(segment, Draft.read(plan_of(segment), None))
    return render(request, "segments/refresh.html", context)


@permission_required("segments.change_segment", raise_exception=True)
def step_difference(request: SignedInRequest, number: str) -> HttpResponse:
    """What the steps of the address would change on the sheet, with the button that accepts."""
    segment = find_seen(request, number)
    draft, plan = _draft(request, segment)
    if "show" in request.GET:
        return _list(request, segment, draft, refreshing=not draft.is_changed(plan))
    context = {**_page(segment, draft), "refreshing": not draft.is_changed(plan)}
    try:
        with within(settings.PREVIEW_SECONDS, request):
            context["difference"] = difference(segment, draft.steps)
    except TookTooLong as refusal:
        context["given_up"] = refusal
    except Refused as refusal:
        context["refusal"] = refusal
    template = "segments/_difference.html" if request.htmx else "segments/difference.html"
    return render(request, template, context)


def _list(
    request: SignedInRequest, segment: Segment, draft: Draft, *, refreshing: bool
) -> HttpResponse:
    """Who would come, or go."""
    show, number = request.GET["show"], request.GET.get("page")
    with within(settings.PREVIEW_SECONDS, request):
        page = difference_page(segment, draft.steps, show, number)
    back, title = f"{_pages(segment)[0]}?{_page(segment, draft)['address']}", _("Change the steps")
    if refreshing:
        back, title = reverse("segments:refresh", args=[segment.number]), _("Refresh")
    return show_touched(request, segment, page, list(page), back=back, title=title)


@permission_required("segments.change_segment", raise_exception=True)
def change_step(request: SignedInRequest, number: str) -> HttpResponse:
    """The conditions of one step of the draft."""
    segment = find_seen(request, number)
    draft, _plan = _draft(request, segment)
    back = _pages(segment)[0]
    crumbs = [
        (reverse("segments:list"), _("Segments")),
        (segment.get_absolute_url(), str(segment)),
        (f"{back}?{draft.address}&{_seen(segment)}", _("Change the steps")),
    ]
    return show_conditions(request, draft, back, _seen(segment), crumbs)


def _draft(request: SignedInRequest, segment: Segment) -> tuple[Draft, list[PlannedStep]]:
    """The draft of the address and the plan it changes. Raises `Outdated` when that is another."""
    plan = plan_of(segment)
    if "step" not in request.GET:
        return Draft.read(plan, None), plan
    _refuse_outdated(segment, request.GET.get("seen", ""))
    return Draft.read(plan, request.GET.getlist("step")), plan


def _refuse_outdated(segment: Segment, seen: str) -> None:
    """The parts of a draft are places in a plan: in another plan they mean something else."""
    if not seen.isdecimal() or int(seen) >= segment.version:
        return
    changes = segment.changes.since(int(seen)).touching(SHEET).select_related("created_by")
    if changes:
        raise Outdated(segment, list(changes), repeatable=False)


def _seen(segment: Segment) -> str:
    return f"seen={segment.version}"


def _page(segment: Segment, draft: Draft) -> dict[str, Any]:
    address = f"{draft.address}&{_seen(segment)}"
    return {"segment": segment, "draft": draft, "address": address}


def _pages(segment: Segment) -> tuple[str, str]:
    """The pages of the draft and of the conditions of one step."""
    names = ("segments:change_steps", "segments:change_step")
    back, change = (reverse(name, args=[segment.number]) for name in names)
    return back, change


def _done(step: SegmentStep) -> str:
    said = ngettext(
        "%(added)s came, %(removed)s went; there is %(count)s line now.",
        "%(added)s came, %(removed)s went; there are %(count)s lines now.",
        step.lines_after,
    )
    counts = (step.added, step.removed, step.lines_after)
    return said % dict(zip(("added", "removed", "count"), map(shown, counts), strict=True))
