"""Follow-up segments."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from contacts.requests import SignedInRequest
from interactions.models import LoggedSegment
from segments_app import operations
from segments_app.forms import FollowUpForm
from segments_app.whom import Whom, contacts_by_whom


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
