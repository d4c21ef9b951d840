"""What new contacts get, and what persons take from their company: one row (R4, R12)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactDefaults


@admin.register(ContactDefaults)
class ContactDefaultsAdmin(admin.ModelAdmin[ContactDefaults]):
    """The form of the one row, without a list before it."""

    fieldsets = [
        (
            _("New contacts get"),
            {
                "fields": [
                    ("country", "language"),
                    ("territory", "correspondence_type"),
                    "salesperson",
                ]
            },
        ),
        (
            _("Persons take from their company"),
            {
                "fields": [
                    "inherit_address",
                    "inherit_communication",
                    "inherit_country",
                    "inherit_language",
                    "inherit_salesperson",
                    "inherit_territory",
                ]
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not ContactDefaults.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        defaults = ContactDefaults.objects.first()
        if defaults:
            return redirect("admin:contacts_contactdefaults_change", defaults.pk)
        if self.has_add_permission(request):
            return redirect("admin:contacts_contactdefaults_add")
        return super().changelist_view(request, extra_context)
