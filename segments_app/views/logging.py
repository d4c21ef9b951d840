"""Log: everything is checked and shown first; then one act."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import ngettext

from contacts.requests import SignedInRequest
from interactions.models import DeliveryJob, LoggedSegment
from segments_app import operations
from segments_app.forms import LogForm
from segments_app.logging_check import LoggingCheck
from segments_app.models import Segment
from segments_app.since import Since

from .seen import find_seen


@permission_required("segments.log_segment", raise_exception=True)
def log(request: SignedInRequest, number: str) -> HttpResponse:
    """What will be logged and what stands in the way, as the options are; POST logs it."""
    logged = LoggedSegment.objects.numbered(number).first()
    if logged:
        return redirect(logged)
    segment = find_seen(request, number)
    form = LogForm(request.POST or request.GET)
    if request.method == "POST" and form.is_valid():
        return _log(request, segment, form.cleaned_data)
    return render(request, "segments/log.html", {"segment": segment, **_checked(segment, form)})


def _checked(segment: Segment, form: LogForm) -> dict[str, Any]:
    form.is_valid()
    options = form.cleaned_data
    check = LoggingCheck(segment, deliver=options.get("deliver", False))
    is_kept = options.get("skip_problems") and bool(check.blocked_count and check.ready_count)
    return {
        "options": options,
        "check": check,
        "since": Since(segment).named(),
        "may_log": not check.blocked_count or is_kept,
    }


def _log(request: SignedInRequest, segment: Segment, choices: dict[str, Any]) -> HttpResponse:
    if choices["deliver"] and not request.user.has_perm("interactions.add_deliveryjob"):
        raise PermissionDenied
    logged = operations.log_segment(segment, by=request.user, **choices)
    count = logged.entries_count
    said = ngettext("Logged %(count)s interaction.", "Logged %(count)s interactions.", count)
    messages.success(request, said % {"count": count})
    for job in logged.deliveries.all():
        messages.success(request, _queued(job))
    for new in Segment.objects.following(logged):
        messages.success(request, _created(new))
    if logged.kept_back:
        messages.warning(request, _kept_back(*logged.kept_back))
    return redirect(logged)


def _queued(job: DeliveryJob) -> str:
    said = ngettext("%(count)s e-mail is queued.", "%(count)s e-mails are queued.", job.count)
    return said % {"count": job.count}


def _created(segment: Segment) -> str:
    """The follow-up with a link to it, and how many contacts it has."""
    count = operations.lines_count(segment)
    said = ngettext(
        "Created follow-up segment {segment} with {count} contact.",
        "Created follow-up segment {segment} with {count} contacts.",
        count,
    )
    return format_html(said, segment=_link(segment), count=count)


def _kept_back(number: str, count: int) -> str:
    """Where the problem lines are now."""
    said = ngettext(
        "{count} line with problems was kept back in segment {segment}.",
        "{count} lines with problems were kept back in segment {segment}.",
        count,
    )
    kept = Segment.objects.get(number=number)
    return format_html(said, segment=_link(kept), count=count)


def _link(segment: Segment) -> str:
    return format_html('<a href="{}">{}</a>', segment.get_absolute_url(), segment)
