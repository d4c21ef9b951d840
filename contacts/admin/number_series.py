"""Number series, to look at: numbers are drawn, never set."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contacts.models import NumberSeries


@admin.register(NumberSeries)
class NumberSeriesAdmin(admin.ModelAdmin[NumberSeries]):
    list_display = ("code", "prefix", "width", "last")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
