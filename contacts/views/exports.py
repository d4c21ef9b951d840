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


class ExportFilter(ContactFilter):
    """Of those who were ticked, by `contact`, or of everyone."""

    besides = ContactFilter.besides | {"contact"}


@permission_required("contacts.view_contact", raise_exception=True)
def export(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Choose columns, and fetch the contacts of the address: ticked, or meeting its conditions."""
    ticked = request.GET.getlist("contact")
    everyone = Contact.objects.all()
    contacts = everyone.known_by("number", ticked) if ticked else everyone
    asked = ExportFilter(request.GET, contacts)
    if not asked.is_valid():
        raise Refused(" ".join(asked.problems()))
    usual = {"kind": "semicolon" if get_language() == "da" else "xlsx", "columns": list(USUAL)}
    form = ExportForm(request.POST or None, initial=usual | request.session.get(CHOSEN, {}))
    if request.method == "POST" and form.is_valid():
        request.session[CHOSEN] = form.cleaned_data
        return _file(asked.qs.order_by("name", "id"), **form.cleaned_data)
    paginator = LatePaginator(asked.qs, 1)
    context = {"form": form, "filter": asked, "paginator": paginator, "ticked": ticked}
    return render(request, "contacts/export.html", context)


def _file(contacts: ContactQuerySet, kind: str, columns: list[str]) -> StreamingHttpResponse:
    rows = export_rows(contacts, ordered(columns), get_language() or "en")
    name = _("contacts {date}").format(date=timezone.localdate().isoformat())
    chosen = KINDS[kind]
    response = StreamingHttpResponse(chosen.stream(rows), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.suffix}"'
    return response
