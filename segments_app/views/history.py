"""Go back and forward among the steps, and begin again."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.models import Segment
from segments_app.moves import moves, shown
from segments_app.panel import panel_of
from segments_app.sentences import spoken
from segments_app.thinning import parts_of

from .seen import find_seen
from .segment import find_segment, worksheet


@permission_required("segments.view_segment", raise_exception=True)
def steps(request: SignedInRequest, number: str) -> HttpResponse:
    """The panel of steps with what going to each would do: counted, so it comes after the page."""
    segment = find_segment(number)
    context = worksheet(segment)
    context["panel"] = panel_of(segment, context["steps"], counted=True)
    return render(request, "segments/_steps.html", context)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def go_back(request: SignedInRequest, number: str) -> HttpResponse:
    """Undo the current step."""
    segment = find_seen(request, number)
    step = operations.go_back(segment, by=request.user)
    if step:
        messages.info(request, _("Undone: %(step)s") % {"step": spoken(step.sentences)})
        _tell_parts(request, parts_of([step]))
    return redirect(segment)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def go_forward(request: SignedInRequest, number: str) -> HttpResponse:
    """Do the step again that was undone last."""
    segment = find_seen(request, number)
    step = operations.go_forward(segment, by=request.user)
    if step:
        messages.info(request, _("Done again: %(step)s") % {"step": spoken(step.sentences)})
    return redirect(segment)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def go_to(request: SignedInRequest, number: str, step: int) -> HttpResponse:
    """Go back or forward to any step; 0 is the empty sheet."""
    segment = find_seen(request, number)
    undone = list(segment.steps.filter(number__gt=step, number__lte=segment.current_step))
    operations.go_to(segment, step, by=request.user)
    _tell_parts(request, parts_of(undone))
    count = operations.lines_count(segment)
    said = ngettext("There is %(count)s line now.", "There are %(count)s lines now.", count)
    messages.info(request, said % {"count": shown(count)})
    return redirect(segment)


def _tell_parts(request: SignedInRequest, parts: Sequence[Segment]) -> None:
    """Say which segments stay whose contacts have come back."""
    if parts:
        said = ngettext(
            "Segment %(numbers)s stays, with the contacts it got: delete it if it is not wanted.",
            "Segments %(numbers)s stay, with the contacts they got: delete what is not wanted.",
            len(parts),
        )
        numbers = ", ".join(part.number for part in parts)
        messages.warning(request, said % {"numbers": numbers})


@permission_required("segments.change_segment", raise_exception=True)
def reset(request: SignedInRequest, number: str) -> HttpResponse:
    """Say what would be lost; POST empties the segment and forgets its steps."""
    segment = find_seen(request, number)
    if request.method != "POST":
        context = {**worksheet(segment), "move": moves(segment, [0])[0]}
        return render(request, "segments/reset.html", context)
    count = operations.reset(segment, by=request.user)
    said = ngettext("Removed %(count)s line.", "Removed %(count)s lines.", count)
    messages.success(request, said % {"count": shown(count)})
    return redirect(segment)
