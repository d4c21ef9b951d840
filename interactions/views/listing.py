"""What the pages with long lists have in common."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.views.generic import ListView

from contacts.pagination import LatePaginator


class LateListView(ListView[Any]):
    """A list in pages; `?q=` searches when the queryset can."""

    paginator_class = LatePaginator
    paginate_by = 50

    def known_count(self) -> int | None:
        """A count that is stored already, so that the page need not count."""
        return None

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator[Any]:
        return LatePaginator(*args, known_count=self.known_count(), **kwargs)

    def search(self, queryset: QuerySet[Any]) -> Any:
        """Narrow to what the search field asks for."""
        text = self.request.GET.get("q", "").strip()
        found: Any = queryset
        return found.search(text) if text else queryset
