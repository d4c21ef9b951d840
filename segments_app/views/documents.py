"""The Word documents of a segment's letters: the templates' own, and copies edited for it alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from interactions.models import TemplateDocument
from interactions.views.word import uploaded_bytes, word_response
from segments_app import operations
from segments_app.forms import LetterForm
from segments_app.models import Segment, SegmentDocument

from .seen import find_seen
from .segment import find_segment, worksheet


@permission_required("segments.view_segment", raise_exception=True)
def documents(request: SignedInRequest, number: str) -> HttpResponse:
    """Each document that the segment's letters are made from, with its edited copy."""
    segment = find_segment(number)
    context = {
        **worksheet(segment),
        "tab": "letters",
        "documents": _with_copies(segment),
        "form": LetterForm(),
    }
    return render(request, "segments/documents.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def document(request: SignedInRequest, number: str, pk: int) -> FileResponse:
    """The document that holds for the segment, as a download to edit."""
    segment = find_segment(number)
    original = _find_original(segment, pk)
    found = _copies(segment).edited_from(original).first() or original
    return word_response(found.document.read(), found.document.name)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def put_document(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Keep an edited copy, which is merged for this segment only."""
    segment = find_seen(request, number)
    original = _find_original(segment, pk)
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a Word document first."))
        return redirect("segments:documents", number)
    file = form.cleaned_data["document"]
    operations.put_document(segment, original, uploaded_bytes(file), file.name, by=request.user)
    messages.success(request, _("The edited copy is kept. It holds for this segment only."))
    return redirect("segments:documents", number)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def remove_document(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Forget the edited copy; the template's document is merged again."""
    segment = find_seen(request, number)
    operations.remove_document(segment, _find_original(segment, pk), by=request.user)
    messages.success(request, _("The edited copy was removed."))
    return redirect("segments:documents", number)


def _originals(segment: Segment) -> Any:
    """The documents of the templates that the header and the lines name."""
    return TemplateDocument.objects.of_templates(segment.templates_used())


def _find_original(segment: Segment, pk: int) -> TemplateDocument:
    original: TemplateDocument | None = _originals(segment).filter(pk=pk).first()
    if original is None:
        raise Http404(pk)
    return original


def _copies(segment: Segment) -> Any:
    return segment.documents.select_related("document", "created_by")


def _with_copies(segment: Segment) -> list[tuple[TemplateDocument, SegmentDocument | None]]:
    copies = {(copy.template_id, copy.language_id): copy for copy in _copies(segment)}
    return [
        (original, copies.get((original.template_id, original.language_id)))
        for original in _originals(segment)
    ]
