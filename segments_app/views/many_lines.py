"""Change many lines at once, undo it, and put all lines back to the header."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from segments_app.line_forms import ManyLinesForm
from segments_app.models import Segment
from segments_app.moves import shown as said_count
from segments_app.operations.many_lines import (
    ChangePreview,
    Changes,
    change_lines,
    described,
    preview_lines,
    undo_change,
)
from segments_app.sentences import spoken
from segments_app.shown import Shown

from .seen import find_seen
from .segment import worksheet


@permission_required("segments.change_segment", raise_exception=True)
def change(request: SignedInRequest, number: str) -> HttpResponse:
    """Change the lines that are ticked, or all that are shown. What would happen is told first;
    the button that does it carries the number that was told."""
    segment, shown = find_seen(request, number), asked_lines(request)
    form = ManyLinesForm(request.POST or None)
    changes = form.changes() if form.is_bound and form.is_valid() else Changes({})
    told = request.POST.get("told", "")
    if changes.values and told.isdecimal() and not request.htmx:
        edit = change_lines(segment, shown, changes, by=request.user, told=int(told))
        messages.success(request, spoken(edit.sentences))
        return _to_sheet(segment, shown.matching)
    preview = preview_lines(segment, shown, changes)
    return _show(request, segment, shown, form=form, changes=changes, preview=preview)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def undo(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Undo the last change of many lines."""
    segment = find_seen(request, number)
    undone = undo_change(segment, pk, by=request.user)
    said = [_("Undone: %(step)s") % {"step": spoken(undone.sentences)}]
    if undone.left:
        stay = ngettext(
            "%(count)s line was changed since and stays as it is.",
            "%(count)s lines were changed since and stay as they are.",
            undone.left,
        )
        said.append(stay % {"count": said_count(undone.left)})
    messages.info(request, " ".join(said))
    return _to_sheet(segment, Shown.of(request.GET))


def asked_lines(request: SignedInRequest) -> Shown:
    """The lines that are meant: those ticked, or with `all` every one that is shown."""
    shown = Shown.of(request.GET)
    return shown.matching if "all" in request.GET else shown


def _to_sheet(segment: Segment, shown: Shown) -> HttpResponse:
    return redirect(f"{segment.get_absolute_url()}?{shown.query_string}".removesuffix("?"))


def _show(request: SignedInRequest, segment: Segment, shown: Shown, **context: Any) -> HttpResponse:
    preview: ChangePreview = context["preview"]
    button = ngettext("Change %(count)s line", "Change %(count)s lines", preview.changed)
    context |= {
        "segment": segment,
        "shown": shown,
        "asked": request.GET.urlencode(),
        "described": described(context["changes"]),
        "button": button % {"count": said_count(preview.changed)},
    }
    if request.htmx:
        return render(request, "segments/_change_preview.html", context)
    return render(
        request, "segments/change_lines.html", {**worksheet(segment), "tab": "lines", **context}
    )
