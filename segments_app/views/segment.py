"""Segments: the list, a new one, the worksheet with its lines, the header, and deleting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import ListView

from contacts.models import Salesperson
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest
from interactions.models import Campaign, LoggedSegment
from segments_app import operations
from segments_app.checks import Check
from segments_app.duplicates import found_shared
from segments_app.forms import SegmentForm
from segments_app.logging_check import QuickCheck
from segments_app.models import LineEdit, Segment
from segments_app.shown import Shown
from segments_app.table import Table

from .columns import chosen_columns, headings, problem_choices
from .waited import while_waited_for


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
    own = Salesperson.objects.active().of_user(request.user)
    campaign = Campaign.objects.numbered(request.GET.get("campaign", "")).first()
    form = SegmentForm(request.POST or None, initial={"salesperson": own, "campaign": campaign})
    if request.method == "POST" and form.is_valid():
        header = {name: value for name, value in form.cleaned_data.items() if value}
        if "salesperson" in request.POST:
            # Empty, too, is an answer: each contact's own.
            header["salesperson"] = form.cleaned_data["salesperson"]
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
    around, shown = worksheet(segment), Shown.of(request.GET)
    table = Table(segment, shown, chosen_columns(request), around["lines_count"])
    context = {
        **around,
        "tab": "lines",
        "shown": shown,
        "columns": headings(table.columns, shown.sort),
        "problem_choices": problem_choices(shown),
        "last_edit": LineEdit.objects.of_segment(segment).newest(),
        "page_obj": table.get_page(request.GET.get("page", 1)),
    }
    partly = request.htmx.target == "lines" and not request.htmx.history_restore_request
    template = "segments/_lines.html" if partly else "segments/segment_detail.html"
    return render(request, template, context)


@permission_required("segments.view_segment", raise_exception=True)
def problems(request: SignedInRequest, number: str) -> HttpResponse:
    """The page of problems; what is found comes after it."""
    segment = find_segment(number)
    return render(
        request, "segments/segment_problems.html", {**worksheet(segment), "tab": "problems"}
    )


@permission_required("segments.view_segment", raise_exception=True)
@while_waited_for
def found_problems(request: SignedInRequest, number: str) -> HttpResponse:
    """All problems of all lines, and what they share, each with a way to its lines."""
    segment = find_segment(number)
    context = {"segment": segment, "check": Check(segment), "shared": found_shared(segment)}
    if request.htmx:
        return render(request, "segments/_found_problems.html", context)
    context |= {**worksheet(segment), "tab": "problems"}
    return render(request, "segments/segment_problems.html", context)


@permission_required("segments.view_segment", raise_exception=True)
@while_waited_for
def facts(request: SignedInRequest, number: str) -> HttpResponse:
    """The line under the title: counted over all lines, so it comes after the page."""
    segment = find_segment(number)
    return render(
        request, "segments/_facts.html", {"segment": segment, "check": QuickCheck(segment)}
    )


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


def worksheet_count(segment: Segment) -> int:
    """The number of lines, as the current step stored it."""
    return operations.lines_count(segment)
