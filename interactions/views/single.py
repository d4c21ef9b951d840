"""Delivery of a single interaction, on its own page."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interactions.delivery.single import deliver_alone, mark
from interactions.models import InteractionLogEntry

from .delivery import may_send
from .user import user_of


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def entry_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is: a fragment of the entry's page, which asks again by itself."""
    return render(request, "interactions/_entry_delivery.html", {"entry": _entry(pk)})


@require_POST
@may_send
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send its e-mail, also once more."""
    entry = _entry(pk)
    deliver_alone(entry, by=user_of(request))
    messages.success(request, _("Its e-mail is queued."))
    return redirect(entry)


@require_POST
@may_send
def mark_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """A person knows that the letter is printed, or that the e-mail in doubt has arrived."""
    entry = _entry(pk)
    if mark(entry, done=request.POST.get("printed") != "0"):
        messages.success(request, _("It is noted."))
    return redirect(entry)


def _entry(pk: int) -> InteractionLogEntry:
    entries = InteractionLogEntry.objects.taken_place().with_everything()
    entry: InteractionLogEntry = get_object_or_404(entries.select_related("delivery_job"), pk=pk)
    return entry
