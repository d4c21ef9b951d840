"""The interaction log and its entries."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from contacts.errors import Refused
from contacts.models import Contact
from interactions import many, operations
from interactions.delivery.shown import subject_of
from interactions.filters import log_filter
from interactions.forms import CommentForm, EvaluationForm
from interactions.logged_letters import letter_again
from interactions.models import EntryAttachment, InteractionLogEntry

from .listing import LateListView
from .user import user_of
from .word import word_response


class EntryListView(PermissionRequiredMixin, LateListView):
    """The interaction log, newest first."""

    permission_required = "interactions.view_interactionlogentry"
    template_name = "interactions/list.html"

    def get_queryset(self) -> Any:
        self.filter = log_filter(self.request, for_page=True)
        return self.filter.qs if self.filter.is_valid() else InteractionLogEntry.objects.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        said = [(name, str(asked[name])) for name in asked if asked[name] and name != "page"]
        return super().get_context_data(
            filter=self.filter, said=said, conditions=urlencode(said), **kwargs
        )


class EntryDetailView(PermissionRequiredMixin, DetailView[InteractionLogEntry]):
    """Everything that an entry was, and what may still change: evaluation and canceled."""

    permission_required = "interactions.view_interactionlogentry"
    template_name = "interactions/entry_detail.html"
    context_object_name = "entry"

    def get_queryset(self) -> Any:
        return InteractionLogEntry.objects.with_everything().select_related("delivery_job")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = operations.changes_of(self.object)
        form = EvaluationForm(instance=self.object)
        kwargs["comments"] = self.object.comments.with_names()
        kwargs["attachments"] = self.object.attachments.with_documents()
        kwargs["comment_form"] = CommentForm()
        kwargs["subject"] = subject_of(self.object)
        return super().get_context_data(changes=changes, form=form, **kwargs)


class ContactEntryListView(PermissionRequiredMixin, LateListView):
    """What happened with a contact; for a company with its persons too (R199)."""

    permission_required = ("contacts.view_contact", "interactions.view_interactionlogentry")
    template_name = "interactions/for_contact.html"

    def get_queryset(self) -> Any:
        contacts = Contact.objects.for_detail()
        self.contact = get_object_or_404(contacts, number=self.kwargs["number"])
        entries = InteractionLogEntry.objects.for_contact(self.contact)
        return entries.taken_place().in_timeline().with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        postponed = InteractionLogEntry.objects.for_contact(self.contact).postponed()
        kwargs["postponed"] = postponed.newest_first()[:5]
        return super().get_context_data(contact=self.contact, tab="interactions", **kwargs)


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def entry_letter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letter as it was sent, made again from what the log keeps (D15)."""
    entry = get_object_or_404(InteractionLogEntry.objects.with_everything(), pk=pk)
    if not entry.document_id:
        return render(request, "interactions/entry_no_letter.html", {"entry": entry}, status=404)
    return word_response(*letter_again(entry))


@require_POST
@permission_required("interactions.change_interactionlogentry", raise_exception=True)
def evaluate_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(InteractionLogEntry, pk=pk)
    form = EvaluationForm(request.POST)
    if form.is_valid():
        operations.evaluate(entry, form.cleaned_data["evaluation"], by=user_of(request))
        messages.success(request, _("The evaluation is saved."))
    else:
        messages.error(request, _("That is not an evaluation. Nothing was changed."))
    return redirect(entry)


@require_POST
@permission_required("interactions.change_interactionlogentry", raise_exception=True)
def comment_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a comment to an interaction."""
    entry = get_object_or_404(InteractionLogEntry, pk=pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        one = InteractionLogEntry.objects.alone(entry)
        many.comment_many(one, form.cleaned_data["text"], by=user_of(request))
        messages.success(request, _("The comment is saved."))
    else:
        messages.error(request, " ".join(map(str, form.errors["text"])))
    return redirect(entry)


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def entry_file(request: HttpRequest, pk: int, key: int) -> FileResponse:
    """A file that came with the interaction, as a download."""
    attachments = EntryAttachment.objects.with_documents()
    attachment = get_object_or_404(attachments, pk=key, entry=pk)
    try:
        data = attachment.read()
    except OSError as error:
        raise Refused(_("The file is missing from the storage.")) from error
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=attachment.name)


@require_POST
@permission_required("interactions.cancel_interactionlogentry", raise_exception=True)
def cancel_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(InteractionLogEntry, pk=pk)
    operations.cancel_entry(entry, by=user_of(request))
    messages.success(request, _("The interaction is canceled. It no longer counts."))
    return redirect(entry)


@require_POST
@permission_required("interactions.cancel_interactionlogentry", raise_exception=True)
def uncancel_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(InteractionLogEntry, pk=pk)
    operations.uncancel_entry(entry, by=user_of(request))
    messages.success(request, _("The interaction counts again."))
    return redirect(entry)
