"""What pages of letters say in words."""

import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segments_app.paragraphs import paragraphs_of

register = template.Library()
register.simple_tag(paragraphs_of, name="paragraphs")

MINUTE = 60


@register.filter
def roughly(duration: datetime.timedelta) -> str:
    """Return a time that is left as a person would say it: "2 minutes"."""
    seconds = duration.total_seconds()
    if seconds < MINUTE:
        return _("less than a minute")
    minutes = round(seconds / MINUTE)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
