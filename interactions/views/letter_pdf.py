"""The letter of one interaction as a PDF, just as it is printed: made by the task worker."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from interactions.delivery.printing import letter_pdf
from interactions.logged_letters import pdf_name
from interactions.models import InteractionLogEntry, LetterJob

from .user import user_of

may_see = permission_required("interactions.view_interactionlogentry", raise_exception=True)


@require_POST
@may_see
def entry_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it made."""
    job = letter_pdf(_entry(pk), by=user_of(request))
    return redirect("interactions:entry_pdf_made", pk, job.pk)


@may_see
def entry_pdf_made(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """How far it is, and where it is: a fragment, and a page of its own."""
    fragment, whole = "interactions/_entry_pdf.html", "interactions/entry_pdf.html"
    template = fragment if "HX-Request" in request.headers else whole
    context = {"entry": _entry(pk), "job": _job(request, job)}
    return render(request, template, context)


@may_see
def open_entry_pdf(request: HttpRequest, pk: int, job: int) -> FileResponse:
    """The PDF in the browser."""
    made = _job(request, job)
    if made.state != made.State.DONE or not made.path.exists():
        raise Http404(job)
    return FileResponse(made.path.open("rb"), filename=pdf_name(_entry(pk)))


def _entry(pk: int) -> InteractionLogEntry:
    entries = InteractionLogEntry.objects.with_everything().with_document()
    entry: InteractionLogEntry = get_object_or_404(entries, pk=pk)
    return entry


def _job(request: HttpRequest, pk: int) -> LetterJob:
    return get_object_or_404(LetterJob.objects.of_one_letter(user_of(request)), pk=pk)
