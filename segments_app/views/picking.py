"""Add and remove contacts by hand: one, several, a pasted list."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.errors import Refused
from contacts.models import Contact
from contacts.requests import SignedInRequest
from segments_app import operations
from segments_app.models import Segment, SegmentStep
from segments_app.moves import shown as said_count
from segments_app.pasted import Pasted, read_list
from segments_app.preview import preview_adding
from segments_app.selection import AddOptions
from segments_app.shown import Shown

from .seen import find_seen, shown_version
from .segment import find_segment
from .selecting import WAYS

SUGGESTIONS = 10
# So many are found to tick, and so many that may not be selected are named.
FOUND = 50
SHOWN = 100


@permission_required("segments.change_segment", raise_exception=True)
def suggest(request: SignedInRequest, number: str) -> HttpResponse:
    """Contacts whose name begins to be typed, each with a button that adds it."""
    segment = find_segment(number)
    segment.version = shown_version(request, segment)
    text = request.GET.get("pick", "").strip()
    found = Contact.objects.with_reason().suggestions(text, most=SUGGESTIONS)
    present = set(segment.sheet().of_contacts(found).values_list("contact", flat=True))
    context = {"segment": segment, "contacts": found, "present": present, "text": text}
    return render(request, "segments/_suggestions.html", context)


@permission_required("segments.change_segment", raise_exception=True)
def pick(request: SignedInRequest, number: str) -> HttpResponse:
    """Search, tick several, search again; what is ticked stays ticked."""
    segment = find_segment(number)
    text = request.GET.get("q", "").strip()
    picked = list(Contact.objects.with_reason().known_by("number", request.GET.getlist("contact")))
    found = Contact.objects.with_reason().suggestions(text, most=FOUND)
    others = [contact for contact in found if contact not in picked]
    present = segment.sheet().of_contacts([*picked, *others]).values_list("contact", flat=True)
    context = {"segment": segment, "picked": picked, "found": others, "text": text}
    template = "segments/pick.html#found" if request.htmx else "segments/pick.html"
    return render(request, template, context | {"present": set(present), "most": FOUND})


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def add_by_hand(request: SignedInRequest, number: str) -> HttpResponse:
    """Add contacts by their numbers; excluded ones only on purpose (D1)."""
    segment = find_seen(request, number)
    numbers = [each.replace("\0", "") for each in request.POST.getlist("contact")]
    contacts = list(Contact.objects.known_by("number", numbers))
    if not contacts:
        messages.error(request, _("No such contact. Nothing was changed."))
        return redirect(segment)
    on_purpose = "on_purpose" in request.GET or "on_purpose" in request.POST
    step = operations.add_by_hand(segment, contacts, by=request.user, ignore_exclusion=on_purpose)
    if len(contacts) == 1:
        messages.success(request, _("Added %(contact)s.") % {"contact": contacts[0]})
    else:
        messages.success(request, WAYS["add"].said(WAYS["add"].done, step.added))
    return redirect(segment)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def remove_by_hand(request: SignedInRequest, number: str) -> HttpResponse:
    """Take lines off the sheet: those that are ticked, or all that are shown."""
    segment = find_seen(request, number)
    shown = Shown.of(request.POST)
    everyone = "all" in request.POST
    lines = shown.matching.lines(segment) if everyone else segment.sheet().ticked(shown.ticked)
    step = operations.remove_by_hand(segment, lines, by=request.user)
    messages.success(request, _removed(step))
    return redirect(segment)


def _removed(step: SegmentStep) -> str:
    said = ngettext("Removed %(count)s line.", "Removed %(count)s lines.", step.removed)
    return said % {"count": said_count(step.removed)}


@permission_required("segments.change_segment", raise_exception=True)
def paste(request: SignedInRequest, number: str) -> HttpResponse:
    """A list of numbers and e-mail addresses: see whom it names, then add or remove them."""
    segment = find_seen(request, number)
    context: dict[str, Any] = {"segment": segment, "text": request.POST.get("text", "")}
    if request.method == "POST":
        try:
            pasted = read_list(context["text"])
            if request.POST.get("act") in PASTED:
                messages.success(request, PASTED[request.POST["act"]](request, segment, pasted))
                return redirect(segment)
            context |= _pasted(segment, pasted, on_purpose="on_purpose" in request.POST)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "segments/paste.html", context)


def _pasted(segment: Segment, pasted: Pasted, *, on_purpose: bool) -> dict[str, Any]:
    options = AddOptions(ignore_exclusion=on_purpose)
    preview = preview_adding("add", pasted.contacts, segment, options)
    return {
        "pasted": pasted,
        "unknown": "\n".join(pasted.unknown),
        "preview": preview,
        "on_purpose": on_purpose,
        "kept_out": _kept_out(pasted, options),
        "standing": pasted.lines(segment).count(),
    }


def _kept_out(pasted: Pasted, options: AddOptions) -> list[Contact]:
    contacts: Any = pasted.contacts.with_reason(ignore_exclusion=options.ignore_exclusion)
    return list(contacts.exclude(r_reason="").order_by("name")[:SHOWN])


def _add_pasted(request: SignedInRequest, segment: Segment, pasted: Pasted) -> str:
    on_purpose = "on_purpose" in request.POST
    step = operations.add_list(
        segment, pasted.contacts, by=request.user, ignore_exclusion=on_purpose
    )
    return WAYS["add"].said(WAYS["add"].done, step.added)


def _remove_pasted(request: SignedInRequest, segment: Segment, pasted: Pasted) -> str:
    return _removed(operations.remove_by_hand(segment, pasted.lines(segment), by=request.user))


PASTED = {"add": _add_pasted, "remove": _remove_pasted}
