"""Add, reduce and refine: conditions on the left, what they would do on the right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.criteria import Criteria, CriteriaError
from segments_app.errors import TookTooLong
from segments_app.filters import SelectionFilter
from segments_app.forms import AddOptionsForm, RemoveOptionsForm
from segments_app.models import SegmentStep
from segments_app.preview import Sampled, explained, preview_of, touched
from segments_app.selection import AddOptions, RemoveOptions
from segments_app.time_limit import within

from .seen import find_seen
from .segment import worksheet_count
from .touched import page_of, show_touched

AnyOptions = AddOptions | RemoveOptions


@dataclass(frozen=True)
class Selecting:
    """One way of selecting: its words, its options and its operation."""

    action: str
    title: Promise
    hint: Promise
    button: Promise
    unseen: Promise
    done: Promise
    options: type[AnyOptions]
    options_form: type[forms.Form]
    operation: Callable[..., SegmentStep]

    def said(self, words: Any, count: int) -> str:
        """Return `words`, the button or what was done, with a count."""
        return str(words % {"count": count, "shown": number_format(count, force_grouping=True)})


WAYS = {
    way.action: way
    for way in (
        Selecting(
            "add",
            _("Add contacts"),
            _("Everyone who meets all conditions is added."),
            ngettext_lazy("Add %(shown)s contact", "Add %(shown)s contacts", "count"),
            _("Add contacts without a preview"),
            ngettext_lazy("Added %(shown)s contact.", "Added %(shown)s contacts.", "count"),
            AddOptions,
            AddOptionsForm,
            operations.add_contacts,
        ),
        Selecting(
            "reduce",
            _("Reduce contacts"),
            _("Lines whose contact meets all conditions are taken out."),
            ngettext_lazy("Take out %(shown)s line", "Take out %(shown)s lines", "count"),
            _("Take out lines without a preview"),
            ngettext_lazy("Took out %(shown)s line.", "Took out %(shown)s lines.", "count"),
            RemoveOptions,
            RemoveOptionsForm,
            operations.reduce_contacts,
        ),
        Selecting(
            "refine",
            _("Refine contacts"),
            _("Only lines whose contact meets all conditions are kept."),
            ngettext_lazy("Take out %(shown)s line", "Take out %(shown)s lines", "count"),
            _("Take out lines without a preview"),
            ngettext_lazy("Took out %(shown)s line.", "Took out %(shown)s lines.", "count"),
            RemoveOptions,
            RemoveOptionsForm,
            operations.refine_contacts,
        ),
    )
}


@permission_required("segments.change_segment", raise_exception=True)
def select(request: SignedInRequest, number: str, action: str) -> HttpResponse:
    """Show what the conditions of the address would do; POST does it.

    With `show` in the address: the contacts that come, go, or are skipped for one reason.
    """
    segment, way = find_seen(request, number), WAYS[action]
    selection = SelectionFilter(request.GET)
    options = way.options.of(request.GET)
    context = {"segment": segment, "way": way, "filter": selection, "options": options}
    if request.method == "POST":
        return _act(request, context)
    if "show" in request.GET and selection.is_valid() and selection.chosen():
        return _list(request, context)
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
    messages.success(request, way.said(way.done, count))
    return redirect(segment)


def _show(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    segment, way = context["segment"], context["way"]
    context |= {
        "options_form": way.options_form(request.GET or None),
        "lines_count": worksheet_count(segment),
        "seconds": settings.PREVIEW_SECONDS,
        **_preview(request, context),
    }
    partial = "segments/_preview.html" if request.htmx else "segments/select.html"
    response = render(request, partial, context)
    if request.htmx:
        response["HX-Replace-Url"] = f"?{context['query_string']}"
    return response


def _preview(request: SignedInRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the criteria would do, and how they stand in the address."""
    segment, way, options = context["segment"], context["way"], context["options"]
    selection: SelectionFilter = context["filter"]
    try:
        criteria = Criteria.of(selection)
    except CriteriaError as error:
        asked = bool(selection.data)
        return {"problems": error.problems if asked else [], "query_string": _address(selection)}
    parameters = criteria.parameters | dict.fromkeys(options.chosen(), "on")
    shown = {"criteria": criteria, "query_string": urlencode(parameters, doseq=True)}
    try:
        with within(settings.PREVIEW_SECONDS, request):
            preview = preview_of(way.action, criteria.contacts(), segment, options, criteria)
    except TookTooLong as refusal:
        return {**shown, "given_up": refusal, "button": way.unseen}
    return {**shown, "preview": preview, "button": way.said(way.button, preview.count)}


def _address(selection: SelectionFilter) -> str:
    data = selection.data
    return data.urlencode() if isinstance(data, QueryDict) else ""


def _list(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    """Who comes, goes, or is skipped for one reason."""
    segment, way, options = context["segment"], context["way"], context["options"]
    criteria = Criteria.of(context["filter"])
    with within(settings.PREVIEW_SECONDS, request):
        found = touched(way.action, criteria.contacts(), segment, options, request.GET["show"])
        page = page_of(request, found)
        sample = explained([Sampled(contact) for contact in page], criteria, options)
    parameters = criteria.parameters | dict.fromkeys(options.chosen(), "on")
    return show_touched(
        request,
        segment,
        page,
        sample,
        back=f"{request.path}?{urlencode(parameters, doseq=True)}",
        title=way.title,
        filter=context["filter"],
        options=options,
    )
