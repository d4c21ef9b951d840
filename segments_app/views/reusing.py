"""Reuse saved criteria, the saved criteria themselves, and follow-up segments."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from contacts.errors import Refused
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest
from interactions.models import LoggedSegment
from segments_app import operations
from segments_app.forms import FollowUpForm, SaveCriteriaForm
from segments_app.models import SavedCriteria, SegmentStep
from segments_app.whom import Whom, contacts_by_whom

from .segment import find_segment, worksheet


@permission_required("segments.change_segment", raise_exception=True)
def reuse_criteria(request: SignedInRequest, number: str) -> HttpResponse:
    """Choose saved criteria and do their steps again, after the steps there are."""
    segment = find_segment(number)
    if request.method == "POST":
        saved = get_object_or_404(
            SavedCriteria, code=request.POST.get("criteria", "").replace("\0", "")
        )
        try:
            steps = operations.reuse_criteria(segment, saved, by=request.user)
            messages.success(request, _done(steps))
            return redirect(segment)
        except Refused as refusal:
            messages.error(request, str(refusal))
    choices = SavedCriteria.objects.prefetch_related("steps")
    context = {**worksheet(segment), "choices": choices}
    return render(request, "segments/reuse_criteria.html", context)


def _done(steps: list[SegmentStep]) -> str:
    said = ngettext("%(count)s step was done", "%(count)s steps were done", len(steps))
    counts = {
        "count": len(steps),
        "added": sum(step.added for step in steps),
        "removed": sum(step.removed for step in steps),
    }
    return f"{said % counts} (+{counts['added']}, −{counts['removed']})."


@permission_required("segments.add_savedcriteria", raise_exception=True)
def save_criteria(request: SignedInRequest, number: str) -> HttpResponse:
    """Save the steps from criteria under a name."""
    segment = find_segment(number)
    form = SaveCriteriaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_criteria(segment, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved as %(code)s.") % {"code": saved.code})
            return redirect(segment)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {**worksheet(segment), "form": form}
    return render(request, "segments/save_criteria.html", context)


@permission_required("segments.add_segment", raise_exception=True)
def follow_up(request: SignedInRequest, number: str) -> HttpResponse:
    """A new segment with the contacts of a logged one."""
    logged = get_object_or_404(LoggedSegment, number=number)
    description = _("Follow-up on segment %(number)s") % {"number": number}
    counts = contacts_by_whom(logged.entries.all())
    initial = {"description": description, "whom": request.GET.get("whom")}
    form = FollowUpForm(request.POST or None, initial=initial, counts=counts)
    if request.method == "POST" and form.is_valid():
        segment = operations.follow_up(logged, by=request.user, **form.cleaned_data)
        messages.success(request, _("Segment %(number)s was created.") % {"number": segment.number})
        return redirect(segment)
    context = {"logged": logged, "form": form, "count": counts[Whom.ALL]}
    return render(request, "segments/follow_up.html", context)


class SavedCriteriaListView(PermissionRequiredMixin, ListView[SavedCriteria]):
    """All saved criteria."""

    permission_required = "segments.view_savedcriteria"
    template_name = "segments/saved_criteria_list.html"
    queryset = SavedCriteria.objects.prefetch_related("steps").select_related("created_by")
    paginator_class = LatePaginator
    paginate_by = 50


class SavedCriteriaDetailView(PermissionRequiredMixin, DetailView[SavedCriteria]):
    """Saved criteria with their steps."""

    permission_required = "segments.view_savedcriteria"
    template_name = "segments/saved_criteria_detail.html"
    queryset = SavedCriteria.objects.prefetch_related("steps").select_related("created_by")
    slug_field = "code"
    slug_url_kwarg = "code"


@permission_required("segments.delete_savedcriteria", raise_exception=True)
@require_POST
def delete_criteria(request: SignedInRequest, code: str) -> HttpResponse:
    """Delete saved criteria; segments built with them stay as they are."""
    get_object_or_404(SavedCriteria, code=code).delete()
    messages.success(request, _("Saved criteria %(code)s were deleted.") % {"code": code})
    return redirect("segments:saved_criteria_list")
