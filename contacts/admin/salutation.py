"""Salutations with their formulas, and how they read for a contact (R171)."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from contacts.greetings import contact_to_greet, greetings
from contacts.in_use import RefusesDeletionInUse
from contacts.models import Contact, Salutation, SalutationFormula
from contacts.salutations import NAME_PARTS, greet

# Someone to greet beside each formula.
SAMPLE = dict.fromkeys(NAME_PARTS, "") | {
    "first_name": "Anna",
    "surname": "Sørensen",
    "initials": "AS",
    "job_title": "Director",
    "name": "Anna Sørensen",
    "company_name": "Nordisk Lys A/S",
}


class FormulaInline(admin.TabularInline[SalutationFormula, Salutation]):
    model = SalutationFormula
    fields = ("language", "type", "text", "preview")
    readonly_fields = ("preview",)
    extra = 1

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The language is a plain list: languages are set up on a page of their own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "language":
            field.widget = field.widget.widget
        return field

    @admin.display(description=_("Anna Sørensen would read"))
    def preview(self, formula: SalutationFormula) -> str:
        return greet(formula.text, SAMPLE) if formula.text else "–"


@admin.register(Salutation)
class SalutationAdmin(RefusesDeletionInUse):
    list_display = ("code", "description", "default_for")
    list_display_links = ("code", "description")
    search_fields = ("code", "description")
    inlines = (FormulaInline,)
    change_form_template = "contacts/admin/salutation.html"

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview)
        own = [path("<int:pk>/preview/", preview, name="contacts_salutation_preview")]
        return [*own, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every formula in every language, as it would read for the contact that is picked."""
        if not self.has_view_permission(request) or not request.user.has_perm(
            "contacts.view_contact"
        ):
            raise PermissionDenied
        salutation = get_object_or_404(Salutation, pk=pk)
        words = request.GET.get("contact", "").strip()
        contact = contact_to_greet(salutation, words)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": salutation,
            "title": _("How %(salutation)s reads") % {"salutation": salutation},
            "words": words,
            "contact": contact,
            "found": Contact.objects.suggestions(words),
            "greetings": greetings(contact, salutation) if contact else [],
        }
        return render(request, "contacts/admin/salutation_preview.html", context)
