"""Interaction templates, their Word documents and the fields that documents may use."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, TemplateView

from contacts.errors import Refused
from contacts.history import history
from contacts.models import Change
from contacts.pagination import LatePaginator
from interactions.letters.fields import MERGE_FIELDS
from interactions.letters.starter import FILE_NAMES, starter
from interactions.models import InteractionLogEntry, InteractionTemplate, TemplateDocument

from .later import comes_later
from .listing import LateListView
from .statistics import figures
from .word import word_response


class TemplateListView(PermissionRequiredMixin, LateListView):
    """All templates with the languages they have letters in."""

    permission_required = "interactions.view_interactiontemplate"
    template_name = "interactions/template_list.html"

    def get_queryset(self) -> Any:
        return self.search(InteractionTemplate.objects.with_names())


class TemplateDetailView(PermissionRequiredMixin, DetailView[InteractionTemplate]):
    """A template: what it gives to an interaction, its letters, and what it was used for."""

    permission_required = "interactions.view_interactiontemplate"
    template_name = "interactions/template_detail.html"
    # Not "template": the name of the page's own template in the context of class-based views.
    context_object_name = "interaction_template"

    def get_object(self, queryset: Any = None) -> InteractionTemplate:
        templates = InteractionTemplate.objects.with_names()
        return get_object_or_404(templates, code=self.kwargs["code"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = InteractionLogEntry.objects.of_template(self.object)
        if comes_later(self.request, entries):
            return super().get_context_data(later=True, **kwargs)
        shown = figures(entries)
        return super().get_context_data(totals=shown["results"], **shown, **kwargs)


class TemplateFieldsView(PermissionRequiredMixin, TemplateView):
    """Every field that a Word document may use."""

    permission_required = "interactions.view_interactiontemplate"
    template_name = "interactions/template_fields.html"
    extra_context = {"merge_fields": MERGE_FIELDS}


@permission_required("interactions.view_interactiontemplate", raise_exception=True)
def template_starter(_request: HttpRequest, language: str) -> FileResponse:
    """A first template in a language, to write on from."""
    if language not in FILE_NAMES:
        raise Http404
    return word_response(starter(language), FILE_NAMES[language])


class TemplateHistoryView(PermissionRequiredMixin, ListView[Change]):
    """Who changed what of a template and its documents, newest first."""

    permission_required = "interactions.view_interactiontemplate"
    template_name = "interactions/template_history.html"
    paginator_class = LatePaginator
    paginate_by = 50

    def get_queryset(self) -> Any:
        templates = InteractionTemplate.objects.with_names()
        self.template = get_object_or_404(templates, code=self.kwargs["code"])
        changes = Change.objects.of_objects(self.template, *self.template.documents.all())
        return changes.newest_first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs, interaction_template=self.template)
        return context | {"items": history(context["page_obj"])}


@permission_required("interactions.view_interactiontemplate", raise_exception=True)
def template_document(_request: HttpRequest, pk: int) -> FileResponse:
    documents = TemplateDocument.objects.select_related("template", "document")
    stored = get_object_or_404(documents, pk=pk)
    name = f"{stored.template.code} {stored.language_id}.docx"
    try:
        return word_response(stored.document.read(), name)
    except OSError as error:
        raise Refused(_("The Word document is missing from the storage.")) from error
