"""Follow up interactions, whatever segments they come from."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.requests import SignedInRequest
from interactions.chosen import Chosen
from segments_app import operations
from segments_app.forms import FollowUpEntriesForm
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
