"""Languages that letters are written in."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contacts.in_use import RefusesDeletionInUse
from contacts.models import Language


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
