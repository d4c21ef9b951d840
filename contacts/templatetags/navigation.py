"""The rail: which rooms a person may enter, and which one the page stands in."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class Room:
    """A link of the rail. `views` are the starts of the view names that the link stands for."""

    label: Any
    url_name: str
    icon: str
    permission: str = ""
    views: tuple[str, ...] = ()


ROOMS = (
    Room(_("Start"), "start", "house", views=("start",)),
    Room(
        _("Contacts"),
        "contacts:list",
        "people",
        "contacts.view_contact",
        (
            "contacts:",
            "interactions:for_contact",
            "interactions:contact_statistics",
            "interactions:campaigns_for_contact",
            "segments:for_contact",
        ),
    ),
    Room(
        _("Groups"),
        "contacts:group_list",
        "tags",
        "contacts.view_mailinggroup",
        ("contacts:group_", "contacts:profile_"),
    ),
    Room(
        _("Segments"),
        "segments:list",
        "collection",
        "segments.view_segment",
        ("segments:",),
    ),
    Room(
        _("Logged segments"),
        "interactions:logged_segment_list",
        "archive",
        "interactions.view_loggedsegment",
        (
            "interactions:logged_segment",
            "interactions:delivery",
            "segments:follow_up",
            "segments:reuse_as_new",
        ),
    ),
    Room(
        _("Interactions"),
        "interactions:list",
        "clock-history",
        "interactions.view_interactionlogentry",
        ("interactions:",),
    ),
    Room(
        _("Campaigns"),
        "interactions:campaign_list",
        "megaphone",
        "interactions.view_campaign",
        ("interactions:campaign",),
    ),
    Room(
        _("Saved criteria"),
        "segments:saved_criteria_list",
        "funnel",
        "segments.view_savedcriteria",
        ("segments:saved_criteria",),
    ),
    Room(
        _("Templates"),
        "interactions:template_list",
        "file-earmark-word",
        "interactions.view_interactiontemplate",
        ("interactions:template",),
    ),
)


@register.inclusion_tag("includes/nav.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The rail of the page, for the signed-in user."""
    user = context["user"]
    view_name = getattr(context["request"].resolver_match, "view_name", "")
    rooms = [room for room in ROOMS if not room.permission or user.has_perm(room.permission)]
    return {"rooms": rooms, "current": _room_of(view_name), "user": user}


def _room_of(view_name: str) -> Room | None:
    """The room whose view names fit best: the longest start wins."""
    fits = [
        (len(start), room) for room in ROOMS for start in room.views if view_name.startswith(start)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None
