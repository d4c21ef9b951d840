"""Letters of a segment: ask for them, see how far they are, fetch them."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.errors import Refused
from contacts.requests import SignedInRequest
from interactions.letter_jobs import ask_again, ask_for_letters, cancel_letters, retry_letters
from interactions.letters import libreoffice
from interactions.letters.fonts import fonts_lacking_for
from interactions.letters.merge import safe_name
from interactions.letters.shared import shared_fields
from interactions.models import LetterJob, LoggedSegment
from segments_app.choosing import chosen_letters
from segments_app.letter_words import job_words
from segments_app.letters_form import AgainForm, LettersForm
from segments_app.models import Segment

from .segment import find_segment, worksheet

may_make = permission_required("segments.change_segment", raise_exception=True)


@permission_required("segments.view_segment", raise_exception=True)
def letters(request: SignedInRequest, number: str) -> HttpResponseBase:
    """Ask for letters, labels or cover sheets; POST has them made as the sheet is now."""
    if not Segment.objects.numbered(number).exists():
        return jobs(request, number)
    if request.method == "POST" and not request.user.has_perm("segments.change_segment"):
        raise PermissionDenied
    segment = find_segment(number)
    form = _form(request, segment)
    if request.method == "POST" and form.is_valid() and _asked(request, segment, form):
        # Who ticked lines goes on with them: the next letters are not suddenly for everybody.
        query = urlencode(form.kept())
        return redirect(f"{request.path}?{query}" if query else request.path)
    context = {
        **worksheet(segment),
        **_jobs(segment.number),
        "tab": "letters",
        "form": form,
        "fonts": _missing_fonts(segment),
        "ticked": form.ticked,
    }
    return render(request, "segments/letters.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def jobs(request: SignedInRequest, number: str) -> HttpResponse:
    """What was asked for of the segment, and how far it is; also after it was logged."""
    context = _jobs(number)
    if not context["known"]:
        raise Http404(number)
    template = "segments/_letter_jobs.html" if request.htmx else "segments/letter_jobs.html"
    return render(request, template, context)


@permission_required("segments.view_segment", raise_exception=True)
def fetch_letters(request: SignedInRequest, number: str, pk: int) -> FileResponse:
    """The file that was made."""
    job = find_job(number, pk)
    if job.state != LetterJob.State.DONE or not job.path.exists():
        raise Http404(pk)
    name = " ".join([_made_of(job), number, f"{localtime(job.created_at):%Y-%m-%d %H%M%S}"])
    return FileResponse(
        job.path.open("rb"), as_attachment=True, filename=safe_name(name) + job.path.suffix
    )


@may_make
@require_POST
def cancel(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Stop making them."""
    if cancel_letters(find_job(number, pk)):
        messages.success(request, _("Canceled. Nothing more is made."))
    return _back(request, number)


@may_make
@require_POST
def retry(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Go on where it failed."""
    job = find_job(number, pk)
    # What was made of letters that were canceled is thrown away.
    kept = job.state != LetterJob.State.CANCELED
    if retry_letters(job):
        said = _("Trying again. What was made already is kept.") if kept else _("Trying again.")
        messages.success(request, said)
    return _back(request, number)


@may_make
@require_POST
def again(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Some numbers of an earlier list once more, as they were."""
    form = AgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["numbers"])))
        return _back(request, number)
    numbers = form.cleaned_data["numbers"]
    _tell(request, ask_again(find_job(number, pk), numbers, by=request.user))
    return _back(request, number)


def find_job(number: str, pk: int) -> LetterJob:
    """The job of that segment; else `Http404`."""
    job = LetterJob.objects.of_segment(number).filter(pk=pk).first()
    if job is None:
        raise Http404(pk)
    return job


def _back(request: SignedInRequest, number: str) -> HttpResponse:
    """To the page of letters, with what was chosen in its form."""
    query = urlsplit(request.headers.get("Referer", "")).query
    return redirect(reverse("segments:letters", args=[number]) + (f"?{query}" if query else ""))


def _form(request: SignedInRequest, segment: Segment) -> LettersForm:
    """What is asked for; else what the address says, as it stood before the last letters."""
    if request.method == "POST":
        return LettersForm(request.POST, request.FILES, segment=segment)
    return LettersForm(initial=LettersForm.initial_of(request.GET), segment=segment)


def _asked(request: SignedInRequest, segment: Segment, form: LettersForm) -> bool:
    """A refusal is told on the form, which keeps what was chosen."""
    try:
        job = ask_for_letters(
            chosen_letters(segment, form.cleaned_data["what"], form.choice),
            shared_fields(segment.number, segment.description),
            form.options_of(request.user),
            segment_number=segment.number,
            step=step_key(segment),
            by=request.user,
            choice=form.choice.as_json(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    _tell(request, job)
    return True


def _tell(request: SignedInRequest, job: LetterJob) -> None:
    if job.state == LetterJob.State.FAILED:
        messages.error(request, job.reason)
    elif job.state == LetterJob.State.DONE:
        messages.success(request, _("Done: the file can be fetched below."))
    else:
        messages.success(request, _("They are being made; you can do something else meanwhile."))


def step_key(segment: Segment) -> int | None:
    """The key of the step that the worksheet shows, None before the first."""
    return segment.steps.filter(number=segment.current_step).values_list("pk", flat=True).first()


def _missing_fonts(segment: Segment) -> list[str]:
    """Fonts that a PDF of these letters would need."""
    if segment.template is None or libreoffice.problem():
        return []
    documents = segment.template.documents.values_list("document", flat=True)
    return sorted({font for key in documents for font in fonts_lacking_for(key)})


def _made_of(job: LetterJob) -> str:
    return job.what_label


def _jobs(number: str) -> dict[str, Any]:
    segment = Segment.objects.numbered(number).first()
    logged = None if segment else LoggedSegment.objects.numbered(number).first()
    found = list(LetterJob.objects.of_segment(number).select_related("created_by")[:20])
    step = step_key(segment) if segment else None
    own = dict(LetterJob.objects.of_segment(number).own_documents().values_list("pk", "name"))
    return {
        "number": number,
        "known": segment or logged,
        "jobs": [
            (job, segment is not None and job.step != step, job_words(job, own)) for job in found
        ],
        "kept_days": settings.LETTERS_KEPT_DAYS,
        "in_work": any(job.is_unfinished for job in found),
    }
