"""Steps that are being changed: their list, and the conditions of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.requests import SignedInRequest
from segments_app.criteria import Criteria, CriteriaError
from segments_app.draft import Draft, query_string
from segments_app.errors import TookTooLong
from segments_app.filters import SelectionFilter
from segments_app.forms import AddOptionsForm, RemoveOptionsForm
from segments_app.models import SegmentStep
from segments_app.plan import OPTIONS, PlannedStep
from segments_app.time_limit import within

Action = SegmentStep.Action
WORDS = {
    Action.ADD: (_("Add contacts"), AddOptionsForm),
    Action.REDUCE: (_("Reduce contacts"), RemoveOptionsForm),
    Action.REFINE: (_("Refine contacts"), RemoveOptionsForm),
}


@dataclass(frozen=True)
class Item:
    """A step of a draft, and the addresses that change it; "" where there is nothing to change."""

    step: PlannedStep
    change: str
    without: str
    up: str
    down: str


def draft_items(draft: Draft, back: str, change: str, extra: str) -> list[Item]:
    """The steps of a draft on the page `back`; their conditions are changed on `change`.

    `extra` is a part that every address of the draft has.
    """

    def moved(place: int, to: int) -> str:
        return f"{back}?{draft.moved(place, to)}&{extra}" if 0 <= to < len(draft.steps) else ""

    return [
        Item(
            step,
            f"{change}?{draft.address}&{extra}&at={place}&{query_string(step)}"
            if step.can_be_changed
            else "",
            f"{back}?{draft.without(place)}&{extra}",
            moved(place, place - 1),
            moved(place, place + 1),
        )
        for place, step in enumerate(draft.steps)
    ]


def new_steps(draft: Draft, change: str, extra: str) -> list[tuple[Any, str]]:
    """What a step at the end of the draft can do, each with the address of its conditions."""
    return [
        (title, f"{change}?{draft.address}&{extra}&at={action}")
        for action, (title, _form) in WORDS.items()
    ]


def show_conditions(
    request: SignedInRequest,
    draft: Draft,
    back: str,
    extra: str,
    crumbs: Sequence[tuple[str, str]],
) -> HttpResponse:
    """The conditions in the address, for the step of the draft that stands `at` a place.

    Taking them leads `back` to the draft.
    """
    at = request.GET.get("at", "")
    action = _action(draft, at)
    title, form = WORDS[action]
    context: dict[str, Any] = {
        "crumbs": crumbs,
        "title": title,
        "back": crumbs[-1][0],
        "filter": SelectionFilter(request.GET),
        "options": OPTIONS[action].of(request.GET),
        "options_form": _options_form(form, request),
        "hidden": [*(("step", part) for part in draft.parts or [""]), ("at", at)],
        "seen": request.GET.get("seen", ""),
    }
    context |= _taken(request, context["filter"], context["options"])
    if "taken" in context:
        context["take"] = f"{back}?{draft.changed(at, context['taken'])}&{extra}"
    template = "segments/_conditions_taken.html" if request.htmx else "segments/change_step.html"
    response = render(request, template, context)
    if request.htmx and "taken" in context:
        response["HX-Replace-Url"] = f"?{draft.address}&{extra}&at={at}&{context['taken']}"
    return response


def _action(draft: Draft, at: str) -> Any:
    """The action of the step at the place. Raises `Http404` when it has no conditions."""
    if at.isdecimal() and len(at) < len(str(len(draft.steps))) + 1 and int(at) < len(draft.steps):
        at = draft.steps[int(at)].action
    if at not in WORDS:
        raise Http404(at)
    return Action(at)


def _options_form(form: type[forms.Form], request: SignedInRequest) -> forms.Form:
    return form(request.GET or None)


def _taken(request: SignedInRequest, selection: SelectionFilter, options: Any) -> dict[str, Any]:
    """The conditions as they would stand in the draft, and how many contacts meet them."""
    try:
        criteria = Criteria.of(selection)
    except CriteriaError as error:
        asked = bool(selection.errors)
        return {"problems": error.problems if asked else []}
    parameters = criteria.parameters | dict.fromkeys(options.chosen(), "on")
    context = {"criteria": criteria, "taken": urlencode(parameters, doseq=True)}
    try:
        with within(settings.PREVIEW_SECONDS, request):
            return {**context, "count": criteria.contacts().order_by().count()}
    except TookTooLong as refusal:
        return {**context, "given_up": refusal}
