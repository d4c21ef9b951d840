"""Sample, split, hold out, one for each household or company: with what would happen first."""

import secrets
from collections.abc import Callable
from itertools import pairwise
from string import ascii_uppercase
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.errors import TookTooLong
from segments_app.models import Segment, SegmentStep
from segments_app.models.line import SegmentLineQuerySet
from segments_app.preview import SAMPLE, Sampled, contacts_of, preview_removing
from segments_app.selecting_forms import How, ThinForm
from segments_app.sentences import spoken
from segments_app.thinning import (
    Amount,
    Keep,
    Per,
    beyond_sample,
    ends_of,
    first_others,
    others_of,
    random_parts,
)
from segments_app.time_limit import within

from .seen import find_seen
from .segment import worksheet_count
from .touched import page_of, show_touched

Asked = dict[str, Any]


@permission_required("segments.change_segment", raise_exception=True)
def thin(request: SignedInRequest, number: str) -> HttpResponse:
    """Show which lines would go; POST takes them out."""
    segment = find_seen(request, number)
    asked = request.GET.copy()
    if not asked.get("seed"):
        asked["seed"] = secrets.token_hex(3)
    for name, initial in (("number", "10"), ("shares", "50/50"), ("unit", "percent")):
        asked.setdefault(name, initial)
    if "how" not in request.GET:
        asked["apart"] = "on"
    form = ThinForm(asked)
    if request.method == "POST" and form.is_valid():
        step = ACTS[form.cleaned_data["how"]](segment, form.cleaned_data, request)
        messages.success(request, f"{spoken(step.sentences)} (−{number_format(step.removed)}).")
        return redirect(segment)
    if "show" in request.GET and form.is_valid():
        return _list(request, segment, form)
    context = {"segment": segment, "form": form, "seconds": settings.PREVIEW_SECONDS}
    context |= {"lines_count": worksheet_count(segment), "act": f"?{asked.urlencode()}"}
    context |= _preview(request, segment, form) if form.is_valid() else {}
    template = "segments/thin.html"
    return render(request, f"{template}#preview" if request.htmx else template, context)


def _preview(request: SignedInRequest, segment: Segment, form: ThinForm) -> dict[str, Any]:
    asked, total = form.cleaned_data, worksheet_count(segment)
    try:
        with within(settings.PREVIEW_SECONDS, request):
            lines = LINES[asked["how"]](segment, asked, total)
            preview = preview_removing("thin", lines, _first(segment, asked))
    except TookTooLong as refusal:
        return {"given_up": refusal, "button": _("Do it without a preview")}
    parts = _parts(asked, total)
    return {"preview": preview, "button": _button(preview.count, len(parts)), "parts": parts}


def _list(request: SignedInRequest, segment: Segment, form: ThinForm) -> HttpResponse:
    """Whose lines would go."""
    asked, total = form.cleaned_data, worksheet_count(segment)
    with within(settings.PREVIEW_SECONDS, request):
        page = page_of(request, contacts_of(LINES[asked["how"]](segment, asked, total)))
    back = request.GET.copy()
    del back["show"]
    back.pop("page", None)
    return show_touched(
        request,
        segment,
        page,
        [Sampled(contact) for contact in page],
        back=f"{request.path}?{back.urlencode()}",
        title=_("Sample, split, one per household"),
    )


def _button(count: int, parts: int) -> str:
    if parts:
        return _("Split into %(count)s parts") % {"count": parts}
    said = ngettext("Take out %(shown)s line", "Take out %(shown)s lines", count)
    return said % {"shown": number_format(count, force_grouping=True)}


def _parts(asked: Asked, total: int) -> list[tuple[str, int]]:
    """The letters of the parts of a split, each with how many lines it gets."""
    if asked["how"] != How.SPLIT:
        return []
    ends = pairwise([0, *ends_of(asked["shares"], total), total])
    counts = [last - first for first, last in ends]
    return list(zip(ascii_uppercase, counts, strict=False))


def _others(segment: Segment, asked: Asked, total: int) -> SegmentLineQuerySet:
    others: SegmentLineQuerySet = others_of(segment, *_per(asked), _level(asked))
    return others


def _first(segment: Segment, asked: Asked) -> SegmentLineQuerySet | None:
    """The first lines that would go, where it takes long to read them from all of those."""
    if asked["how"] != How.ONE_PER:
        return None
    return first_others(segment, *_per(asked), _level(asked), count=SAMPLE)


def _level(asked: Asked) -> int | None:
    return asked["level"].pk if asked["level"] else None


def _per(asked: Asked) -> tuple[str, str]:
    return asked["per"] or Per.HOUSEHOLD, asked["keep"] or Keep.FIRST


def _beyond(segment: Segment, asked: Asked, total: int) -> SegmentLineQuerySet:
    return beyond_sample(segment, asked["seed"], _amount(asked), total)


def _amount(asked: Asked) -> Amount:
    return Amount(asked["number"], is_percent=asked["unit"] != "lines")


def _held(segment: Segment, asked: Asked, total: int) -> SegmentLineQuerySet:
    held = Amount(asked["number"], is_percent=True).of(total)
    return random_parts(segment, asked["seed"], [total - held])[1]


def _split_off(segment: Segment, asked: Asked, total: int) -> SegmentLineQuerySet:
    return random_parts(segment, asked["seed"], ends_of(asked["shares"], total)[:1])[1]


def _keep_one_per(segment: Segment, asked: Asked, request: SignedInRequest) -> SegmentStep:
    per, keep = _per(asked)
    return operations.keep_one_per(segment, per, keep, level=asked["level"], by=request.user)


def _keep_sample(segment: Segment, asked: Asked, request: SignedInRequest) -> SegmentStep:
    return operations.keep_sample(segment, _amount(asked), seed=asked["seed"], by=request.user)


def _hold_out(segment: Segment, asked: Asked, request: SignedInRequest) -> SegmentStep:
    return operations.hold_out(
        segment, asked["number"], seed=asked["seed"], apart=asked["apart"], by=request.user
    )


def _split(segment: Segment, asked: Asked, request: SignedInRequest) -> SegmentStep:
    return operations.split(segment, asked["shares"], seed=asked["seed"], by=request.user)


# By what is done: the lines that would go, and the operation.
LINES: dict[str, Callable[[Segment, Asked, int], SegmentLineQuerySet]] = {
    How.ONE_PER: _others,
    How.SAMPLE: _beyond,
    How.HOLD_OUT: _held,
    How.SPLIT: _split_off,
}
ACTS: dict[str, Callable[[Segment, Asked, SignedInRequest], SegmentStep]] = {
    How.ONE_PER: _keep_one_per,
    How.SAMPLE: _keep_sample,
    How.HOLD_OUT: _hold_out,
    How.SPLIT: _split,
}
