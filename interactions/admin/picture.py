"""A kept picture, as a page of the admin shows it."""

import base64

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from interactions.letters.picture import Picture
from interactions.models import Document


def shown(document: Document | None) -> str | Promise:
    """Return the picture for a page, or what stands in its place."""
    if document is None:
        return "-"
    try:
        data = document.read()
    except OSError:
        return _("The picture is missing from the storage.")
    source = f"data:image/{Picture(data).ending};base64,{base64.b64encode(data).decode()}"
    return format_html('<img src="{}" alt="{}" height="60">', source, document.name)
