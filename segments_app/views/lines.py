"""The cells of the table of lines: each is edited where it stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.columns import COLUMNS
from segments_app.line_forms import LineForm
from segments_app.models import OVERRIDES, Segment, SegmentLine
from segments_app.models.line import EDITED, NOTHING
from segments_app.table import Row
from segments_app.values import Values

from .columns import chosen_columns
from .line import find_line, save_line
from .seen import find_seen

MOST_DIGITS = 10
# The fields that the facts above the lines depend on; see `Check.counts`.
COUNTED = {
    "template",
    "salesperson",
    "date",
    "language",
    "correspondence_type",
    "contact_via",
    "cost",
    "duration",
}


@permission_required("segments.change_segment", raise_exception=True)
def field(request: SignedInRequest, number: str, pk: int, name: str) -> HttpResponse:
    """One field of a line: GET to edit it in its cell, POST to save it or put it back."""
    segment = find_seen(request, number)
    if name not in EDITED:
        raise Http404(name)
    if not request.htmx:
        return redirect(reverse("segments:line", args=[number, pk]) + f"#id_{name}")
    line = segment.sheet().for_table().ticked([pk]).first()
    if line is None:
        messages.error(request, _("The line is gone. Nothing was changed."))
        return HttpResponseClientRefresh()
    line.segment = segment
    if request.method == "POST":
        return _act(request, segment, line, name)
    form = None if "leave" in request.GET else LineForm(instance=line, only=name)
    row = _row_of(request, line)
    context = {"segment": segment, "row": row, "cell": row.cell(COLUMNS[name]), "form": form}
    partial = "segments/_edit_cell.html" if form else "segments/_cell.html"
    return render(request, partial, context)


def _act(request: SignedInRequest, segment: Segment, line: SegmentLine, name: str) -> HttpResponse:
    if "inherit" in request.POST:
        return _put_back(request, segment, line, name)
    form = save_line(request, segment, line.pk, only=name)
    if not form.is_valid():
        return _row(request, segment, line.pk, editing=name, form=form)
    return _counted_anew(name, _row(request, segment, line.pk))


def _put_back(
    request: SignedInRequest, segment: Segment, line: SegmentLine, name: str
) -> HttpResponse:
    if name in OVERRIDES:
        operations.inherit_line(line, (name,), by=request.user)
        said = _("Put back to what the header says.")
    else:
        operations.change_line(line, by=request.user, **{name: NOTHING[name]})
        said = _("Emptied.")
    row = trigger_client_event(_row(request, segment, line.pk), "said", {"text": said})
    return _counted_anew(name, row)


def _counted_anew(name: str, row: HttpResponse) -> HttpResponse:
    """Let the page fetch its facts again, where they depend on the field."""
    return trigger_client_event(row, "counted-anew") if name in COUNTED else row


def _row(request: SignedInRequest, segment: Segment, pk: int, **context: Any) -> HttpResponse:
    context |= {"segment": segment, "row": _row_of(request, find_line(segment, pk))}
    return render(request, "segments/_line.html", context)


def _row_of(request: SignedInRequest, line: SegmentLine) -> Row:
    """The row of the line, at the place that the page says."""
    said = request.GET.get("place") or request.POST.get("place") or "1"
    place = int(said) if said.isdecimal() and len(said) < MOST_DIGITS else 1
    return Row(line, place, chosen_columns(request), Values())
