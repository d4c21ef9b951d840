"""Record an interaction with a single contact: what, its content, the result (R215-R219)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.errors import Refused
from contacts.models import Contact, Salesperson
from interactions import recording
from interactions.files import attach_file
from interactions.following import find_contact, followed
from interactions.models import Campaign, EntryAttachment, InteractionLogEntry, KindTemplate
from interactions.recording_forms import FilesForm, ResultForm, WhatForm, this_minute
from interactions.via import suggested

from .listing import LateListView
from .user import user_of

may_record = permission_required("interactions.add_interactionlogentry", raise_exception=True)
# What the page asks with as soon as a field changes that others follow.
FOLLOW = "follow"


@may_record
def create(request: HttpRequest) -> HttpResponse:
    """What happened, and with whom. What the address knows is filled in."""
    contact = _known(Contact.objects.all(), request.GET.get("contact", ""))
    if FOLLOW in request.POST:
        return _follow(request, contact, _of_campaign(request))
    found = contact or find_contact(request.POST.get("contact", ""))
    initial = _initial(request, contact)
    form = WhatForm(request.POST or None, known=contact, found=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = contact or form.cleaned_data["contact"]
        template = form.cleaned_data["template"]
        try:
            entry = recording.begin_interaction(
                who, template, by=user_of(request), **form.values(), **_of_campaign(request)
            )
            return redirect("interactions:content", entry.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "contact": contact, "step": "what", **_of_campaign(request)}
    return render(request, "interactions/record_what.html", context)


def _follow(
    request: HttpRequest, contact: Contact | None, around: dict[str, Any], **form: Any
) -> HttpResponse:
    """The page as it was typed, with what follows from the field that changed."""
    said = request.POST.dict()
    found = contact or find_contact(said.get("contact", ""))
    initial = followed(said, found, said[FOLLOW])
    asked = WhatForm(known=contact, found=found, initial=initial, **form)
    context = {"form": asked, "contact": contact, "step": "what", **around}
    return render(request, "interactions/record_what.html", context)


@may_record
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The first step again, of an interaction that is not finished."""
    entry = _draft(pk)
    if FOLLOW in request.POST:
        return _follow(request, entry.contact, {"entry": entry}, instance=entry)
    form = WhatForm(request.POST or None, instance=entry, known=entry.contact)
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "template": form.cleaned_data["template"]}
        try:
            recording.change_interaction(entry, by=user_of(request), **values)
            return redirect("interactions:content", entry.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "contact": entry.contact, "entry": _draft(pk), "step": "what"}
    return render(request, "interactions/record_what.html", context)


@may_record
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter, if there is one, and files."""
    entry = _draft(pk)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if form.is_valid():
        try:
            for file in form.cleaned_data["files"]:
                attach_file(entry, file, by=user_of(request))
            again = form.cleaned_data["files"] and "more" in request.POST
            return redirect("interactions:content" if again else "interactions:result", entry.pk)
        except Refused as refusal:
            form.add_error("files", str(refusal))
    attachments = entry.attachments.with_documents()
    context = {"form": form, "entry": entry, "attachments": attachments, "step": "content"}
    return render(request, "interactions/record_content.html", context)


@may_record
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Campaign and result; then it is logged, or put off."""
    may_send = user_of(request).has_perm("interactions.add_deliveryjob")
    form = ResultForm(request.POST or None, instance=_draft(pk), may_send=may_send)
    if request.method == "POST" and form.is_valid():
        try:
            return (
                _put_off(request, pk, form) if "later" in request.POST else _log(request, pk, form)
            )
        except Refused as refusal:
            form.add_error("deliver" if form.cleaned_data.get("deliver") else None, str(refusal))
    context = {"form": form, "entry": _draft(pk), "step": "result"}
    return render(request, "interactions/record_result.html", context)


def _put_off(request: HttpRequest, pk: int, form: ResultForm) -> HttpResponse:
    values = form.values()
    for name in ("comment", "deliver"):
        values.pop(name)
    recording.change_interaction(_draft(pk), by=user_of(request), **values)
    messages.info(request, _("The interaction is postponed. It counts once it is finished."))
    return redirect("interactions:postponed")


def _log(request: HttpRequest, pk: int, form: ResultForm) -> HttpResponse:
    values, was_email = form.values(), form.instance.is_email
    values |= form.moved()
    logged = recording.finish_interaction(_draft(pk), by=user_of(request), **values)
    messages.success(request, _("The interaction is logged."))
    if logged.is_underway:
        messages.success(request, _("Its e-mail is queued."))
    elif values["deliver"]:
        messages.warning(request, _("Nothing is sent: the attempt failed."))
    if was_email and not logged.is_email:
        reason = _("It has no e-mail address, so it is logged without a correspondence type.")
        messages.warning(request, reason)
    return redirect(logged)


@require_POST
@may_record
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away an interaction that is not finished."""
    recording.discard_interaction(_draft(pk), by=user_of(request))
    messages.success(request, _("The interaction was thrown away."))
    return redirect("interactions:postponed")


@require_POST
@may_record
def remove_file(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Take a file away again."""
    entry = _draft(pk)
    EntryAttachment.objects.of_entry(entry, key).remove()
    return redirect("interactions:content", entry.pk)


class PostponedListView(LateListView):
    """Interactions that were begun and not finished, to go on with."""

    template_name = "interactions/postponed.html"

    def get_queryset(self) -> Any:
        return InteractionLogEntry.objects.postponed().newest_first().with_names()


postponed = may_record(PostponedListView.as_view())


def _draft(pk: int) -> InteractionLogEntry:
    drafts = InteractionLogEntry.objects.postponed().with_everything()
    entry: InteractionLogEntry = get_object_or_404(drafts, pk=pk)
    return entry


def _known(objects: Any, number: str) -> Any:
    number = number.strip()
    return get_object_or_404(objects, number=number) if number else None


def _initial(request: HttpRequest, contact: Contact | None) -> dict[str, Any]:
    ours = Salesperson.objects.active().of_user(user_of(request))
    salesperson = ours or (contact.salesperson if contact else None)
    now, kind = this_minute(), request.GET.get("kind", "")
    initial: dict[str, Any] = {"date": now.date(), "time": now.time(), "salesperson": salesperson}
    if template := KindTemplate.chosen().get(kind):
        initial |= {"kind": kind, "template": template.pk}
    initial["contact_via"] = suggested(contact, kind)
    if "response" in request.GET:
        initial |= {"information_flow": "inbound", "initiated_by": "them"}
    return initial


def _of_campaign(request: HttpRequest) -> dict[str, Any]:
    campaign = _known(Campaign.objects.all(), request.GET.get("campaign", ""))
    if not campaign:
        return {}
    return {"campaign": campaign, "campaign_response": "response" in request.GET}
