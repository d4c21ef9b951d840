"""Change many interactions at once: the number is told first, then one act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from interactions import many, told
from interactions.chosen import Chosen, matching
from interactions.forms import CommentForm, EvaluateForm

from .user import user_of

LOG = "interactions:list"
GONE = _("There is no such interaction any more.")


@dataclass(frozen=True)
class Act:
    """One thing to do with many interactions: its words, its form, its operation.

    `concerned` narrows to those that it would change; `nothing` says that there are none.
    """

    permission: str
    title: Promise
    done: Promise
    explanation: Promise
    operation: Callable[..., int]
    form: type[forms.Form] = forms.Form
    concerned: Callable[[Any], Any] = QuerySet.all
    nothing: Promise = GONE


CHANGE = "interactions.change_interactionlogentry"
CANCEL = "interactions.cancel_interactionlogentry"
ACTS = {
    "evaluate": Act(
        CHANGE,
        ngettext_lazy("Evaluate %(shown)s interaction", "Evaluate %(shown)s interactions", "count"),
        told.EVALUATED,
        _("An evaluation that is there already is replaced."),
        many.evaluate_many,
        EvaluateForm,
    ),
    "comment": Act(
        CHANGE,
        ngettext_lazy(
            "Comment on %(shown)s interaction", "Comment on %(shown)s interactions", "count"
        ),
        told.COMMENTED,
        _("Each gets the same comment. Comments that are there stay."),
        many.comment_many,
        CommentForm,
    ),
    "cancel": Act(
        CANCEL,
        ngettext_lazy("Cancel %(shown)s interaction", "Cancel %(shown)s interactions", "count"),
        told.CANCELED,
        _("They stay in the log and no longer count."),
        many.cancel_many,
        concerned=lambda entries: entries.not_canceled_alone(),
        nothing=_("They are canceled already."),
    ),
    "uncancel": Act(
        CANCEL,
        ngettext_lazy(
            "Un-cancel %(shown)s interaction", "Un-cancel %(shown)s interactions", "count"
        ),
        told.UNCANCELED,
        _("Those stay canceled whose logged segment or campaign entry is canceled."),
        many.uncancel_many,
        concerned=lambda entries: entries.canceled_alone().standing(),
        nothing=_(
            "None of them is canceled by itself. What is canceled with its logged segment or "
            "campaign entry counts again when that is un-canceled."
        ),
    ),
}


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def change_many(request: HttpRequest) -> HttpResponse:
    """Say how many interactions are meant; POST changes them."""
    act = _act(request)
    chosen = Chosen.of(request.GET)
    entries = act.concerned(chosen.entries)
    form = act.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = _seen(request)
        count = act.operation(entries, by=user_of(request), seen=seen, **form.cleaned_data)
        messages.success(request, act.done % told.numbered(count))
        return redirect(f"{reverse(LOG)}?{_conditions(chosen)}")
    count = entries.count()
    context = {
        "act": act,
        "title": act.title % told.numbered(count),
        "count": count,
        "form": form,
        "back": f"{reverse(LOG)}?{_conditions(chosen)}",
        "names": entries.newest_first().with_names()[:5],
    }
    return render(request, "interactions/change_many.html", context)


@permission_required("interactions.delete_interactionlogentry", raise_exception=True)
def delete_canceled(request: HttpRequest) -> HttpResponse:
    """Say how many canceled interactions match; POST deletes them for good."""
    conditions = request.GET.copy()
    conditions["canceled"] = "yes"
    entries = matching(conditions)
    if request.method == "POST":
        count = many.delete_canceled(entries, by=user_of(request), seen=_seen(request))
        messages.success(request, told.DELETED % told.numbered(count))
        return redirect(LOG)
    back = f"{reverse(LOG)}?{conditions.urlencode()}"
    context = {"count": entries.count(), "back": back}
    return render(request, "interactions/delete_canceled.html", context)


def _act(request: HttpRequest) -> Act:
    act = ACTS.get(request.GET.get("act", ""))
    if act is None:
        raise Http404
    if not user_of(request).has_perm(act.permission):
        raise PermissionDenied
    return act


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else None


def _conditions(chosen: Chosen) -> str:
    parts = chosen.query_string.split("&")
    return "&".join(part for part in parts if part.partition("=")[0] not in ("all", "entry"))
