"""The list behind a number of a preview: page by page, each with why."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import UNSELECTABLE_LABELS
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest
from segments_app.difference import COME
from segments_app.models import Segment
from segments_app.selection import ADDED, GONE, PRESENT

ON_A_PAGE = 50
# What a list is called, by the status of those who stand in it.
HEADINGS = {
    ADDED: _("Will be added"),
    PRESENT: _("On the sheet already"),
    GONE: _("Will be taken out"),
    COME: _("Who comes"),
    **UNSELECTABLE_LABELS,
}


def page_of(request: SignedInRequest, contacts: Any) -> Page[Any]:
    """The page of the list that the address asks for."""
    return LatePaginator(contacts, ON_A_PAGE).get_page(request.GET.get("page"))


def show_touched(
    request: SignedInRequest,
    segment: Segment,
    page: Page[Any],
    sample: Sequence[Any],
    **context: Any,
) -> HttpResponse:
    """The list with the way `back` to the preview, which is called `title`."""
    context |= {
        "segment": segment,
        "page_obj": page,
        "sample": sample,
        "heading": HEADINGS.get(request.GET["show"], ""),
    }
    return render(request, "segments/touched.html", context)
