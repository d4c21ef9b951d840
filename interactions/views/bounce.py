"""E-mails that came back, and addresses that are out of use because of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interactions.delivery import bounces
from interactions.models import Bounce

from .listing import LateListView
from .user import user_of


class BounceListView(PermissionRequiredMixin, LateListView):
    """All bounces, the last one first; `?out_of_use=1` those whose address is not used."""

    permission_required = "interactions.view_bounce"
    template_name = "interactions/bounce_list.html"

    def get_queryset(self) -> Any:
        found = Bounce.objects.with_names().order_by("-pk")
        if self.request.GET.get("out_of_use"):
            found = found.out_of_use()
        return self.search(found)


@require_POST
@permission_required("interactions.change_bounce", raise_exception=True)
def use_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A person says that the address is right after all."""
    bounce = get_object_or_404(Bounce, pk=pk)
    bounces.use_again(bounce.address, by=user_of(request))
    messages.success(request, _("%(address)s is used again.") % {"address": bounce.address})
    return redirect("interactions:bounce_list")
