"""Delivery of a logged segment: send, see how far it is, decide what is in doubt."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.errors import Refused
from contacts.models import CorrespondenceType
from interactions.delivery import jobs, printing
from interactions.delivery.forms import (
    STATES,
    ChosenForm,
    PrintedForm,
    PrintFileForm,
    in_shown_state,
)
from interactions.delivery.resend import resend
from interactions.delivery.shown import email_of
from interactions.models import DeliveryJob, EmailAttachment, InteractionLogEntry, LoggedSegment

from .listing import LateListView
from .logged_segment import _segment, segment_facts
from .user import user_of

may_send = permission_required("interactions.add_deliveryjob", raise_exception=True)
may_change = permission_required("interactions.change_deliveryjob", raise_exception=True)


class DeliveryView(PermissionRequiredMixin, LateListView):
    """What is delivered of a logged segment, entry by entry; `?state=` and `?by=email` narrow."""

    permission_required = "interactions.view_loggedsegment"
    template_name = "interactions/delivery.html"

    def get_queryset(self) -> Any:
        self.segment = _segment(self.kwargs["number"])
        entries = InteractionLogEntry.objects.of_segment(self.segment).to_deliver()
        self.emails_only = self.request.GET.get("by") == CorrespondenceType.EMAIL
        entries = entries.by_email() if self.emails_only else entries
        self.state = self.request.GET.get("state", "")
        return in_shown_state(entries, self.state).in_line_order().with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = segment_facts(self.request, self.segment)
        kwargs |= {"tab": "delivery", "state": self.state, "states": STATES}
        kwargs["emails_only"] = self.emails_only
        return super().get_context_data(segment=self.segment, **facts, **kwargs)


@permission_required("interactions.view_loggedsegment", raise_exception=True)
def delivery_progress(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is, for a page that asks again by itself."""
    return render(request, "interactions/delivery_progress.html", {"segment": _segment(number)})


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def entry_email(request: HttpRequest, pk: int) -> HttpResponse:
    """The e-mail of an entry, as it was sent, or would be now."""
    entries = InteractionLogEntry.objects.by_email().with_everything()
    entry = get_object_or_404(entries.select_related("delivery_job"), pk=pk)
    said, attached = email_of(entry)
    label = EmailAttachment(attached).label
    context = {"entry": entry, "said": said, "attached": attached, "attached_label": label}
    return render(request, "interactions/entry_email.html", context)


@require_POST
@may_send
def deliver(request: HttpRequest, number: str) -> HttpResponse:
    segment = _segment(number)
    _tell_queued(request, jobs.deliver(segment, by=user_of(request)))
    return _to_page(segment)


@require_POST
@may_send
def deliver_again(request: HttpRequest, number: str) -> HttpResponse:
    """What failed, was left out or is in doubt: those that are ticked, or all in a state."""
    segment = _segment(number)
    chosen = _chosen(request, segment)
    _tell_queued(request, jobs.deliver_again(segment, chosen, by=user_of(request)))
    return _to_page(segment)


@require_POST
@may_send
def resend_entries(request: HttpRequest, number: str) -> HttpResponse:
    """Those that are ticked once more, also what has arrived; with `anew` merged anew."""
    segment = _segment(number)
    chosen = _chosen(request, segment)
    anew = request.POST.get("anew") == "1"
    _tell_queued(request, resend(segment, chosen, anew=anew, by=user_of(request)))
    return _to_page(segment)


@require_POST
@may_send
def mark_as_sent(request: HttpRequest, number: str) -> HttpResponse:
    """A person knows that what is in doubt has arrived."""
    segment = _segment(number)
    count = jobs.mark_as_sent(_chosen(request, segment))
    said = ngettext("%(count)s e-mail counts as sent.", "%(count)s e-mails count as sent.", count)
    _tell_changed(request, said, count)
    return _to_page(segment)


@require_POST
@may_send
def print_file(request: HttpRequest, number: str) -> HttpResponse:
    segment = _segment(number)
    form = PrintFileForm(request.POST)
    if not form.is_valid():
        raise Refused(_("A print file is PDF or Word."))
    job = printing.print_file(segment, format=form.cleaned_data["format"], by=user_of(request))
    if job.is_unfinished:
        messages.success(request, _("The print file is being made."))
    return _to_page(segment)


@require_POST
@may_send
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """All letters, those with the numbers, or those that are ticked."""
    segment = _segment(number)
    form = PrintedForm(segment, request.POST)
    if not form.is_valid():
        raise Refused(form.problem)
    count = printing.mark_as_printed(segment, **form.choice)
    said = ngettext("%(count)s letter is printed.", "%(count)s letters are printed.", count)
    undone = ngettext(
        "%(count)s letter is not printed.", "%(count)s letters are not printed.", count
    )
    _tell_changed(request, said if form.choice["printed"] else undone, count)
    return _to_page(segment)


@require_POST
@may_change
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(DeliveryJob, pk=pk)
    if jobs.pause(job):
        messages.success(request, _("Paused. Nothing more is sent until you resume."))
    return _to_page_of(job)


@require_POST
@may_change
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(DeliveryJob, pk=pk)
    if jobs.resume(job):
        messages.success(request, _("It goes on."))
    return _to_page_of(job)


@require_POST
@may_change
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(DeliveryJob, pk=pk)
    count = jobs.cancel(job)
    said = ngettext("%(count)s e-mail is left out.", "%(count)s e-mails are left out.", count)
    messages.success(request, said % {"count": count})
    return _to_page_of(job)


def _tell_queued(request: HttpRequest, job: DeliveryJob) -> None:
    said = ngettext("%(count)s e-mail is queued.", "%(count)s e-mails are queued.", job.count)
    messages.success(request, said % {"count": job.count})


def _tell_changed(request: HttpRequest, said: str, count: int) -> None:
    if count:
        messages.success(request, said % {"count": count})
    else:
        messages.warning(request, _("Nothing was changed: it does not apply to any of these."))


def _chosen(request: HttpRequest, segment: LoggedSegment) -> Any:
    form = ChosenForm(segment, request.POST)
    if not form.is_valid():
        raise Refused(form.problem)
    return form.chosen


def _to_page(segment: LoggedSegment) -> HttpResponse:
    return redirect("interactions:delivery", segment.number)


def _to_page_of(job: DeliveryJob) -> HttpResponse:
    """The page of its logged segment; of a single interaction its own."""
    if job.logged_segment:
        return _to_page(job.logged_segment)
    return redirect(job.entries.first() or "interactions:list")
