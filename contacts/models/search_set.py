"""Sets of contacts that are searched as one types."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self, cast

from django.core.cache import cache
from django.db.models import Case, Max, Q, Value, When
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from contacts.ordering import LAST
from contacts.querysets import SetQuerySet
from contacts.search import (
    ANY_WAY,
    CERTAIN,
    ROW_BY_ROW,
    SAMPLE,
    SAMPLE_SECONDS,
    Beginning,
    Found,
    Sample,
    Way,
)
from contacts.words import typed_words

if TYPE_CHECKING:
    from .contact import Contact
    from .contact_set import ContactQuerySet


class SearchQuerySet(SetQuerySet["Contact"]):
    """Search, with the way to find kept in the query: clones of this queryset find the same way."""

    def search(self, text: str) -> Self:
        """Contacts of whom each word of `text` begins a word of name, company, place, number,
        e-mail address or phone number. Everyone for no text, nobody for a text without words.
        """
        words = tuple(typed_words(text))
        if not words:
            return self.none() if text.strip() else self.all()
        contacts = self.filter(Found(words))
        contacts.query.searched = (*self.searched, *words)  # type: ignore[attr-defined]
        return contacts

    @property
    def searched(self) -> tuple[str, ...]:
        """The words that were searched for."""
        return getattr(self.query, "searched", ())

    @property
    def way(self) -> Way:
        """How contacts are found by those words."""
        return getattr(self.query, "way", ANY_WAY)

    def quickest(self) -> Self:
        """The same contacts, found the quickest way for a page of them: asks a sample first.

        For pages only. Take sets that are wanted whole (`insert_from`, subqueries) as they are.
        """
        return self.found_by(self._sample().way(self.searched)) if self.searched else self.all()

    def found_by(self, way: Way) -> Self:
        contacts = self.all()
        contacts.query.way = way  # type: ignore[attr-defined]
        return contacts

    def with_keys(self, keys: Collection[Any]) -> Self:
        return super(SearchQuerySet, self.found_by(ROW_BY_ROW)).with_keys(keys)

    def known_to_be_few(self) -> Self:
        """Gather and sort them: walking in order might pass everyone to meet them."""
        if not self.way.walks:
            return self.all()
        return self.found_by(self.way._replace(walks=False, at_once=True))

    def count_to(self, most: int) -> int:
        if not self.way.walks:
            return super().count_to(most)
        if self._is_certainly_more_than(most):
            return most + 1
        return super(SearchQuerySet, self.found_by(self.way._replace(walks=False))).count_to(most)

    def _is_certainly_more_than(self, most: int) -> bool:
        """Whether so many of the sample are found that there is no need to count.

        Three times too many, and at least `CERTAIN` of the sample: wrong once in a million times.
        """
        if self.way.share * SAMPLE < CERTAIN:
            return False
        keys = self.sample_keys()
        found = self.found_by(ROW_BY_ROW).order_by().filter(pk__in=keys).count()
        return found >= CERTAIN and found * keys.step > 3 * most

    def _sample(self) -> Sample:
        """Kept for a while, until there are twice as many contacts: it tells the way, not who."""
        keys = self.sample_keys()
        key = f"contacts.search.sample.{keys.stop.bit_length()}"
        sample = cache.get_or_set(key, lambda: self._sampled(keys), SAMPLE_SECONDS)
        return cast("Sample", sample)

    def _sampled(self, keys: range) -> Sample:
        everyone = self._everyone().filter(pk__in=keys)
        return Sample(list(everyone.values_list("search_name", flat=True)))

    def sample_keys(self) -> range:
        """Keys of every so many contacts, spread evenly, of which most are contacts.

        They stop after the last contact. Asked for once: clones of this queryset know them.
        """
        known: range | None = getattr(self.query, "sample_keys", None)
        if known is None:
            last = self._everyone().aggregate(last=Max("pk"))["last"] or 0
            step = max(1, last // SAMPLE)
            known = range(1 + step // 2, last + 1, step)
            self.query.sample_keys = known  # type: ignore[attr-defined]
        return known

    def _everyone(self) -> "ContactQuerySet":
        return self.model._default_manager.using(self.db).order_by()

    def suggestions(self, text: str, *, type_: str = "", most: int = 10) -> "list[Contact]":
        """The first contacts that `text` finds, of one type if `type_` is given.

        First those whose name begins with the first word, then the others, each by name.
        """
        contacts = self.filter(type=type_) if type_ else self
        contacts = contacts.search(text).quickest()
        if not contacts.searched:
            return []
        begins = _begins_with(contacts.searched[0])
        if not contacts.way.walks:
            # No index has this order, so PostgreSQL cannot be tempted to walk one.
            contacts = contacts.found_by(contacts.way._replace(at_once=False))
            rank = Case(When(begins, then=Value(0)), default=Value(1))
            # The keys first: thousands of whole rows take three times as long to sort.
            found_keys = contacts.order_by(rank, Beginning(), "pk").values_list("pk", flat=True)
            by_key = contacts.found_by(ROW_BY_ROW).in_bulk(keys := list(found_keys[:most]))
            return [by_key[key] for key in keys]
        contacts = contacts.order_by(Beginning(), "pk")
        found = list(contacts.filter(begins)[:most])
        more = most - len(found)
        return [*found, *contacts.exclude(begins)[:more]] if more else found


def _begins_with(word: str) -> Q:
    begin = f" {word}"[: Beginning.LENGTH]
    first, last = GreaterThanOrEqual(Beginning(), begin), LessThan(Beginning(), begin + LAST)
    return Q(first) & Q(last)
