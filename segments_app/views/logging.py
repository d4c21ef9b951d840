"""Log: everything is checked and shown first; then one act."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import ngettext

from contacts.requests import SignedInRequest
from interactions.models import LoggedSegment
from segments_app import operations
from segments_app.checks import Check
from segments_app.forms import LogForm
from segments_app.models import Segment

from .segment import find_segment


@permission_required("segments.log_segment", raise_exception=True)
def log(request: SignedInRequest, number: str) -> HttpResponse:
    """What will be logged and what stands in the way; POST logs it."""
    logged = LoggedSegment.objects.numbered(number).first()
    if logged:
        return redirect(logged)
    segment = find_segment(number)
    form = LogForm(request.POST)
    if request.method == "POST" and form.is_valid():
        return _log(request, segment, form.cleaned_data)
    context = {"segment": segment, "check": Check(segment)}
    return render(request, "segments/log.html", context)


def _log(request: SignedInRequest, segment: Segment, choices: dict[str, Any]) -> HttpResponse:
    logged = operations.log_segment(segment, by=request.user, **choices)
    count = logged.entries_count
    said = ngettext("Logged %(count)s interaction.", "Logged %(count)s interactions.", count)
    messages.success(request, said % {"count": count})
    for new in Segment.objects.following(logged):
        messages.success(request, _created(new))
    return redirect(logged)


def _created(segment: Segment) -> str:
    """The follow-up with a link to it, and how many contacts it has."""
    count = operations.lines_count(segment)
    said = ngettext(
        "Created follow-up segment {segment} with {count} contact.",
        "Created follow-up segment {segment} with {count} contacts.",
        count,
    )
    link = format_html('<a href="{}">{}</a>', segment.get_absolute_url(), segment)
    return format_html(said, segment=link, count=count)
