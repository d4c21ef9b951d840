"""What the worksheet knows of a contact: where it is, and why it is there or not."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from contacts.models import Contact
from contacts.requests import SignedInRequest
from segments_app.models import Segment
from segments_app.why import why as why_in_segment

from .segment import find_segment

MOST_SEGMENTS = 200


@permission_required("segments.view_segment", raise_exception=True)
def for_contact(request: SignedInRequest, number: str) -> HttpResponse:
    """The segments in work that the contact is in (R57), and a way to ask why it is in any."""
    contact = get_object_or_404(Contact.objects.for_detail(), number=number)
    asked = request.GET.get("segment", "")
    if asked:
        address = reverse("segments:why", args=[find_segment(asked).number])
        return redirect(f"{address}?{urlencode({'contact': contact.number})}")
    segments = Segment.objects.with_header().with_lines_count()
    context = {
        "contact": contact,
        "tab": "segments",
        "segments": segments.having(contact),
        "all_segments": segments[:MOST_SEGMENTS],
    }
    return render(request, "segments/for_contact.html", context)


@permission_required("segments.view_segment", raise_exception=True)
def why(request: SignedInRequest, number: str) -> HttpResponse:
    """Why a contact is in the segment or not, step by step."""
    segment = find_segment(number)
    asked = request.GET.get("contact", "").strip()
    context: dict[str, Any] = {"segment": segment, "asked": asked}
    if asked and request.user.has_perm("contacts.view_contact"):
        contact = Contact.objects.known_as([asked, asked.upper()]).order_by("pk").first()
        context["why"] = why_in_segment(segment, contact) if contact else None
    return render(request, "segments/why.html", context)
