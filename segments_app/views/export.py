"""Take lines out: into a file, or their contacts into a mailing group."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contacts.exports import KINDS, ordered
from contacts.exports.rows import USUAL
from contacts.requests import SignedInRequest
from segments_app.columns import USUAL as USUAL_OF_LINE
from segments_app.exports import export_lines
from segments_app.line_forms import ExportLinesForm, MailingGroupForm
from segments_app.models import Segment
from segments_app.operations.mailing_group import (
    Applied,
    apply_mailing_group,
    preview_mailing_group,
)
from segments_app.shown import Shown

from .many_lines import asked_lines
from .seen import find_seen
from .segment import find_segment, worksheet

# What the person chose last, in the session.
CHOSEN = "line_export"


@permission_required(["segments.view_segment", "contacts.view_contact"], raise_exception=True)
def export(request: SignedInRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """Choose columns, and fetch the lines that are shown or ticked."""
    segment, shown = find_segment(number), asked_lines(request)
    usual = {
        "kind": "semicolon" if get_language() == "da" else "xlsx",
        "columns": list(USUAL),
        "line_columns": list(USUAL_OF_LINE),
    }
    form = ExportLinesForm(request.POST or None, initial=usual | request.session.get(CHOSEN, {}))
    if request.method == "POST" and form.is_valid():
        request.session[CHOSEN] = form.cleaned_data
        return _file(segment, shown, **form.cleaned_data)
    context = {"form": form, "shown": shown, "count": shown.lines(segment).order_by().count()}
    return render(request, "segments/export.html", {**worksheet(segment), **context})


def _file(
    segment: Segment, shown: Shown, kind: str, columns: list[str], line_columns: list[str]
) -> StreamingHttpResponse:
    lines = shown.in_order(segment)
    rows = export_lines(lines, ordered(columns), line_columns, get_language() or "en")
    chosen = KINDS[kind]
    response = StreamingHttpResponse(chosen.stream(rows), content_type=chosen.content_type)
    name = f"{segment.number} {timezone.localdate().isoformat()}.{chosen.suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@permission_required(["segments.view_segment", "contacts.change_contact"], raise_exception=True)
def mailing_group(request: SignedInRequest, number: str) -> HttpResponse:
    """Put all contacts of the segment into a mailing group; what would happen is told first."""
    segment = find_seen(request, number)
    form = MailingGroupForm(request.POST or request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        group, alone = form.cleaned_data["group"], form.cleaned_data["alone"]
        if request.method == "POST":
            done = apply_mailing_group(segment, group, by=request.user, alone=alone)
            messages.success(request, _said(done, str(group)))
            return redirect(segment)
        preview = preview_mailing_group(segment, group, alone=alone)
        context |= {"preview": preview, "group": group}
    return render(request, "segments/mailing_group.html", {**worksheet(segment), **context})


def _said(done: Applied, group: str) -> str:
    put = ngettext(
        "Put %(count)s contact into %(group)s.", "Put %(count)s contacts into %(group)s.", done.new
    )
    gone = ngettext("%(count)s left it.", "%(count)s left it.", done.leaving)
    said = [put % {"count": done.new, "group": group}]
    if done.already:
        said.append(_("%(count)s were in it already.") % {"count": done.already})
    return " ".join([*said, gone % {"count": done.leaving}] if done.leaving else said)
