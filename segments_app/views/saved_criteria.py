"""Saved criteria: the list, one of them, its name and its steps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from contacts.errors import Refused
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.draft import Draft
from segments_app.errors import CriteriaOutdated
from segments_app.models import SavedCriteria, Segment
from segments_app.operations.saved_criteria import steps_of
from segments_app.saved_forms import ChangeCriteriaForm, SaveCriteriaForm

from .conditions import draft_items, new_steps, show_conditions

SEGMENTS = 50


def find_criteria(request: SignedInRequest, code: str) -> SavedCriteria:
    """The saved criteria, if the person may see them; else `Http404`."""
    visible = SavedCriteria.objects.with_steps().visible_to(request.user)
    saved = visible.filter(code=code.replace("\0", "")).first()
    if saved is None:
        raise Http404(code)
    return saved


class SavedCriteriaListView(PermissionRequiredMixin, ListView[SavedCriteria]):
    """All saved criteria that the person may see."""

    permission_required = "segments.view_savedcriteria"
    template_name = "segments/saved_criteria_list.html"
    paginator_class = LatePaginator
    paginate_by = 50

    def get_queryset(self) -> Any:
        return SavedCriteria.objects.with_steps().visible_to(self.request.user)  # type: ignore[arg-type]


@permission_required("segments.view_savedcriteria", raise_exception=True)
def detail(request: SignedInRequest, code: str) -> HttpResponse:
    """The steps, and the segments that were built with them."""
    saved = find_criteria(request, code)
    used = Segment.objects.built_with(saved).with_lines_count()[: SEGMENTS + 1]
    context = {"savedcriteria": saved, "segments": used[:SEGMENTS], "many": len(used) > SEGMENTS}
    return render(request, "segments/saved_criteria_detail.html", context)


@permission_required("segments.add_savedcriteria", raise_exception=True)
def create(request: SignedInRequest) -> HttpResponse:
    """A name first, then the steps."""
    return _named(request, _("Create saved criteria"), SaveCriteriaForm(request.POST or None))


@permission_required("segments.add_savedcriteria", raise_exception=True)
def duplicate(request: SignedInRequest, code: str) -> HttpResponse:
    """The same steps under another name."""
    saved = find_criteria(request, code)
    initial = {"description": saved.description, "shared": saved.shared}
    form = SaveCriteriaForm(request.POST or None, initial=initial)
    return _named(request, _("Duplicate %(code)s") % {"code": code}, form, saved)


def _named(
    request: SignedInRequest,
    title: str,
    form: SaveCriteriaForm,
    saved: SavedCriteria | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        steps = steps_of(saved) if saved else []
        new = operations.create_criteria(by=request.user, steps=steps, **form.cleaned_data)
        messages.success(request, _("Saved as %(code)s.") % {"code": new.code})
        return redirect(new if saved else reverse("segments:saved_criteria_steps", args=[new.code]))
    context = {"title": title, "form": form, "savedcriteria": saved}
    return render(request, "segments/saved_criteria_form.html", context)


@permission_required("segments.change_savedcriteria", raise_exception=True)
def update(request: SignedInRequest, code: str) -> HttpResponse:
    """Code, description, and who sees them."""
    saved = find_criteria(request, code)
    form = ChangeCriteriaForm(request.POST or None, instance=saved)
    if request.method == "POST" and form.is_valid():
        stored = find_criteria(request, code)
        try:
            operations.change_criteria(stored, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(stored)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.show_stored(stored)
    context = {"title": code, "form": form, "savedcriteria": find_criteria(request, code)}
    return render(request, "segments/saved_criteria_form.html", context)


@permission_required("segments.change_savedcriteria", raise_exception=True)
def change_steps(request: SignedInRequest, code: str) -> HttpResponse:
    """Change, delete and move the steps, and add others; POST saves them."""
    saved = find_criteria(request, code)
    if request.method == "POST":
        seen = saved.version
        draft = _draft(saved, request.POST)
        operations.change_criteria_steps(saved, draft.steps, by=request.user, seen=seen)
        messages.success(request, _("Saved."))
        return redirect(saved)
    draft = _draft(saved, request.GET)
    back, change = _pages(saved)
    context = {
        "savedcriteria": saved,
        "draft": draft,
        "is_changed": draft.is_changed(steps_of(saved)),
        "items": draft_items(draft, back, change, _seen(saved)),
        "new_steps": new_steps(draft, change, _seen(saved)),
    }
    return render(request, "segments/saved_criteria_steps.html", context)


@permission_required("segments.change_savedcriteria", raise_exception=True)
def change_step(request: SignedInRequest, code: str) -> HttpResponse:
    """The conditions of one step."""
    saved = find_criteria(request, code)
    draft, back = _draft(saved, request.GET), _pages(saved)[0]
    crumbs = [
        (reverse("segments:saved_criteria_list"), _("Saved criteria")),
        (saved.get_absolute_url(), saved.code),
        (f"{back}?{draft.address}&{_seen(saved)}", _("Change the steps")),
    ]
    return show_conditions(request, draft, back, _seen(saved), crumbs)


@permission_required("segments.delete_savedcriteria", raise_exception=True)
@require_POST
def delete(request: SignedInRequest, code: str) -> HttpResponse:
    """Delete saved criteria; segments built with them stay as they are."""
    find_criteria(request, code).delete()
    messages.success(request, _("Saved criteria %(code)s were deleted.") % {"code": code})
    return redirect("segments:saved_criteria_list")


def _draft(saved: SavedCriteria, sent: QueryDict) -> Draft:
    """The draft that was sent. Raises `CriteriaOutdated` when it changes what is not there now."""
    if sent.get("seen", str(saved.version)) != str(saved.version):
        raise CriteriaOutdated(saved.code, saved.changed_by, saved.changed_at)
    return Draft.read(steps_of(saved), sent.getlist("step") if "step" in sent else None)


def _seen(saved: SavedCriteria) -> str:
    """The version that is changed, as a part of an address."""
    return f"seen={saved.version}"


def _pages(saved: SavedCriteria) -> tuple[str, str]:
    names = ("segments:saved_criteria_steps", "segments:saved_criteria_step")
    back, change = (reverse(name, args=[saved.code]) for name in names)
    return back, change
