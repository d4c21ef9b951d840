"""Save the steps of a segment as criteria, and do saved criteria in a segment."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.difference import reuse_difference, reuse_page
from segments_app.errors import Outdated, TookTooLong
from segments_app.models import SavedCriteria, Segment, SegmentStep
from segments_app.moves import shown
from segments_app.operations.saved_criteria import criteria_of
from segments_app.plan import plan_of
from segments_app.saved_forms import SaveCriteriaForm
from segments_app.time_limit import within

from .saved_criteria import find_criteria
from .seen import find_seen
from .segment import worksheet
from .touched import show_touched


@permission_required("segments.add_savedcriteria", raise_exception=True)
def save_criteria(request: SignedInRequest, number: str) -> HttpResponse:
    """Save the steps in effect under a name."""
    segment = find_seen(request, number)
    form = SaveCriteriaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_criteria(segment, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved as %(code)s.") % {"code": saved.code})
            return redirect(segment)
        except Outdated:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {**worksheet(segment), "form": form, "saved_steps": criteria_of(plan_of(segment))}
    return render(request, "segments/save_criteria.html", context)


@permission_required("segments.change_segment", raise_exception=True)
def reuse_criteria(request: SignedInRequest, number: str) -> HttpResponse:
    """Choose saved criteria, see what their steps would do, do them after the steps there are."""
    segment = find_seen(request, number)
    if request.method == "POST":
        saved = find_criteria(request, request.POST.get("criteria", ""))
        steps = operations.reuse_criteria(segment, saved, by=request.user)
        messages.success(request, _done(steps))
        return redirect(segment)
    if "criteria" in request.GET and "show" in request.GET:
        return _list(request, segment)
    context = {**worksheet(segment), **_preview(request, segment)}
    context["choices"] = SavedCriteria.objects.with_steps().visible_to(request.user)
    return render(request, "segments/reuse_criteria.html", context)


def _preview(request: SignedInRequest, segment: Segment) -> dict[str, object]:
    """What the chosen criteria would do; nothing while none is chosen."""
    if "criteria" not in request.GET:
        return {}
    saved = find_criteria(request, request.GET["criteria"])
    try:
        with within(settings.PREVIEW_SECONDS, request):
            return {"chosen": saved, "difference": reuse_difference(segment, saved)}
    except TookTooLong as refusal:
        return {"chosen": saved, "given_up": refusal}
    except Refused as refusal:
        return {"chosen": saved, "refusal": refusal}


def _list(request: SignedInRequest, segment: Segment) -> HttpResponse:
    """Who would come, or go."""
    saved = find_criteria(request, request.GET["criteria"])
    with within(settings.PREVIEW_SECONDS, request):
        page = reuse_page(segment, saved, request.GET["show"], request.GET.get("page"))
    back = f"{request.path}?{urlencode({'criteria': saved.code})}"
    title = _("Reuse saved criteria")
    return show_touched(request, segment, page, list(page), back=back, title=title)


def _done(steps: list[SegmentStep]) -> str:
    said = ngettext("%(count)s step was done", "%(count)s steps were done", len(steps))
    added, removed = sum(step.added for step in steps), sum(step.removed for step in steps)
    return f"{said % {'count': len(steps)}} (+{shown(added)}, −{shown(removed)})."
