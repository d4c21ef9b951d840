"""Figures of long logs come after the page: adding up may take longer than one likes to wait."""

from typing import Any

from django.http import HttpRequest

# Up to so many interactions are added up with the page.
MOST = 10_000
# What the page is asked with by its own fragment, and by who follows the link there.
FIGURES = "figures"


def comes_later(request: HttpRequest, entries: Any) -> bool:
    """Whether the page shows a place for the figures of `entries`, which fetches them itself."""
    return FIGURES not in request.GET and is_long(entries.count_to(MOST))


def is_long(count: int) -> bool:
    """Whether so many interactions are too many to be added up with the page."""
    return count > MOST
