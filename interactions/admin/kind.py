"""Which template each kind of interaction begins with."""

from django.contrib import admin

from interactions.models import KindTemplate


@admin.register(KindTemplate)
class KindTemplateAdmin(admin.ModelAdmin[KindTemplate]):
    list_display = ["kind", "template"]
    list_select_related = ["template"]
