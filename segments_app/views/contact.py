"""What the worksheet knows of a contact."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from contacts.models import Contact
from contacts.requests import SignedInRequest
from segments_app.models import Segment


@permission_required("segments.view_segment", raise_exception=True)
def for_contact(request: SignedInRequest, number: str) -> HttpResponse:
    """The segments in work that the contact is in (R57)."""
    contact = get_object_or_404(Contact.objects.for_detail(), number=number)
    segments = Segment.objects.with_header().with_lines_count().having(contact)
    context = {"contact": contact, "tab": "segments", "segments": segments}
    return render(request, "segments/for_contact.html", context)
