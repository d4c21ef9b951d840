"""The delivery of a logged segment, for any page that shows one."""

from typing import Any

from django import template

from interactions.delivery.progress import Progress
from interactions.letters import libreoffice
from interactions.models import LoggedSegment

register = template.Library()


@register.inclusion_tag("interactions/_delivery.html", takes_context=True)
def delivery(context: dict[str, Any], segment: LoggedSegment) -> dict[str, Any]:
    """Show how far the delivery of the logged segment is, with what can be done about it."""
    return {
        "progress": Progress(segment),
        "segment": segment,
        "perms": context["perms"],
        "csrf_token": context.get("csrf_token"),
        "on_tab": context.get("tab") == "delivery",
    }


@register.simple_tag
def no_pdf() -> str:
    """Why no PDF can be made here, or ""."""
    return libreoffice.problem()
