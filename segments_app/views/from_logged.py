"""Contacts of logged segments: in any, in all, in none; by what became of it (D17)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.criteria import CriteriaError
from segments_app.errors import TookTooLong
from segments_app.models import Segment, SegmentStep
from segments_app.preview import preview_of
from segments_app.selecting_forms import FromLoggedForm
from segments_app.time_limit import within

from .seen import find_seen
from .segment import worksheet_count
from .selecting import WAYS


@permission_required("segments.change_segment", raise_exception=True)
def reuse_logged_segment(request: SignedInRequest, number: str) -> HttpResponse:
    """Choose logged segments, see what would happen, do it."""
    segment = find_seen(request, number)
    form = FromLoggedForm(request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            step = _act(request, segment, form)
        except CriteriaError as error:
            messages.error(request, str(error))
        else:
            way = WAYS[form.cleaned_data["action"]]
            messages.success(request, way.said(way.done, step.added or step.removed))
            return redirect(segment)
    context = {"segment": segment, "form": form, "seconds": settings.PREVIEW_SECONDS}
    context |= {"lines_count": worksheet_count(segment), **_preview(request, segment, form)}
    template = "segments/reuse_logged_segment.html"
    return render(request, f"{template}#preview" if request.htmx else template, context)


def _act(request: SignedInRequest, segment: Segment, form: FromLoggedForm) -> SegmentStep:
    asked, way = form.asked(), WAYS[form.cleaned_data["action"]]
    if asked.alone and way.action == "add":
        return operations.reuse_logged_segment(segment, asked.alone, by=request.user)
    return way.operation(segment, asked.criteria(), by=request.user)


def _preview(request: SignedInRequest, segment: Segment, form: FromLoggedForm) -> dict[str, Any]:
    """What would happen, and how the same is asked by conditions."""
    if not form.is_valid():
        return {"problems": [error for errors in form.errors.values() for error in errors]}
    way, asked = WAYS[form.cleaned_data["action"]], form.asked()
    if not asked.names_somebody:
        return {}
    try:
        criteria = asked.criteria()
    except CriteriaError as error:
        return {"problems": error.problems}
    context = {"way": way, "criteria": criteria}
    try:
        with within(settings.PREVIEW_SECONDS, request):
            preview = preview_of(way.action, criteria.contacts(), segment, way.options(), criteria)
    except TookTooLong as refusal:
        return {**context, "given_up": refusal, "button": way.unseen}
    return {**context, "preview": preview, "button": way.said(way.button, preview.count)}
