"""Duplicates: the list of pairs, two contacts side by side, merging them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import ListView

from contacts.duplicates.compare import belongings, compare, differing
from contacts.duplicates.find import similar_to
from contacts.duplicates.merge import merge_contacts
from contacts.duplicates.tasks import look_for_duplicates
from contacts.errors import Refused
from contacts.models import Contact, Duplicate
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest

# What a form that is being filled tells of the contact to be.
TYPED = (
    "name",
    "first_name",
    "middle_name",
    "surname",
    "postal_code",
    "phone",
    "mobile",
    "email",
    "email_2",
    "vat_number",
)


class DuplicateListView(PermissionRequiredMixin, ListView[Duplicate]):
    """Pairs of contacts that look like one, the most alike first."""

    permission_required = "contacts.view_contact"
    template_name = "contacts/duplicate_list.html"
    paginator_class = LatePaginator
    paginate_by = 50
    queryset = Duplicate.objects.open().with_contacts().most_alike_first()


@require_POST
@permission_required("contacts.change_contact", raise_exception=True)
def find(request: HttpRequest) -> HttpResponse:
    """Look for duplicates among all contacts, in the background."""
    look_for_duplicates.enqueue()
    messages.success(request, _("All contacts are looked at now. Load the page again in a moment."))
    return redirect("contacts:duplicates")


@permission_required("contacts.view_contact", raise_exception=True)
def merge(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Compare two contacts, and merge them with the fields that were chosen."""
    one, other = _contact(first), _contact(second)
    if request.method == "POST":
        return _merge(request, one, other)
    context = {
        "one": one,
        "other": other,
        "rows": compare(one, other),
        "belongings": belongings(one, other),
        "pair": Duplicate.objects.of_contact(one).of_contact(other).first(),
        "obstacle": _obstacle(one, other),
    }
    return render(request, "contacts/merge.html", context)


@permission_required("contacts.merge_contact", raise_exception=True)
def _merge(request: HttpRequest, one: Contact, other: Contact) -> HttpResponse:
    both = {one.number: (one, other), other.number: (other, one)}
    kept = request.POST.get("keep", "")
    if kept not in both:
        raise Refused(_("Choose which of the two contacts is kept. Nothing was changed."))
    winner, loser = both[kept]
    fields = differing(one, other)
    take = {name for name in fields if request.POST.get(name) == loser.number}
    merged = merge_contacts(winner, loser, take=take, by=request.user)
    names = {"loser": f"{loser.number} {loser.name}", "winner": merged}
    messages.success(request, _("%(loser)s was merged into %(winner)s.") % names)
    return redirect(merged)


@require_POST
@permission_required("contacts.change_contact", raise_exception=True)
def dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two contacts that look alike are two: never show the pair again."""
    pair = get_object_or_404(Duplicate.objects.with_contacts(), pk=pk)
    pair.dismissed_at, pair.dismissed_by = timezone.now(), request.user
    pair.save(update_fields=["dismissed_at", "dismissed_by"])
    names = {"first": pair.first, "second": pair.second}
    messages.success(request, _("%(first)s and %(second)s are two contacts.") % names)
    return redirect("contacts:duplicates")


@require_GET
@permission_required("contacts.view_contact", raise_exception=True)
def similar(request: HttpRequest) -> HttpResponse:
    """Contacts that the one being typed looks like. `own_number` is its own, if it has one."""
    typed: dict[str, Any] = {name: request.GET.get(name, "").strip() for name in TYPED}
    contact = Contact(type=request.GET.get("type", Contact.Type.PERSON), **typed)
    contact.derive_names()
    own = request.GET.get("own_number", "")
    found = [pair for pair in similar_to(contact) if pair[0].number != own]
    return render(request, "contacts/_similar.html", {"similar": found})


def _contact(number: str) -> Contact:
    return get_object_or_404(Contact.objects.for_detail(), number=number)


def _obstacle(one: Contact, other: Contact) -> str:
    if one == other:
        return _("A contact cannot be merged with itself.")
    return _("A company and a person cannot be merged.") if one.type != other.type else ""
