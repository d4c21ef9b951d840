"""Who signs in, and whom letters come from."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contacts.in_use import RefusesDeletionInUse
from contacts.models import Salesperson, User

USER_FIELDSETS: Any = DjangoUserAdmin.fieldsets


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    fieldsets = (*USER_FIELDSETS, (_("Pages"), {"fields": ("language",)}))
    list_display = ("username", "first_name", "last_name", "email", "language", "is_active")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a person did would lose its name: such a user is made inactive instead."""
        return False


@admin.register(Salesperson)
class SalespersonAdmin(RefusesDeletionInUse):
    list_display = ("code", "name", "job_title", "email", "user", "blocked")
    list_display_links = ("code", "name")
    list_filter = ("blocked",)
    list_select_related = ("user",)
    search_fields = ("code", "name", "email")
    autocomplete_fields = ("user",)
