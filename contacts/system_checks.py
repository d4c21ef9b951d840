"""What is checked when the program starts, beside what Django checks itself."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from contacts.models import Channel


@register
def consent_channels(**kwargs: Any) -> list[Error]:
    """`CONSENT_REQUIRED` names channels that there are: a slip would write to those who said no."""
    unknown = sorted(set(settings.CONSENT_REQUIRED) - set(Channel.values))
    if not unknown:
        return []
    known = ", ".join(Channel.values)
    message = f"CONSENT_REQUIRED names what is no channel: {', '.join(unknown)}."
    return [Error(message, hint=f"Channels are {known}.", id="contacts.E001")]
