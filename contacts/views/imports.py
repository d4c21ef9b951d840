"""The import of contacts: upload a file, look at what it would do, confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms import ImportForm
from contacts.imports import ImportResult, import_contacts
from contacts.imports.columns import COLUMNS
from contacts.imports.waiting import WaitingFile

MAY_IMPORT = ("contacts.add_contact", "contacts.change_contact")
# So many refusals are shown; there may be more.
SHOWN = 100


@permission_required(MAY_IMPORT, raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, and show what importing it would do. Nothing is written yet."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "columns": COLUMNS}
        return render(request, "contacts/import_form.html", context)
    WaitingFile.of(request.session).discard()
    waiting = WaitingFile.keep(request.session, form.cleaned_data["file"])
    with waiting.open() as file:
        result = import_contacts(file, by=request.user, dry_run=True)
    if result.refused:
        waiting.discard()
    return _preview(request, result, waiting)


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def confirm(request: HttpRequest) -> HttpResponse:
    """Import the file that was looked at, and no other."""
    waiting = WaitingFile.of(request.session)
    wanted = waiting.is_the_one(request.POST.get("sha256", ""))
    if not wanted or not waiting.claim(request.session):
        messages.error(request, _("This file is not waiting any more. Upload it again."))
        return redirect("contacts:import")
    with waiting.open() as file:
        result = import_contacts(file, by=request.user)
    waiting.discard()
    if result.refused:
        return _preview(request, result, waiting)
    counts = _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged.")
    messages.success(request, counts % result.as_data())
    return redirect(reverse("contacts:list"))


def _preview(request: HttpRequest, result: ImportResult, waiting: WaitingFile) -> HttpResponse:
    context: dict[str, Any] = {
        "result": result,
        "waiting": waiting,
        "refused": result.refused[:SHOWN],
        "more_refused": max(0, len(result.refused) - SHOWN),
    }
    status = 422 if result.refused else 200
    return render(request, "contacts/import_preview.html", context, status=status)
