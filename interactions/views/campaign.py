"""Campaigns: several segments and interactions with one purpose."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from interactions import operations
from interactions.forms import CampaignForm
from interactions.models import Campaign, CampaignEntry, InteractionLogEntry
from interactions.results import results_by

from .later import FIGURES, comes_later, is_long
from .listing import LateListView
from .statistics import figures, shown_by
from .user import user_of


class CampaignListView(PermissionRequiredMixin, LateListView):
    """All campaigns, the last one first."""

    permission_required = "interactions.view_campaign"
    template_name = "interactions/campaign_list.html"

    def get_queryset(self) -> Any:
        return self.search(Campaign.objects.select_related("salesperson"))


class CampaignDetailView(PermissionRequiredMixin, LateListView):
    """A campaign: its interactions, newest first."""

    permission_required = "interactions.view_campaign"
    template_name = "interactions/campaign_detail.html"

    def get_queryset(self) -> Any:
        self.campaign = _campaign(self.kwargs["number"])
        self.entries = InteractionLogEntry.objects.of_campaign(self.campaign).counting()
        return self.entries.newest_first().with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = campaign_facts(self.campaign, "entries")
        context = super().get_context_data(**facts, **kwargs)
        if FIGURES not in self.request.GET and is_long(context["paginator"].count):
            return context | {"later": True}
        return context | {"totals": self.entries.totals()}


@permission_required("interactions.view_campaign", raise_exception=True)
def campaign_statistics(request: HttpRequest, number: str) -> HttpResponse:
    """What a campaign came to: figures, charts, and by whom and what."""
    campaign = _campaign(number)
    entries = InteractionLogEntry.objects.of_campaign(campaign)
    context = campaign_facts(campaign, "statistics")
    if comes_later(request, entries):
        context["later"] = True
    else:
        tables = [shown_by(entries, by) for by in ("logged_segment", "template", "salesperson")]
        context |= {"shown_by": tables, **figures(entries)}
    return render(request, "interactions/campaign_statistics.html", context)


@permission_required("interactions.view_campaign", raise_exception=True)
def campaign_segments(request: HttpRequest, number: str) -> HttpResponse:
    """The logged segments of a campaign, each of which can be canceled there (R226)."""
    campaign = _campaign(number)
    entries = InteractionLogEntry.objects.of_campaign(campaign)
    later = comes_later(request, entries)
    found = [] if later else results_by(entries, "logged_segment")
    results = {row.key: row.results for row in found}
    listed = CampaignEntry.objects.of_campaign(campaign).with_segments()
    rows = [(entry, results.get(entry.logged_segment_id)) for entry in listed]
    context = campaign_facts(campaign, "segments") | {"rows": rows, "later": later}
    return render(request, "interactions/campaign_segments.html", context)


@require_POST
@permission_required("interactions.cancel_campaignentry", raise_exception=True)
def cancel_campaign_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel what a logged segment did for a campaign, or un-cancel it."""
    entry = get_object_or_404(CampaignEntry.objects.with_segments(), pk=pk)
    if "uncancel" in request.POST:
        operations.uncancel_campaign_entry(entry, by=user_of(request))
        messages.success(request, _("The campaign entry counts again, as before."))
    else:
        operations.cancel_campaign_entry(entry, by=user_of(request))
        said = _("The campaign entry is canceled. Its interactions no longer count.")
        messages.success(request, said)
    return redirect("interactions:campaign_segments", entry.campaign.number)


@require_POST
@permission_required("interactions.delete_campaignentry", raise_exception=True)
def delete_campaign_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a canceled campaign entry; its interactions stay, canceled themselves (D19)."""
    entry = get_object_or_404(CampaignEntry.objects.with_segments(), pk=pk)
    number = entry.campaign.number
    count = operations.delete_campaign_entry(entry, by=user_of(request))
    said = ngettext(
        "Deleted. %(count)s interaction stays in the log, canceled.",
        "Deleted. %(count)s interactions stay in the log, canceled.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("interactions:campaign_segments", number)


def campaign_facts(campaign: Campaign, tab: str) -> dict[str, Any]:
    """What every page of a campaign shows."""
    return {"campaign": campaign, "tab": tab}


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
    """The campaign of that number, which knows whether it `has_interactions`, or `Http404`."""
    counting = InteractionLogEntry.objects.of_campaign(OuterRef("pk")).counting()
    campaigns = Campaign.objects.select_related("salesperson")
    return get_object_or_404(campaigns.annotate(has_interactions=Exists(counting)), number=number)
