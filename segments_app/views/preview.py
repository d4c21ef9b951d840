"""Letters in the browser before they are made: one after another, and what may be wrong."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from interactions.letter_jobs import ask_for_letters
from interactions.letters import libreoffice
from interactions.letters.frozen import Numbered
from interactions.letters.output import Format, Options
from interactions.letters.shared import shared_fields
from interactions.models import LetterJob
from interactions.views.preview import letter_or_reason
from segments_app.choosing import Choice
from segments_app.letter_checks import LetterCheck
from segments_app.letters import line_sources
from segments_app.models import Segment
from segments_app.walk import KINDS, Walk, walk_counts

from .letters import find_job, may_make, step_key
from .line import find_line, letter
from .segment import find_segment


@permission_required("segments.view_segment", raise_exception=True)
def preview(request: SignedInRequest, number: str) -> HttpResponse:
    """The first letter of the segment, or of a kind of its lines."""
    walk = _walk(request, find_segment(number))
    key = walk.first()
    if key is None:
        return render(request, "segments/preview.html", _context(walk))
    return _show(request, walk, key)


@permission_required("segments.view_segment", raise_exception=True)
def preview_line(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """The letter of a line, with the ways to the one before and the one after."""
    return _show(request, _walk(request, find_segment(number)), pk)


@permission_required("segments.view_segment", raise_exception=True)
def preview_letter(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """The Word document for the frame; if it cannot be made, why."""
    return letter_or_reason(lambda: letter(request, number, pk))


@permission_required("segments.view_segment", raise_exception=True)
def letter_problems(request: SignedInRequest, number: str) -> HttpResponse:
    """What may be wrong with the letters: counted over all lines, so it comes after the page."""
    segment = find_segment(number)
    context = {"segment": segment, "check": LetterCheck(segment), "kinds": KINDS}
    return render(request, "segments/letter_problems.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def preview_kinds(request: SignedInRequest, number: str) -> HttpResponse:
    """What can be stepped through, with how many there are: counted, so it comes after the page."""
    walk = _walk(request, find_segment(number))
    counts = walk_counts(walk.segment)
    kinds = [(kind, label, counts[kind]) for kind, label in KINDS.items()]
    context = {"segment": walk.segment, "walk": walk, "kinds": kinds}
    return render(request, "segments/preview.html#kinds", context)


@may_make
@require_POST
def preview_pdf(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Have the exact PDF of one letter made, by the task worker."""
    segment = find_segment(number)
    line = find_line(segment, pk)
    place = segment.sheet().before(line) + 1
    job = ask_for_letters(
        (Numbered(place, source) for source in line_sources(segment.sheet().ticked([pk]))),
        shared_fields(segment.number, segment.description),
        Options(format=Format.PDF),
        segment_number=number,
        step=step_key(segment),
        by=request.user,
        choice=Choice(numbers=((place, place),)).as_json(),
    )
    return _pdf(request, number, job) if request.htmx else redirect("segments:letters", number)


@permission_required("segments.view_segment", raise_exception=True)
def previewed_pdf(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """How far the PDF is, and where it is; `pk` is the job's."""
    return _pdf(request, number, find_job(number, pk))


@permission_required("segments.view_segment", raise_exception=True)
def open_pdf(request: SignedInRequest, number: str, pk: int) -> FileResponse:
    """The PDF in the browser; `pk` is the job's."""
    job = find_job(number, pk)
    if job.state != job.State.DONE or job.path.suffix != ".pdf" or not job.path.exists():
        raise Http404(pk)
    return FileResponse(job.path.open("rb"), filename=f"{number}.pdf")


def _pdf(request: SignedInRequest, number: str, job: LetterJob) -> HttpResponse:
    return render(request, "segments/_preview_pdf.html", {"number": number, "job": job})


def _walk(request: SignedInRequest, segment: Segment) -> Walk:
    try:
        return Walk(segment, request.GET.get("among", ""))
    except KeyError:
        raise Http404 from None


def _show(request: SignedInRequest, walk: Walk, key: int) -> HttpResponse:
    line = find_line(walk.segment, key)
    step = walk.step(line)
    context = {
        **_context(walk),
        "line": line,
        "step": step,
        "place": walk.segment.sheet().before(line) + 1 if walk.kind else step.place,
        "previous_url": _url(walk, step.previous),
        "next_url": _url(walk, step.next),
        "has_letter": getattr(line, "r_document", None) is not None,
    }
    return render(request, "segments/preview.html", context)


def _context(walk: Walk) -> dict[str, Any]:
    return {
        "segment": walk.segment,
        "walk": walk,
        "kinds": [(kind, label, None) for kind, label in KINDS.items()],
        "no_pdf": libreoffice.problem(),
    }


def _url(walk: Walk, key: int | None) -> str:
    """The address of a line's preview on this walk, "" for none."""
    if key is None:
        return ""
    query = f"?{urlencode({'among': walk.kind})}" if walk.kind else ""
    return reverse("segments:preview_line", args=[walk.segment.number, key]) + query
