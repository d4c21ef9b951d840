"""The export of contacts: of everyone, or of those who meet conditions."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.exports import KINDS, export_rows, ordered
from contacts.exports.rows import USUAL
from contacts.filters import ContactFilter
from contacts.forms.exports import ExportForm
from contacts.models import Contact
from contacts.models.contact import ContactQuerySet
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest

# What the person chose last, in the session.
CHOSEN = "export"


@permission_required("contacts.view_contact", raise_exception=True)
def export(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Choose columns, and fetch the contacts that meet the conditions of the address."""
    asked = ContactFilter(request.GET, Contact.objects.all())
    if not asked.is_valid():
        raise Refused(" ".join(asked.problems()))
    usual = {"kind": "semicolon" if get_language() == "da" else "xlsx", "columns": list(USUAL)}
    form = ExportForm(request.POST or None, initial=usual | request.session.get(CHOSEN, {}))
    if request.method == "POST" and form.is_valid():
        request.session[CHOSEN] = form.cleaned_data
        return _file(asked.qs.order_by("name", "id"), **form.cleaned_data)
    context = {"form": form, "filter": asked, "paginator": LatePaginator(asked.qs, 1)}
    return render(request, "contacts/export.html", context)


def _file(contacts: ContactQuerySet, kind: str, columns: list[str]) -> StreamingHttpResponse:
    rows = export_rows(contacts, ordered(columns), get_language() or "en")
    name = _("contacts {date}").format(date=timezone.localdate().isoformat())
    chosen = KINDS[kind]
    response = StreamingHttpResponse(chosen.stream(rows), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.suffix}"'
    return response
