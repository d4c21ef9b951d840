"""The header of a segment: what it says, which lines say otherwise, and deleting it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.forms import HeaderForm
from segments_app.models import OVERRIDES, Segment
from segments_app.models.line import owns
from segments_app.moves import shown
from segments_app.operations.many_lines import Changes, change_lines, label
from segments_app.shown import Shown

from .seen import find_seen
from .segment import find_segment, worksheet, worksheet_count
from .waited import while_waited_for


@permission_required("segments.change_segment", raise_exception=True)
def update(request: SignedInRequest, number: str) -> HttpResponse:
    """What the interaction is: the header."""
    segment = find_seen(request, number)
    form = HeaderForm(request.POST or None, instance=segment)
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        operations.change_header(segment, by=request.user, **changed)
        messages.success(request, _changed(segment, form.changed_data))
        return redirect(segment)
    context = {**worksheet(segment), "tab": "header", "form": form}
    return render(request, "segments/segment_header.html", context)


@permission_required("segments.delete_segment", raise_exception=True)
@require_POST
def delete(request: SignedInRequest, number: str) -> HttpResponse:
    """Delete a segment that was not logged."""
    segment = find_seen(request, number)
    operations.delete_segment(segment, by=request.user)
    messages.success(request, _("Segment %(number)s was deleted.") % {"number": number})
    return redirect("segments:list")


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def put_back(request: SignedInRequest, number: str) -> HttpResponse:
    """Put a field of all lines, or all that lines inherit, back to the header (D8)."""
    segment = find_seen(request, number)
    fields = [name for name in request.POST.getlist("field") if name in OVERRIDES] or OVERRIDES
    changes = Changes(dict.fromkeys(fields))
    edit = change_lines(segment, Shown(), changes, by=request.user)
    said = ngettext(
        "%(count)s line takes the header's value again. You can undo it here.",
        "%(count)s lines take the header's values again. You can undo it here.",
        edit.count,
    )
    messages.success(request, said % {"count": shown(edit.count)})
    return redirect(segment)


@permission_required("segments.view_segment", raise_exception=True)
@while_waited_for
def own_values(request: SignedInRequest, number: str) -> HttpResponse:
    """Which fields lines say something of their own for, and how many do: below the header."""
    segment = find_segment(number)
    context = {"segment": segment, **_own_values(segment)}
    if request.htmx:
        return render(request, "segments/_own_values.html", context)
    context |= {**worksheet(segment), "tab": "header"}
    return render(request, "segments/segment_own_values.html", context)


def _own_values(segment: Segment) -> dict[str, Any]:
    """The fields with how many lines say otherwise; how many do at all, and have letters too."""
    lines: Any = segment.sheet().order_by()
    owned = Changes(dict.fromkeys(OVERRIDES)).owned
    counts = lines.aggregate(
        n_lines=Count("pk", filter=owned),
        n_letters=Count("pk", filter=owned & owns("document")),
        **{f"n_{name}": Count("pk", filter=owns(name)) for name in OVERRIDES},
    )
    fields = [(name, label(name), counts[f"n_{name}"]) for name in OVERRIDES]
    return {
        "fields": [field for field in fields if field[2]],
        "own_count": counts["n_lines"],
        "letters_count": counts["n_letters"],
    }


def _changed(segment: Segment, fields: list[str]) -> str:
    """How many lines follow a change of the header, and how many keep their own (D8)."""
    own = segment.sheet().keeping(fields).count()
    follow = worksheet_count(segment) - own
    said = ngettext("%(count)s line follows.", "%(count)s lines follow.", follow)
    kept = ngettext("%(count)s keeps its own value.", "%(count)s keep their own value.", own)
    return " ".join(
        [said % {"count": shown(follow)}, kept % {"count": shown(own)} if own else ""]
    ).strip()
