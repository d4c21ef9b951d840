"""Segments: the list, a new one, the worksheet with its lines, the header, and deleting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest
from interactions.models import LoggedSegment
from segments_app import operations
from segments_app.checks import Check
from segments_app.forms import HeaderForm, SegmentForm
from segments_app.letter_checks import ALL_PROBLEMS, LetterCheck
from segments_app.models import Segment, SegmentLine
from segments_app.models.line import SegmentLineQuerySet

LINES_ON_A_PAGE = 50


def find_segment(number: str) -> Segment:
    """The segment in work with that number, with what its header names; else `Http404`."""
    segment = Segment.objects.with_header().numbered(number).first()
    if segment is None:
        raise Http404(number)
    return segment


class SegmentListView(PermissionRequiredMixin, ListView[Segment]):
    """Segments in work."""

    permission_required = "segments.view_segment"
    template_name = "segments/segment_list.html"
    paginator_class = LatePaginator
    paginate_by = 50

    def get_queryset(self) -> Any:
        segments = Segment.objects.with_header().with_lines_count()
        text = self.request.GET.get("q", "").strip()
        return segments.search(text) if text else segments


@permission_required("segments.add_segment", raise_exception=True)
def create(request: SignedInRequest) -> HttpResponse:
    """A new segment; a number is drawn only when the form is right."""
    form = SegmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        header = {name: value for name, value in form.cleaned_data.items() if value}
        segment = operations.create_segment(by=request.user, **header)
        return redirect(segment)
    return render(request, "segments/segment_form.html", {"form": form})


@permission_required("segments.view_segment", raise_exception=True)
def detail(request: SignedInRequest, number: str) -> HttpResponseBase:
    """The worksheet: the lines of a segment, page by page, and its steps."""
    logged = LoggedSegment.objects.numbered(number).first()
    if logged and not Segment.objects.numbered(number).exists():
        messages.info(request, _("Segment %(number)s is logged.") % {"number": number})
        return redirect(logged)
    segment = find_segment(number)
    shown, lines = _shown_lines(request, segment)
    context = {
        **worksheet(segment),
        "tab": "lines",
        "shown": shown,
        "page_obj": _page(request, segment, lines, whole=not shown),
    }
    return render(request, "segments/segment_detail.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def problems(request: SignedInRequest, number: str) -> HttpResponse:
    """All problems of all lines, each with a way to its lines."""
    segment = find_segment(number)
    context = {**worksheet(segment), "tab": "problems", "check": Check(segment)}
    return render(request, "segments/segment_problems.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def facts(request: SignedInRequest, number: str) -> HttpResponse:
    """The line under the title: counted over all lines, so it comes after the page."""
    segment = find_segment(number)
    context = {"segment": segment, "check": Check(segment), "totals": segment.sheet().totals()}
    return render(request, "segments/_facts.html", context)


@permission_required("segments.change_segment", raise_exception=True)
def update(request: SignedInRequest, number: str) -> HttpResponse:
    """What the interaction is: the header."""
    segment = find_segment(number)
    form = HeaderForm(request.POST or None, instance=segment)
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        operations.change_header(segment, by=request.user, **changed)
        messages.success(request, _changed(segment, form.changed_data))
        return redirect(segment)
    context = {**worksheet(segment), "tab": "header", "form": form}
    return render(request, "segments/segment_header.html", context)


@permission_required("segments.delete_segment", raise_exception=True)
@require_POST
def delete(request: SignedInRequest, number: str) -> HttpResponse:
    """Delete a segment that was not logged."""
    segment = find_segment(number)
    operations.delete_segment(segment, by=request.user)
    messages.success(request, _("Segment %(number)s was deleted.") % {"number": number})
    return redirect("segments:list")


def worksheet(segment: Segment) -> dict[str, Any]:
    """What every page of the worksheet shows: the segment, its steps, how many lines."""
    steps = list(segment.steps.select_related("created_by"))
    current = [step for step in steps if step.number == segment.current_step]
    return {
        "segment": segment,
        "steps": steps,
        "lines_count": current[0].lines_after if current else 0,
        "can_go_back": segment.current_step > 0,
        "can_go_forward": any(step.number > segment.current_step for step in steps),
        "has_criteria": any(step.action in step.CRITERIA_ACTIONS for step in steps),
    }


def _shown_lines(request: SignedInRequest, segment: Segment) -> tuple[dict[str, str], Any]:
    """The lines the person asks for, and what was asked, in words."""
    text, problem = request.GET.get("q", "").strip(), request.GET.get("problem", "")
    if text:
        return {"text": text}, segment.sheet().search(text)
    if problem in ALL_PROBLEMS:
        lines = LetterCheck(segment).lines_with(problem)
        return {"problem": str(ALL_PROBLEMS[problem].label % {"count": 2})}, lines
    if "changed" in request.GET:
        return {"changed": "yes"}, segment.sheet().changed()
    return {}, segment.sheet()


def _page(
    request: SignedInRequest, segment: Segment, lines: SegmentLineQuerySet, *, whole: bool
) -> Any:
    known_count = worksheet_count(segment) if whole else None
    shown = lines.with_outdated().select_related("contact")
    paginator: Paginator[SegmentLine] = LatePaginator(
        shown, LINES_ON_A_PAGE, known_count=known_count
    )
    return paginator.get_page(request.GET.get("page"))


def worksheet_count(segment: Segment) -> int:
    """The number of lines, as the current step stored it."""
    return operations.lines_count(segment)


def _changed(segment: Segment, fields: list[str]) -> str:
    """How many lines follow a change of the header, and how many keep their own (D8)."""
    own = segment.sheet().keeping(fields).count()
    follow = worksheet_count(segment) - own
    said = ngettext("%(count)s line follows.", "%(count)s lines follow.", follow)
    kept = ngettext("%(count)s keeps its own value.", "%(count)s keep their own value.", own)
    return " ".join([said % {"count": follow}, kept % {"count": own} if own else ""]).strip()
