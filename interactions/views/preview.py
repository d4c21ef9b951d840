"""Letters in the browser: the frame that draws Word documents, and an entry's letter in it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from interactions.letter_neighbours import neighbours
from interactions.letters.check import DocumentError
from interactions.models import InteractionLogEntry

from .entry import entry_letter

# The frame draws what a document says, so it may do nothing else: no cookies, no requests, no way
# out (`sandbox` gives it an origin of its own). docx-preview writes styles and makes pictures and
# fonts of the document into blobs.
FRAME_POLICY: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": ["blob:", "data:"],
    "font-src": ["blob:", "data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-scripts"],
}


@csp_override(FRAME_POLICY)
@xframe_options_sameorigin
def letter_frame(request: HttpRequest) -> HttpResponse:
    """An empty page that draws the Word document which the page around it hands over."""
    return render(request, "interactions/letter_frame.html")


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def entry_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of an entry as it was sent, in the browser."""
    entry = get_object_or_404(InteractionLogEntry.objects.with_everything(), pk=pk)
    if not entry.document_id:
        return render(request, "interactions/entry_no_letter.html", {"entry": entry}, status=404)
    step = neighbours(entry)
    context = {
        "entry": entry,
        "step": step,
        "previous_url": _url(step.previous) if step else "",
        "next_url": _url(step.next) if step else "",
    }
    return render(request, "interactions/entry_preview.html", context)


def _url(key: int | None) -> str:
    return reverse("interactions:entry_preview", args=[key]) if key else ""


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def entry_preview_letter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The Word document for the frame; if it cannot be made, why."""
    return letter_or_reason(lambda: entry_letter(request, pk))


def letter_or_reason(make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return what `make` returns; for a letter that cannot be made, why, as text (422)."""
    try:
        return make()
    except DocumentError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
