"""Logged segments: what was posted to the log together."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from interactions import operations, told
from interactions.logged_letters import letters_again
from interactions.models import InteractionLogEntry, LetterJob, LoggedSegment
from interactions.snapshot import header_of, steps_of

from .later import FIGURES, is_long
from .listing import LateListView
from .statistics import figures, shown_by
from .user import user_of
from .word import zip_response


class LoggedSegmentListView(PermissionRequiredMixin, LateListView):
    """All logged segments, the last one first; canceled ones are struck out."""

    permission_required = "interactions.view_loggedsegment"
    template_name = "interactions/logged_segment_list.html"

    def get_queryset(self) -> Any:
        segments = LoggedSegment.objects.with_names()
        return self.search(segments.canceled() if "canceled" in self.request.GET else segments)


class LoggedSegmentDetailView(PermissionRequiredMixin, LateListView):
    """A logged segment with its interactions in line order."""

    permission_required = ("interactions.view_loggedsegment",)
    template_name = "interactions/logged_segment_detail.html"

    def get_queryset(self) -> Any:
        self.segment = _segment(self.kwargs["number"])
        return _entries(self.segment).in_line_order().with_names()

    def known_count(self) -> int:
        return self.segment.entries_count

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = segment_facts(self.request, self.segment)
        return super().get_context_data(segment=self.segment, tab="entries", **facts, **kwargs)


class LoggedSegmentHeaderView(PermissionRequiredMixin, DetailView[LoggedSegment]):
    """The header and the steps that led to a logged segment, as they were."""

    permission_required = "interactions.view_loggedsegment"
    template_name = "interactions/logged_segment_header.html"
    context_object_name = "segment"

    def get_object(self, queryset: Any = None) -> LoggedSegment:
        return _segment(self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["header"] = header_of(self.object)
        kwargs["steps"] = steps_of(self.object)
        kwargs["changes"] = operations.changes_of(self.object)
        facts = segment_facts(self.request, self.object)
        return super().get_context_data(tab="header", **facts, **kwargs)


@permission_required("interactions.view_loggedsegment", raise_exception=True)
def logged_segment_statistics(request: HttpRequest, number: str) -> HttpResponse:
    """What a logged segment came to: figures, and by template and salesperson."""
    segment = _segment(number)
    context = {"segment": segment, "tab": "statistics", **segment_facts(request, segment)}
    if "later" not in context:
        entries = _entries(segment)
        tables = [shown_by(entries, by) for by in ("template", "salesperson", "campaign")]
        context |= {"shown_by": tables, **figures(entries)}
    return render(request, "interactions/logged_segment_statistics.html", context)


@permission_required("interactions.delete_loggedsegment", raise_exception=True)
def delete_canceled_segments(request: HttpRequest) -> HttpResponse:
    """Say which canceled logged segments match; POST deletes them, their interactions stay."""
    found = LoggedSegment.objects.with_names().canceled()
    text = request.GET.get("q", "").strip()
    segments = found.search(text) if text else found
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        gone, stay = operations.delete_canceled_segments(
            segments, by=user_of(request), seen=int(seen) if seen.isdecimal() else None
        )
        messages.success(request, told.segments_deleted(told.SEGMENTS_DELETED, gone, stay))
        return redirect("interactions:logged_segment_list")
    context = {"segments": segments[:50], "count": segments.count(), "text": text}
    return render(request, "interactions/logged_segment_delete.html", context)


@permission_required("interactions.view_loggedsegment", raise_exception=True)
def logged_segment_letters(request: HttpRequest, number: str) -> HttpResponseBase:
    segment = _segment(number)
    if not segment.has_letters:  # type: ignore[attr-defined]
        messages.error(request, _("Nothing in this logged segment has a letter."))
        return redirect(segment)
    return zip_response(letters_again(segment), f"{segment.number}.zip")


@require_POST
@permission_required("interactions.cancel_loggedsegment", raise_exception=True)
def cancel_logged_segment(request: HttpRequest, number: str) -> HttpResponse:
    segment = operations.cancel_logged_segment(_segment(number), by=user_of(request))
    messages.success(request, told.SEGMENT_CANCELED % {"number": segment.number})
    return redirect(segment)


@require_POST
@permission_required("interactions.cancel_loggedsegment", raise_exception=True)
def uncancel_logged_segment(request: HttpRequest, number: str) -> HttpResponse:
    segment = operations.uncancel_logged_segment(_segment(number), by=user_of(request))
    messages.success(request, told.SEGMENT_UNCANCELED % {"number": segment.number})
    return redirect(segment)


def _segment(number: str) -> LoggedSegment:
    """The logged segment, which knows whether it `has_letters`, and `has_made_letters`, which
    somebody had made of it; or `Http404`."""
    letters = InteractionLogEntry.objects.of_segment(OuterRef("pk")).with_document()
    segments = LoggedSegment.objects.select_related("created_by")
    made = LetterJob.objects.of_segment(OuterRef("number"))
    knowing = segments.annotate(has_letters=Exists(letters), has_made_letters=Exists(made))
    return get_object_or_404(knowing, number=number)


def _entries(segment: LoggedSegment) -> Any:
    return InteractionLogEntry.objects.of_segment(segment)


def segment_facts(request: HttpRequest, segment: LoggedSegment) -> dict[str, Any]:
    """What the segment held, whether it is canceled now or not (R185)."""
    if FIGURES not in request.GET and is_long(segment.entries_count):
        return {"later": True}
    totals, by_type = _entries(segment).standing_alone().totals_by_type()
    return {"totals": totals, "correspondence_types": by_type}
