"""Our own company: one row, changed and never deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interactions.models import CompanyInformation

from .forms import CompanyInformationForm
from .picture import shown


@admin.register(CompanyInformation)
class CompanyInformationAdmin(admin.ModelAdmin[CompanyInformation]):
    """The form of the one row, without a list before it."""

    form = CompanyInformationForm
    readonly_fields = ["present_logo"]
    fieldsets = [
        (None, {"fields": ["name", "address", "address_2", "postal_code", "city", "country"]}),
        (None, {"fields": ["phone", "email", "home_page", "vat_number"]}),
        (None, {"fields": ["bank_name", "bank_account", "iban", "swift"]}),
        (_("Logo"), {"fields": ["present_logo", "new_logo", "no_logo"]}),
    ]

    @admin.display(description=_("Present logo"))
    def present_logo(self, company: CompanyInformation) -> str | Promise:
        return shown(company.logo)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        form.by = request.user
        return super().save_form(request, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not CompanyInformation.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        company = CompanyInformation.objects.first()
        if company:
            return redirect("admin:interactions_companyinformation_change", company.pk)
        if self.has_add_permission(request):
            return redirect("admin:interactions_companyinformation_add")
        return super().changelist_view(request, extra_context)
