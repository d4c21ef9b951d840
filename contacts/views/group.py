"""The pages of groups: all of them, one with its members, and the groups of a contact."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import ListView, TemplateView

from contacts.filters import ContactFilter
from contacts.forms.group import ContactGroupsForm, group_form
from contacts.members import add_members, delete_group, outside, remove_members, set_groups, within
from contacts.models import Contact
from contacts.models.contact import ContactQuerySet
from contacts.models.group import KINDS, Group
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest


class GroupListView(PermissionRequiredMixin, TemplateView):
    """Every kind of group, with its groups and how many contacts each has."""

    permission_required = "contacts.view_mailinggroup"
    template_name = "contacts/group_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        kinds = [
            {
                "kind": kind,
                "label": kind._meta.verbose_name_plural,
                "groups": kind._default_manager.with_members(),
                "may_add": user.has_perm(_permission("add", kind)),
            }
            for kind in KINDS.values()
            if user.has_perm(_permission("view", kind))
        ]
        return super().get_context_data(**kwargs, kinds=kinds)


class MemberListView(PermissionRequiredMixin, ListView[Contact]):
    """One group with its members, all or those that meet conditions."""

    template_name = "contacts/group_detail.html"
    paginator_class = LatePaginator
    paginate_by = 50
    # Conditions that the page asks for; its address takes all others too.
    FIELDS = ("q", "country", "salesperson")

    def has_permission(self) -> bool:
        self.group = find_group(self.kwargs["kind"], self.kwargs["pk"])
        needed = ("contacts.view_contact", _permission("view", type(self.group)))
        return self.request.user.has_perms(needed)

    def get_queryset(self) -> ContactQuerySet:
        members = within(Contact.objects.for_list(), self.group)
        self.filter = ContactFilter(self.request.GET, members)
        contacts: ContactQuerySet = self.filter.qs
        return contacts.order_by("name", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind, form = type(self.group), self.filter.form
        return super().get_context_data(
            **kwargs,
            group=self.group,
            kind=kind,
            kind_label=kind._meta.verbose_name,
            filter=self.filter,
            fields=[form[name] for name in self.FIELDS if name in form.fields],
            criteria=criteria_of(self.group),
            export_criteria=self._export_criteria(),
            may_change=self.request.user.has_perm(_permission("change", kind)),
            may_delete=self.request.user.has_perm(_permission("delete", kind)),
        )

    def _export_criteria(self) -> str:
        """What the export asks: the members that are shown."""
        asked = [(n, v) for n in self.FIELDS for v in self.request.GET.getlist(n) if v]
        return "&".join(filter(None, (criteria_of(self.group), urlencode(asked))))


def criteria_of(group: Group) -> str:
    """Return the condition of the contact list that finds the members of `group`."""
    return urlencode({group.CONTACT_FIELD: group.code})


def create(request: HttpRequest, kind: str) -> HttpResponse:
    """Create a group of the kind."""
    model = find_kind(kind)
    _require(request, "add", model)
    form = group_form(model)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        group = form.save()
        messages.success(request, _("%(group)s was created.") % {"group": group})
        return redirect(group)
    return _form_page(request, model, form)


def update(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give a group another code or description."""
    group = find_group(kind, pk)
    _require(request, "change", type(group))
    form = group_form(type(group))(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("%(group)s was saved.") % {"group": form.save()})
        return redirect(group)
    return _form_page(request, type(group), form, group=find_group(kind, pk))


def _form_page(request: HttpRequest, kind: type[Group], form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form, "kind_label": kind._meta.verbose_name}
    return render(request, "contacts/group_form.html", context)


@require_POST
def delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Delete a group that no contact belongs to."""
    group = find_group(kind, pk)
    _require(request, "delete", type(group))
    delete_group(group)
    messages.success(request, _("%(group)s was deleted.") % {"group": group})
    return redirect("contacts:group_list")


@permission_required("contacts.change_contact", raise_exception=True)
def suggest(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Contacts whose name begins to be typed and who can still be put into the group."""
    group = find_group(kind, pk)
    words = request.GET.get("pick", "").strip()
    others = outside(Contact.objects.all(), group)
    context = {
        "contacts": others.suggestions(words, type_=group.ONLY_FOR),
        "group": group,
        "words": words,
    }
    return render(request, "contacts/_member_suggestions.html", context)


@require_POST
@permission_required("contacts.change_contact", raise_exception=True)
def add(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Put the contact with the number that is sent into the group."""
    group = find_group(kind, pk)
    contacts = Contact.objects.numbered(_number(request.POST.get("contact", "")))
    if not contacts:
        messages.error(request, _("No such contact. Nothing was changed."))
    elif add_members(group, contacts, by=request.user):
        words = {"contact": contacts[0], "group": group}
        messages.success(request, _("%(contact)s now belongs to %(group)s.") % words)
    return redirect(group)


@require_POST
@permission_required("contacts.change_contact", raise_exception=True)
def remove(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Take the ticked contacts out of the group."""
    group = find_group(kind, pk)
    numbers = [_number(number) for number in request.POST.getlist("contact")]
    contacts = Contact.objects.known_by("number", numbers)
    count = remove_members(group, contacts, by=request.user)
    said = ngettext("Took %(count)s contact out.", "Took %(count)s contacts out.", count)
    messages.success(request, said % {"count": count})
    return redirect(group)


@permission_required("contacts.change_contact", raise_exception=True)
def update_groups(request: HttpRequest, number: str) -> HttpResponse:
    """Say which groups a contact belongs to."""
    contact = get_object_or_404(Contact, number=number)
    form = ContactGroupsForm(contact, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_groups(contact, form.chosen())
        messages.success(request, _("The groups of %(contact)s were saved.") % {"contact": contact})
        return redirect(contact)
    context = {"contact": contact, "form": form, "tab": "details"}
    return render(request, "contacts/contact_groups.html", context)


def find_kind(slug: str) -> type[Group]:
    """Return the kind of group that `slug` names, or answer 404."""
    if slug not in KINDS:
        raise Http404(slug)
    return KINDS[slug]


def find_group(slug: str, pk: int) -> Group:
    """Return the group, with how many members it has, or answer 404."""
    group: Group = get_object_or_404(find_kind(slug)._default_manager.with_members(), pk=pk)
    return group


def _permission(act: str, kind: type[Group]) -> str:
    return f"contacts.{act}_{kind._meta.model_name}"


def _require(request: HttpRequest, act: str, kind: type[Group]) -> None:
    if not request.user.has_perm(_permission(act, kind)):
        raise PermissionDenied


def _number(text: str) -> str:
    return text.replace("\0", "")
