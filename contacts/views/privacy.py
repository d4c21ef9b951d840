"""What a contact may ask of us: to see everything that is known, and to be erased."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contacts.models import Contact
from contacts.privacy.document import readable_document
from contacts.privacy.erase import erase_contact
from contacts.privacy.known import as_words, everything_known

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Everything about somebody is for those who may change it.
MAY_SEE = "contacts.change_contact"
# So many rows of a kind stand on the page; the files have all.
SHOWN = 20


@require_GET
@permission_required(MAY_SEE, raise_exception=True)
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that is known of a contact, with the files of it and the way to erase it."""
    contact = _contact(number)
    known = [
        (
            kind,
            [{label: as_words(value) for label, value in row.items()} for row in rows[:SHOWN]],
            len(rows),
        )
        for kind, rows in everything_known(contact).items()
    ]
    context = {"contact": contact, "tab": "privacy", "known": known, "shown": SHOWN}
    return render(request, "contacts/privacy.html", context)


@require_GET
@permission_required(MAY_SEE, raise_exception=True)
def as_json(request: HttpRequest, number: str) -> HttpResponse:
    contact = _contact(number)
    text = json.dumps(everything_known(contact), ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/json", f"{contact.number}.json")


@require_GET
@permission_required(MAY_SEE, raise_exception=True)
def as_document(request: HttpRequest, number: str) -> HttpResponse:
    contact = _contact(number)
    data = readable_document(contact, everything_known(contact))
    return _file(data, WORD, f"{contact.number}.docx")


@require_POST
@permission_required("contacts.erase_contact", raise_exception=True)
def erase(request: HttpRequest, number: str) -> HttpResponse:
    """Erase the contact whose number was typed. A refusal leads back to the page of it."""
    contact = _contact(number)
    erase_contact(contact, typed=request.POST.get("number", ""), by=request.user)
    messages.success(request, _("Contact %(number)s was erased.") % {"number": contact.number})
    return redirect(contact)


def _contact(number: str) -> Contact:
    return get_object_or_404(Contact.objects.for_detail(), number=number)


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=content_type, headers=disposition)
