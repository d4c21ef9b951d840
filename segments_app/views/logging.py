"""Log: everything is checked and shown first; then one act."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.requests import SignedInRequest
from interactions.letters.archive import letter_chunks
from interactions.models import LoggedSegment
from segments_app import operations
from segments_app.checks import Check
from segments_app.errors import AlreadyLogged
from segments_app.forms import LogForm
from segments_app.letters import line_sources, merger_for
from segments_app.models import Segment

from .line import attachment
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
        return _log(request, segment, form.cleaned_data["follow_up"])
    context = {"segment": segment, "check": Check(segment)}
    return render(request, "segments/log.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def letters(request: SignedInRequest, number: str) -> HttpResponseBase:
    """All letters of the segment as a zip of Word documents, made while it is sent."""
    segment = find_segment(number)
    check = Check(segment)
    refusal = _no_letters(check)
    if refusal:
        messages.error(request, refusal)
        return redirect(segment)
    chunks = letter_chunks(line_sources(segment.sheet().with_letter()), merger_for(segment))
    name = _("Letters %(number)s.zip") % {"number": segment.number}
    return StreamingHttpResponse(chunks, content_type="application/zip", headers=attachment(name))


def _log(request: SignedInRequest, segment: Segment, follow_up: bool) -> HttpResponse:
    try:
        logged = operations.log_segment(segment, by=request.user, follow_up=follow_up)
    except AlreadyLogged as refusal:
        messages.error(request, str(refusal))
        return redirect("segments:list")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("segments:log", segment.number)
    count = logged.entries_count
    said = ngettext("Logged %(count)s interaction.", "Logged %(count)s interactions.", count)
    messages.success(request, said % {"count": count})
    for new in Segment.objects.following(logged):
        messages.success(request, _("Created follow-up segment %(segment)s.") % {"segment": new})
    return redirect(logged)


def _no_letters(check: Check) -> str:
    """Why no letters can be made, "" if they can."""
    if not check.lines_count:
        return _("There are no lines, so there are no letters.")
    failing = ("no_document", "broken_document")
    problems = [found for found in check.found if found.problem.code in failing]
    if problems:
        said = [f"{found.count} {found.problem.label}" for found in problems]
        return _("No letters were made: %(problems)s.") % {"problems": "; ".join(said)}
    if not check.lines.with_letter().exists():
        return _("The template has no Word document, so there are no letters.")
    return ""
