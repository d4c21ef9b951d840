"""The first page after sign-in, and the search of the whole house."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import TemplateView

from contacts.models import Contact
from contacts.requests import SignedInRequest
from interactions.models import LoggedSegment
from segments_app.models import Segment

A_FEW = 6
HITS = 20


class StartView(TemplateView):
    """What is in work and what happened last."""

    template_name = "segments/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        may = self.request.user.has_perm
        if may("segments.view_segment"):
            context["segments"] = Segment.objects.with_header().with_lines_count()[:A_FEW]
        if may("interactions.view_loggedsegment"):
            context["logged"] = LoggedSegment.objects.select_related("created_by")[:A_FEW]
        return context


@login_required
def find(request: SignedInRequest) -> HttpResponse:
    """Contacts, segments and logged segments that a text finds; one exact number is opened."""
    text = request.GET.get("q", "").strip()
    contacts, segments, logged = _found(request, text)
    exact = [thing for thing in (*contacts, *segments, *logged) if thing.number == text.upper()]
    if len(exact) == 1:
        return redirect(exact[0])
    context = {"text": text, "contacts": contacts, "segments": segments, "logged": logged}
    return render(request, "segments/find.html", context)


def _found(request: SignedInRequest, text: str) -> tuple[list[Any], list[Any], list[Any]]:
    may = request.user.has_perm
    contacts: list[Any] = []
    segments: list[Any] = []
    logged: list[Any] = []
    if text and may("contacts.view_contact"):
        contacts = Contact.objects.suggestions(text, most=HITS)
    if text and may("segments.view_segment"):
        segments = list(Segment.objects.with_header().with_lines_count().search(text)[:HITS])
    if text and may("interactions.view_loggedsegment"):
        logged = list(LoggedSegment.objects.search(text)[:HITS])
    return contacts, segments, logged
