"""What administrators set up: users, salespeople, groups, languages, salutations."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contacts.in_use import RefusesDeletionInUse
from contacts.models import (
    IndustryGroup,
    Language,
    MailingGroup,
    NumberSeries,
    Salesperson,
    Salutation,
    SalutationFormula,
    User,
)
from contacts.salutations import NAME_PARTS, greet

# Someone to greet in the preview of a formula.
SAMPLE = dict.fromkeys(NAME_PARTS, "") | {
    "first_name": "Anna",
    "surname": "Sørensen",
    "initials": "AS",
    "job_title": "Director",
    "name": "Anna Sørensen",
    "company_name": "Nordisk Lys A/S",
}


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


@admin.register(MailingGroup, IndustryGroup)
class GroupAdmin(RefusesDeletionInUse):
    list_display = ("code", "description")
    list_display_links = ("code", "description")
    search_fields = ("code", "description")


@admin.register(Language)
class LanguageAdmin(RefusesDeletionInUse):
    list_display = ("code", "name", "is_default")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The code of a language is its key: another code is another language."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Salutations would go with their language, and the default is always needed."""
        needed = obj and (obj.is_default or obj.salutationformula_set.exists())
        return super().has_delete_permission(request, obj) and not needed


class FormulaInline(admin.TabularInline[SalutationFormula, Salutation]):
    model = SalutationFormula
    fields = ("language", "type", "text", "preview")
    readonly_fields = ("preview",)
    extra = 1

    @admin.display(description=_("Anna Sørensen would read"))
    def preview(self, formula: SalutationFormula) -> str:
        return greet(formula.text, SAMPLE) if formula.text else "–"


@admin.register(Salutation)
class SalutationAdmin(RefusesDeletionInUse):
    list_display = ("code", "description", "default_for")
    list_display_links = ("code", "description")
    search_fields = ("code", "description")
    inlines = (FormulaInline,)


@admin.register(NumberSeries)
class NumberSeriesAdmin(admin.ModelAdmin[NumberSeries]):
    """To look at: numbers are drawn, never set."""

    list_display = ("code", "prefix", "width", "last")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
