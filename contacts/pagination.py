"""Pages of long lists: a bounded count, and deep pages without reading what lies before them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.querysets import SetQuerySet


class LatePaginator(Paginator[Any]):
    """A paginator for any list of rows.

    It counts to `MOST` and then says "more than"; the rows of a page are looked up by their keys
    after the page is cut, so that page 10,000 is as cheap as its keys (late join). `known_count`
    is a count that the caller has already.
    """

    MOST = 10_000

    def __init__(self, *args: Any, known_count: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_count = known_count

    @cached_property
    def count(self) -> int:
        if self.known_count is not None:
            return self.known_count
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        if isinstance(rows, SetQuerySet):
            return rows.count_to(self.MOST)
        return int(rows.order_by().values("pk")[: self.MOST + 1].count())

    @property
    def is_capped(self) -> bool:
        return self.known_count is None and self.count > self.MOST

    @property
    def label(self) -> str | Promise:
        """The count in words: "1,204" or "more than 10,000"."""
        if self.is_capped:
            return _("more than %(count)s") % {"count": number_format(self.MOST, use_l10n=True)}
        return number_format(self.count, use_l10n=True, force_grouping=True)

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        return Page(self._rows(bottom), number, self)

    def _rows(self, bottom: int) -> Sequence[Any]:
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return list(rows[bottom : bottom + self.per_page])
        if isinstance(rows, SetQuerySet) and not self.is_capped:
            rows = rows.known_to_be_few()
        keys = list(rows.values_list("pk", flat=True)[bottom : bottom + self.per_page])
        if isinstance(rows, SetQuerySet):
            return list(rows.with_keys(keys))
        return list(rows.filter(pk__in=keys))
