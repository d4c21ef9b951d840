"""What a page shows goes with every action on it, so that nothing is done over others' heads."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from segments_app.models import Segment

register = template.Library()


@register.simple_tag
def seen(segment: Segment) -> SafeString:
    """The hidden field of a form that acts on `segment`: the version that this page shows."""
    return format_html('<input type="hidden" name="seen" value="{}">', segment.version)
