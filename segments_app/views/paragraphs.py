"""The paragraphs of one contact's letter."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from segments_app.operations.paragraphs import choose_paragraphs

from .line import find_line
from .seen import find_seen


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def choose(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Keep which paragraphs are ticked."""
    line = find_line(find_seen(request, number), pk)
    choose_paragraphs(line, request.POST.getlist("paragraph"), by=request.user)
    messages.success(request, _("The paragraphs of the letter are kept."))
    return redirect("segments:line", number, pk)
