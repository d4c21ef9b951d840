"""New segments from what was logged: followed up, or reused; and those of a campaign."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.requests import SignedInRequest
from interactions.chosen import Chosen
from interactions.models import Campaign, LoggedSegment
from segments_app import operations
from segments_app.forms import FollowUpEntriesForm, ReuseForm
from segments_app.models import Segment
from segments_app.operations.reuse_as_new import criteria_steps
from segments_app.sentences import spoken
from segments_app.whom import Whom, contacts_by_whom

MAY = ("segments.add_segment", "interactions.view_interactionlogentry")


@permission_required(MAY, raise_exception=True)
def follow_up_entries(request: SignedInRequest) -> HttpResponse:
    """A new segment with the contacts of the interactions that are ticked, or that match."""
    chosen = Chosen.of(request.GET)
    counts = contacts_by_whom(chosen.entries)
    initial = {
        "description": _("Follow-up"),
        "whom": request.GET.get("whom", Whom.ALL),
        "campaign": request.GET.get("campaign"),
    }
    form = FollowUpEntriesForm(request.POST or None, initial=initial, counts=counts)
    if request.method == "POST" and form.is_valid():
        segment = operations.follow_up_entries(chosen.entries, by=request.user, **_asked(form))
        messages.success(request, _("Segment %(number)s was created.") % {"number": segment.number})
        return redirect(segment)
    back = f"{reverse('interactions:list')}?{chosen.query_string}"
    context = {"form": form, "count": counts[Whom.ALL], "back": back}
    return render(request, "segments/follow_up.html", context)


def _asked(form: FollowUpEntriesForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if value}


@permission_required("segments.add_segment", raise_exception=True)
def reuse_as_new(request: SignedInRequest, number: str) -> HttpResponse:
    """A new segment that begins with the contacts or the criteria of a logged one."""
    logged = get_object_or_404(LoggedSegment, number=number)
    form = ReuseForm(request.POST or None, initial={"description": logged.description})
    if request.method == "POST" and form.is_valid():
        try:
            segment = operations.reuse_as_new(logged, by=request.user, **form.cleaned_data)
            said = _("Segment %(number)s was created.") % {"number": segment.number}
            messages.success(request, said)
            return redirect(segment)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    steps = [spoken(step.sentences) for step in criteria_steps(logged)]
    context = {"logged": logged, "form": form, "steps": steps}
    return render(request, "segments/reuse_as_new.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def for_campaign(request: SignedInRequest, number: str) -> HttpResponse:
    """The segments in work that belong to a campaign: a fragment for its page."""
    campaign = get_object_or_404(Campaign, number=number)
    segments = Segment.objects.with_header().with_lines_count().of_campaign(campaign)
    return render(request, "segments/_for_campaign.html", {"segments": segments})
