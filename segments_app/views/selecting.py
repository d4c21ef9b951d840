"""Add, reduce and refine: conditions on the left, what they would do on the right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.criteria import Criteria, CriteriaError
from segments_app.filters import SelectionFilter
from segments_app.forms import AddOptionsForm, RemoveOptionsForm
from segments_app.models import Segment, SegmentStep
from segments_app.preview import preview_of
from segments_app.selection import AddOptions, RemoveOptions

from .segment import find_segment, worksheet_count

AnyOptions = AddOptions | RemoveOptions


@dataclass(frozen=True)
class Selecting:
    """One way of selecting: its words, its options and its operation."""

    action: str
    title: Promise
    hint: Promise
    button: Promise
    done: Promise
    options: type[AnyOptions]
    options_form: type[forms.Form]
    operation: Callable[..., SegmentStep]


WAYS = {
    way.action: way
    for way in (
        Selecting(
            "add",
            _("Add contacts"),
            _("Everyone who meets all conditions is added."),
            ngettext_lazy("Add %(count)s contact", "Add %(count)s contacts", "count"),
            ngettext_lazy("Added %(count)s contact.", "Added %(count)s contacts.", "count"),
            AddOptions,
            AddOptionsForm,
            operations.add_contacts,
        ),
        Selecting(
            "reduce",
            _("Reduce contacts"),
            _("Lines whose contact meets all conditions are taken out."),
            ngettext_lazy("Take out %(count)s line", "Take out %(count)s lines", "count"),
            ngettext_lazy("Took out %(count)s line.", "Took out %(count)s lines.", "count"),
            RemoveOptions,
            RemoveOptionsForm,
            operations.reduce_contacts,
        ),
        Selecting(
            "refine",
            _("Refine contacts"),
            _("Only lines whose contact meets all conditions are kept."),
            ngettext_lazy("Take out %(count)s line", "Take out %(count)s lines", "count"),
            ngettext_lazy("Took out %(count)s line.", "Took out %(count)s lines.", "count"),
            RemoveOptions,
            RemoveOptionsForm,
            operations.refine_contacts,
        ),
    )
}


@permission_required("segments.change_segment", raise_exception=True)
def select(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Show what the conditions of the address would do; POST does it."""
    segment, way = find_segment(number), WAYS[action]
    selection = SelectionFilter(request.GET)
    options = way.options.of(request.GET)
    context = {"segment": segment, "way": way, "filter": selection, "options": options}
    if request.method == "POST":
        return _act(request, context)
    return _show(request, context)


def _act(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    segment, way = context["segment"], context["way"]
    try:
        criteria = Criteria.of(context["filter"])
    except CriteriaError as error:
        messages.error(request, str(error))
        return _show(request, context)
    step = way.operation(segment, criteria, by=request.user, options=context["options"])
    count = step.added or step.removed
    messages.success(request, way.done % {"count": count})
    return redirect(segment)


def _show(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    segment, way = context["segment"], context["way"]
    context |= {
        "options_form": way.options_form(request.GET or None),
        "lines_count": worksheet_count(segment),
        **_preview(segment, way, context["filter"], context["options"]),
    }
    partial = "segments/_preview.html" if request.htmx else "segments/select.html"
    response = render(request, partial, context)
    if request.htmx:
        response["HX-Replace-Url"] = f"?{context['query_string']}"
    return response


def _preview(
    segment: Segment, way: Selecting, selection: SelectionFilter, options: AnyOptions
) -> dict[str, Any]:
    """What the criteria would do, and how they stand in the address."""
    try:
        criteria = Criteria.of(selection)
    except CriteriaError as error:
        asked = bool(selection.data)
        return {"problems": error.problems if asked else [], "query_string": _address(selection)}
    preview = preview_of(way.action, criteria.contacts(), segment, options)
    parameters = criteria.parameters | dict.fromkeys(options.chosen(), "on")
    return {
        "preview": preview,
        "criteria": criteria,
        "query_string": urlencode(parameters, doseq=True),
        "button": way.button % {"count": preview.count},
    }


def _address(selection: SelectionFilter) -> str:
    data = selection.data
    return data.urlencode() if isinstance(data, QueryDict) else ""
