"""Salespeople with their signatures, which are ours to keep: they go into letters."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.admin.people import SalespersonAdmin
from contacts.models import Salesperson
from interactions.models import Signature

from .forms import SignatureForm
from .picture import shown


class SignatureInline(admin.StackedInline[Signature, Salesperson]):
    """None, or one."""

    model = Signature
    form = SignatureForm
    fields = ["present_picture", "upload"]
    readonly_fields = ["present_picture"]
    extra = 1
    max_num = 1
    verbose_name_plural = _("signature")

    @admin.display(description=_("Present picture"))
    def present_picture(self, signature: Signature) -> str | Promise:
        return shown(signature.document if signature.pk else None)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("contacts.view_salesperson") or _may_change(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_change(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_change(request)


def _may_change(request: HttpRequest) -> bool:
    return request.user.has_perm("contacts.change_salesperson")


class SigningSalespersonAdmin(SalespersonAdmin):
    inlines = [SignatureInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for signature_form in formset.forms:
            signature_form.by = request.user
        super().save_formset(request, form, formset, change)


admin.site.unregister(Salesperson)
admin.site.register(Salesperson, SigningSalespersonAdmin)
