"""The pages of contacts: the list, one contact, and what can be done to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers
from django.views.generic import DetailView, ListView

from contacts.deletion import delete_contact, obstacle
from contacts.errors import Refused
from contacts.filters import ContactFilter
from contacts.forms import FORMS, ContactForm
from contacts.inheritance import passed_on
from contacts.models import Contact, ContactDefaults, User
from contacts.models.contact import ContactQuerySet
from contacts.pagination import LatePaginator
from contacts.postal import address_on
from contacts.requests import SignedInRequest

# What a list can be sorted by, and the order of rows that are equal in it.
SORTS = {
    "name": ("name", "id"),
    "company": ("company_name", "company_id", "type", "name", "id"),
    "city": ("city", "name", "id"),
    "number": ("number",),
}


# Or the way back from another page would show the results alone.
@method_decorator(vary_on_headers("HX-Request"), name="dispatch")
class ContactListView(PermissionRequiredMixin, ListView[Contact]):
    """All contacts, or those that meet conditions."""

    permission_required = "contacts.view_contact"
    template_name = "contacts/contact_list.html"
    paginator_class = LatePaginator
    paginate_by = 50

    def get_queryset(self) -> ContactQuerySet:
        self.filter = ContactFilter(self.request.GET, Contact.objects.for_list())
        contacts: ContactQuerySet = self.filter.qs
        return contacts.quickest().order_by(*order(self.request.GET.get("sort", "")))

    request: SignedInRequest

    def get_template_names(self) -> list[str]:
        """The whole page; for htmx the results alone, as the conditions change."""
        return [f"{self.template_name}#results" if self.request.htmx else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sort = self.request.GET.get("sort", "")
        return super().get_context_data(**kwargs, filter=self.filter, sorts=sort_links(sort))


def order(sort: str) -> list[str]:
    """Return the order that "city" or "-city" asks for; by name if there is none of that name."""
    fields = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return [f"-{field}" for field in fields] if sort.startswith("-") else list(fields)


def sort_links(sort: str) -> dict[str, dict[str, str]]:
    """Return for each column what its heading asks for next, and which way it is sorted now."""
    now = sort or "name"
    return {
        name: {
            "next": f"-{name}" if now == name else name,
            "aria": {name: "ascending", f"-{name}": "descending"}.get(now, "none"),
        }
        for name in SORTS
    }


class ContactDetailView(PermissionRequiredMixin, DetailView[Contact]):
    """What is known of a contact; of a company also its persons."""

    permission_required = "contacts.view_contact"
    template_name = "contacts/contact_detail.html"
    queryset = Contact.objects.for_detail()
    slug_field = slug_url_kwarg = "number"
    # So many persons of a company are shown; the list shows the others.
    PERSONS = 50

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; a number that was merged into another contact leads to that one."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return redirect(get_object_or_404(Contact.objects.become_of(kwargs["number"])))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        persons = list(self.object.persons()[: self.PERSONS + 1]) if self.object.is_company else []
        return super().get_context_data(
            **kwargs,
            tab="details",
            postal=address_on(self.object, timezone.localdate()),
            persons=persons[: self.PERSONS],
            more_persons=len(persons) > self.PERSONS,
        )


@permission_required("contacts.add_contact", raise_exception=True)
def create(request: SignedInRequest) -> HttpResponse:
    """Create a person, or with ?type=company a company; ?company= presets the employer."""
    type_ = request.GET.get("type", Contact.Type.PERSON)
    form_class = FORMS.get(type_, FORMS[Contact.Type.PERSON])
    employer = Contact.objects.companies().numbered(request.GET.get("company", "")).first()
    form = form_class(
        request.POST or None, by=request.user, initial=_initial(request.user, employer)
    )
    if request.method == "POST" and form.is_valid():
        contact = form.save()
        tell(request, _("%(contact)s was created.") % {"contact": contact}, form.notes)
        return redirect(contact)
    context = {"form": form, "type": form.type, "employer": employer}
    return render(request, "contacts/contact_form.html", context)


def _initial(user: User, employer: Contact | None) -> dict[str, Any]:
    """What a new contact gets: our defaults (R4), and what the employer passes on (R12)."""
    defaults = ContactDefaults.ours().for_new_contact(user)
    if employer is None:
        return defaults
    return {**defaults, **passed_on(employer), "company": employer}


@permission_required("contacts.change_contact", raise_exception=True)
@transaction.atomic
def update(request: SignedInRequest, number: str) -> HttpResponse:
    """Change a contact; ?type= makes a person of a company or the other way round."""
    contacts = Contact.objects.for_detail()
    is_posted = request.method == "POST"
    contact = get_object_or_404(contacts.locked() if is_posted else contacts, number=number)
    type_ = request.GET.get("type", contact.type)
    fixed = contact.type_is_fixed()
    if type_ not in FORMS or (type_ != contact.type and fixed):
        messages.error(request, fixed or _("There is no such type."))
        return redirect("contacts:update", number)
    title, url = str(contact), contact.get_absolute_url()
    form = _form(request, contact, type_)
    if is_posted and form.is_valid():
        tell(request, _("%(contact)s was saved.") % {"contact": form.save()}, form.notes)
        return redirect(contact)
    context = {"form": form, "type": type_, "type_is_fixed": fixed, "title": title, "url": url}
    return render(request, "contacts/contact_form.html", {**context, "contact": contact})


def _form(request: SignedInRequest, contact: Contact, type_: str) -> ContactForm:
    """The form for the type; its first names are those the contact had under the other type."""
    initial = {}
    if type_ != contact.type:
        initial = {"company": None, "surname": contact.name}
    posted = request.POST or None
    return FORMS[type_](posted, by=request.user, instance=contact, initial=initial)


def tell(request: HttpRequest, success: str, notes: list[str]) -> None:
    """Say what was done, and what it brought with it."""
    messages.success(request, success)
    if notes:
        messages.info(request, "\n".join(notes))


@permission_required("contacts.delete_contact", raise_exception=True)
def delete(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, then delete a contact."""
    contact = get_object_or_404(Contact, number=number)
    if request.method != "POST":
        context = {"contact": contact, "obstacle": obstacle(contact)}
        return render(request, "contacts/contact_confirm_delete.html", context)
    try:
        delete_contact(contact, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(contact)
    messages.success(request, _("%(contact)s was deleted.") % {"contact": contact})
    return redirect("contacts:list")


@require_GET
@permission_required("contacts.view_contact", raise_exception=True)
def pick(request: HttpRequest) -> HttpResponse:
    """Up to ten contacts that `q` finds, as buttons; `type` narrows to companies or persons."""
    words = request.GET.get("q", "").replace("\0", "").strip()
    contacts = Contact.objects.suggestions(words, type_=request.GET.get("type", ""))
    return render(request, "contacts/_pick.html", {"contacts": contacts, "q": words})
