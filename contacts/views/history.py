"""The change history of a contact."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.views.generic import ListView

from contacts.history import history
from contacts.models import Change, Contact
from contacts.pagination import LatePaginator


class ContactHistoryView(PermissionRequiredMixin, ListView[Change]):
    """Who changed what of a contact, its addresses and consents, newest first."""

    permission_required = "contacts.view_contact"
    template_name = "contacts/contact_history.html"
    paginator_class = LatePaginator
    paginate_by = 50

    def get_queryset(self) -> Any:
        contacts = Contact.objects.for_detail()
        self.contact = get_object_or_404(contacts, number=self.kwargs["number"])
        return Change.objects.about(self.contact).newest_first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs, contact=self.contact, tab="history")
        return context | {"items": history(context["page_obj"])}
