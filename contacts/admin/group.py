"""Groups of every kind. Who belongs to them is seen and changed on the page of the group."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.in_use import RefusesDeletionInUse
from contacts.models import (
    BusinessRelation,
    IndustryGroup,
    JobResponsibility,
    MailingGroup,
    OrganizationalLevel,
    Territory,
)


@admin.register(
    MailingGroup,
    IndustryGroup,
    JobResponsibility,
    BusinessRelation,
    OrganizationalLevel,
    Territory,
)
class GroupAdmin(RefusesDeletionInUse):
    list_display = ("code", "description", "members")
    list_display_links = ("code", "description")
    search_fields = ("code", "description")

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.model._default_manager.with_members().order_by("code")

    @admin.display(description=_("contacts"), ordering="n_members")
    def members(self, group: Any) -> str:
        count = number_format(group.n_members, force_grouping=True)
        return format_html('<a href="{}">{}</a>', group.get_absolute_url(), count)
