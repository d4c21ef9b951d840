"""Interaction templates and their groups."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.in_use import RefusesDeletionInUse
from interactions.letters.report import report_lines, template_report
from interactions.models import InteractionGroup, InteractionTemplate, TemplateDocument

from .forms import TemplateDocumentForm


@admin.register(InteractionGroup)
class InteractionGroupAdmin(RefusesDeletionInUse):
    list_display = ["code", "description"]
    search_fields = ["code", "description"]


class TemplateDocumentInline(admin.StackedInline[TemplateDocument, InteractionTemplate]):
    """One Word document per language."""

    model = TemplateDocument
    form = TemplateDocumentForm
    fields = ["language", "present_document", "upload", "subject", "email_text"]
    readonly_fields = ["present_document"]
    extra = 0

    @admin.display(description=_("Present document"))
    def present_document(self, stored: TemplateDocument) -> str:
        if not stored.pk:
            return "-"
        url = reverse("interactions:template_document", args=[stored.pk])
        return format_html('<a href="{}" download>{}</a>', url, stored.document.name)


@admin.register(InteractionTemplate)
class InteractionTemplateAdmin(RefusesDeletionInUse):
    """A template with its documents. Warns when the default language has none."""

    inlines = [TemplateDocumentInline]
    list_display = ["code", "description", "group", "correspondence_type", "unit_cost", "blocked"]
    list_filter = ["group", "blocked"]
    list_select_related = ["group"]
    search_fields = ["code", "description"]
    fieldsets = [
        (None, {"fields": ["code", "description", "group", "language", "blocked"]}),
        (
            _("What it gives to an interaction"),
            {
                "fields": [
                    ("unit_cost", "unit_duration"),
                    ("information_flow", "initiated_by"),
                    ("correspondence_type", "ignore_contact_correspondence_type"),
                    "email_attachment",
                ]
            },
        ),
    ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for document_form in formset.forms:
            document_form.by = request.user
        super().save_formset(request, form, formset, change)
        for document_form in formset.forms:
            if document_form.checked and not document_form.cleaned_data.get("DELETE"):
                self._tell_of(request, document_form)

    def _tell_of(self, request: HttpRequest, form: TemplateDocumentForm) -> None:
        """What Word's merge fields became is for its author to see."""
        assert form.checked is not None  # noqa: S101 -- the caller has asked
        heading = gettext("The Word document %(name)s:") % {"name": form.file_name}
        lines = [heading, *report_lines(template_report(form.checked))]
        messages.info(request, format_html_join(mark_safe("<br>"), "{}", zip(lines, strict=True)))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        template: InteractionTemplate = form.instance
        if template.lacks_default_document:
            message = gettext("There is no Word document in %(language)s, the default language.")
            messages.warning(request, message % {"language": template.language})
