"""Money and time as people read them."""

from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def money(amount: Decimal | float | None) -> str:
    """Return the amount with the house's currency: "9,632.00 DKK"; nothing for None."""
    if amount is None:
        return ""
    return f"{number_format(amount, 2, use_l10n=True, force_grouping=True)} {settings.CURRENCY}"


@register.filter
def working_time(minutes: int | None) -> str:
    """Return minutes as "45 min", "40 h" or "1 h 20 min"; nothing for None."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    count = number_format(hours, 0, use_l10n=True, force_grouping=True)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": count}
    return _("%(hours)s h %(minutes)s min") % {"hours": count, "minutes": rest}


@register.filter
def rate(results: Any) -> str:
    """Return the response rate of results as "12.5%"; a dash when nobody was targeted."""
    percent = results.response_rate
    return "–" if percent is None else f"{number_format(percent, 1, use_l10n=True)}%"
