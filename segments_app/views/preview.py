"""Letters in the browser before they are made: one after another, and what may be wrong."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from contacts.requests import SignedInRequest
from interactions.views.preview import letter_or_reason
from segments_app.letter_checks import LetterCheck
from segments_app.models import Segment
from segments_app.walk import KINDS, Walk

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
    context = {"segment": segment, "check": LetterCheck(segment)}
    return render(request, "segments/letter_problems.html", context)


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
        "previous_url": _url(walk, step.previous),
        "next_url": _url(walk, step.next),
        "has_letter": getattr(line, "r_document", None) is not None,
    }
    return render(request, "segments/preview.html", context)


def _context(walk: Walk) -> dict[str, Any]:
    return {"segment": walk.segment, "walk": walk, "kinds": KINDS.items()}


def _url(walk: Walk, key: int | None) -> str:
    """The address of a line's preview on this walk, "" for none."""
    if key is None:
        return ""
    query = f"?{urlencode({'among': walk.kind})}" if walk.kind else ""
    return reverse("segments:preview_line", args=[walk.segment.number, key]) + query
