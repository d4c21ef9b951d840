"""The alternative addresses of a contact: all of them, a new one, changing, deleting."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.address import AddressForm, Periods
from contacts.models import AlternativeAddress, Contact
from contacts.postal import address_on, lines_of
from contacts.requests import SignedInRequest


@permission_required("contacts.view_alternativeaddress", raise_exception=True)
def show_all(request: SignedInRequest, number: str) -> HttpResponse:
    """The addresses of a contact, and which is in force on ?date=, else today."""
    contact = _contact(number)
    date = _date(request.GET.get("date", ""))
    if date is None:
        messages.error(request, _("That is no date. Today is shown instead."))
    day = date or timezone.localdate()
    addresses = AlternativeAddress.objects.of_contact(contact)
    context = {
        "contact": contact,
        "tab": "addresses",
        "date": day,
        "is_today": day == timezone.localdate(),
        "in_force": address_on(contact, day),
        "addresses": [{"address": address, "lines": lines_of(address)} for address in addresses],
    }
    return render(request, "contacts/address_list.html", context)


@permission_required("contacts.add_alternativeaddress", raise_exception=True)
def create(request: SignedInRequest, number: str) -> HttpResponse:
    """A new address of a contact."""
    contact = _contact(number)
    return _edit(request, AlternativeAddress(contact=contact), contact)


@permission_required("contacts.change_alternativeaddress", raise_exception=True)
def update(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Change an address and its periods."""
    contact = _contact(number)
    return _edit(request, _address(contact, pk), contact)


@permission_required("contacts.delete_alternativeaddress", raise_exception=True)
@require_POST
def delete(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Delete an address. Letters that were sent to it keep it."""
    contact = _contact(number)
    address = _address(contact, pk)
    address.delete()
    messages.success(request, _("The address %(code)s was deleted.") % {"code": address.code})
    return redirect("contacts:addresses", number)


@transaction.atomic
def _edit(request: SignedInRequest, address: AlternativeAddress, contact: Contact) -> HttpResponse:
    title = address.code
    form = AddressForm(request.POST or None, instance=address, contact=contact)
    periods = Periods(request.POST or None, instance=address, prefix="periods")
    # Both are asked, so that everything that is wrong is said at once.
    if request.method == "POST" and all([form.is_valid(), periods.is_valid()]):
        form.save()
        periods.save()
        messages.success(request, _("The address %(code)s was saved.") % {"code": address.code})
        return redirect("contacts:addresses", contact.number)
    context = {"contact": contact, "form": form, "periods": periods, "title": title}
    return render(request, "contacts/address_form.html", {**context, "tab": "addresses"})


def _contact(number: str) -> Contact:
    return get_object_or_404(Contact.objects.for_detail(), number=number)


def _address(contact: Contact, pk: int) -> AlternativeAddress:
    return get_object_or_404(AlternativeAddress.objects.of_contact(contact), pk=pk)


def _date(text: str) -> datetime.date | None:
    """The date that is asked for; today if none is, None if it is none."""
    try:
        return parse_date(text) if text else timezone.localdate()
    except ValueError:
        return None
