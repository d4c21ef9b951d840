"""Go back, go forward, and begin again."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.sentences import spoken

from .seen import find_seen


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def go_back(request: SignedInRequest, number: str) -> HttpResponse:
    """Undo the current step."""
    segment = find_seen(request, number)
    step = operations.go_back(segment, by=request.user)
    if step:
        messages.info(request, _("Undone: %(step)s") % {"step": spoken(step.sentences)})
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
def reset(request: SignedInRequest, number: str) -> HttpResponse:
    """Empty the segment and forget its steps; the header stays."""
    segment = find_seen(request, number)
    count = operations.reset(segment, by=request.user)
    said = ngettext("Removed %(count)s line.", "Removed %(count)s lines.", count)
    messages.success(request, said % {"count": count})
    return redirect(segment)
