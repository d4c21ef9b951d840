"""Add and remove single contacts by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.models import Contact
from contacts.requests import SignedInRequest
from segments_app import operations

from .segment import find_segment

SUGGESTIONS = 10


@permission_required("segments.change_segment", raise_exception=True)
def suggest(request: SignedInRequest, number: str) -> HttpResponse:
    """Contacts whose name begins to be typed, each with a button that adds it."""
    segment = find_segment(number)
    text = request.GET.get("pick", "").strip()
    found = Contact.objects.with_reason().suggestions(text, most=SUGGESTIONS)
    present = set(segment.sheet().of_contacts(found).values_list("contact", flat=True))
    context = {"segment": segment, "contacts": found, "present": present, "text": text}
    return render(request, "segments/_suggestions.html", context)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def add_by_hand(request: SignedInRequest, number: str) -> HttpResponse:
    """Add one contact by its number; an excluded one only on purpose (D1)."""
    segment = find_segment(number)
    contact = Contact.objects.numbered(request.POST.get("contact", "").replace("\0", "")).first()
    if contact is None:
        messages.error(request, _("No such contact. Nothing was changed."))
        return redirect(segment)
    on_purpose = "on_purpose" in request.GET
    operations.add_by_hand(segment, [contact], by=request.user, ignore_exclusion=on_purpose)
    messages.success(request, _("Added %(contact)s.") % {"contact": contact})
    return redirect(segment)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def remove_by_hand(request: SignedInRequest, number: str) -> HttpResponse:
    """Take the ticked lines off the sheet."""
    segment = find_segment(number)
    lines = segment.sheet().ticked(request.POST.getlist("line"))
    step = operations.remove_by_hand(segment, lines, by=request.user)
    said = ngettext("Removed %(count)s line.", "Removed %(count)s lines.", step.removed)
    messages.success(request, said % {"count": step.removed})
    return redirect(segment)
