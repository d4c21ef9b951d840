"""What the log knows of one contact: what it adds up to, and its campaigns."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from contacts.models import Contact
from interactions.statistics import campaigns_of, statistics_of

MAY_SEE = ("contacts.view_contact", "interactions.view_interactionlogentry")


@permission_required(MAY_SEE, raise_exception=True)
def contact_statistics(request: HttpRequest, number: str) -> HttpResponse:
    """The figures of a contact: a fragment for its page, and a page of its own."""
    contact = _contact(number)
    context = {"contact": contact, "tab": "interactions", "statistics": statistics_of(contact)}
    if "HX-Request" in request.headers:
        return render(request, "interactions/_statistics.html", context)
    return render(request, "interactions/contact_statistics.html", context)


@permission_required((*MAY_SEE, "interactions.view_campaign"), raise_exception=True)
def contact_campaigns(request: HttpRequest, number: str) -> HttpResponse:
    """The campaigns that a contact was written to in."""
    contact = _contact(number)
    context = {"contact": contact, "tab": "campaigns", "campaigns": campaigns_of(contact)}
    return render(request, "interactions/campaigns_for_contact.html", context)


def _contact(number: str) -> Contact:
    return get_object_or_404(Contact.objects.for_detail(), number=number)
