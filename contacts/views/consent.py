"""Record what a contact says about being reached by letter, e-mail or phone."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from contacts.consents import record_consent
from contacts.forms.consent import ConsentForm
from contacts.models import Channel, Contact
from contacts.requests import SignedInRequest


@permission_required(("contacts.add_consent", "contacts.change_consent"), raise_exception=True)
def record(request: SignedInRequest, number: str, channel: str) -> HttpResponse:
    """Record the consent of a contact for a channel."""
    contact = get_object_or_404(Contact, number=number)
    if channel not in Channel:
        raise Http404(channel)
    form = ConsentForm(contact.consents.of_channel(channel).first(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        record_consent(
            contact,
            channel,
            given=form.given,
            date=data["date"],
            source=data["source"],
            by=request.user,
        )
        messages.success(request, _("The consent was recorded."))
        return redirect(contact)
    context = {"contact": contact, "channel": Channel(channel), "form": form, "tab": "details"}
    return render(request, "contacts/contact_consent.html", context)
