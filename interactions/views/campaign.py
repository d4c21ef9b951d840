"""Campaigns: several segments and interactions with one purpose."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from interactions.forms import CampaignForm
from interactions.models import Campaign, InteractionLogEntry

from .listing import LateListView


class CampaignListView(PermissionRequiredMixin, LateListView):
    """All campaigns, the last one first."""

    permission_required = "interactions.view_campaign"
    template_name = "interactions/campaign_list.html"

    def get_queryset(self) -> Any:
        return self.search(Campaign.objects.select_related("salesperson"))


class CampaignDetailView(PermissionRequiredMixin, LateListView):
    """A campaign: what it came to, and its interactions, newest first."""

    permission_required = "interactions.view_campaign"
    template_name = "interactions/campaign_detail.html"

    def get_queryset(self) -> Any:
        self.campaign = _campaign(self.kwargs["number"])
        self.entries = InteractionLogEntry.objects.of_campaign(self.campaign)
        return self.entries.counting().newest_first().with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = self.entries.counting().totals()
        return super().get_context_data(campaign=self.campaign, totals=totals, **kwargs)


@permission_required("interactions.add_campaign", raise_exception=True)
def create_campaign(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if form.is_valid():
        campaign = form.save()
        messages.success(request, _("Campaign %(number)s created.") % {"number": campaign.number})
        return redirect(campaign)
    return render(request, "interactions/campaign_form.html", {"form": form})


@permission_required("interactions.change_campaign", raise_exception=True)
def update_campaign(request: HttpRequest, number: str) -> HttpResponse:
    campaign = _campaign(number)
    form = CampaignForm(request.POST or None, instance=campaign)
    if form.is_valid():
        form.save()
        messages.success(request, _("Campaign %(number)s saved.") % {"number": number})
        return redirect(campaign)
    # The form has put what was typed into its campaign; the page's title names what is stored.
    context = {"form": form, "campaign": _campaign(number)}
    return render(request, "interactions/campaign_form.html", context)


def _campaign(number: str) -> Campaign:
    return get_object_or_404(Campaign.objects.select_related("salesperson"), number=number)
