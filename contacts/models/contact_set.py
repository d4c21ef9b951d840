"""Sets of contacts: what they can be narrowed to, and what a whole set can have done to it."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Lower, Upper

from contacts.ordering import LAST, AsFound, ByteOrder

from .consent import Channel
from .reachable import NO_ADDRESS, reachable
from .search_set import SearchQuerySet
from .selectable import unselectable

if TYPE_CHECKING:
    from .contact import Contact

# By the key: "company" would join the company for its own order, and use no index.
COMPANY_ORDER = ("company_name", "company_id", "type", "name", "id")


class ContactQuerySet(SearchQuerySet):
    # So many contacts are held in memory where Python must see them.
    AT_ONCE = 1000

    def selectable(self, *, ignore_exclusion: bool = False) -> Self:
        """Contacts who may be put into a segment (D1)."""
        contacts = self
        for _reason, condition in unselectable(ignore_exclusion=ignore_exclusion):
            contacts = contacts.exclude(condition)
        return contacts

    def reachable_by(self, channel: str) -> Self:
        """Contacts who have an address for `channel` and allow it. Says nothing of `selectable`."""
        return self.filter(reachable(channel))

    def with_reason(self, *, ignore_exclusion: bool = False) -> Self:
        """Annotate `r_reason`: why the contact may not be selected, "" if it may."""
        reasons = unselectable(ignore_exclusion=ignore_exclusion)
        whens = [When(condition, then=Value(reason)) for reason, condition in reasons]
        return self.annotate(
            r_reason=Case(*whens, default=Value(""), output_field=models.CharField())
        )

    def for_list(self) -> Self:
        """With everything that a list of contacts shows, in few queries."""
        return self.select_related("salesperson").prefetch_related("mailing_groups")

    def for_detail(self) -> Self:
        """With everything that the page of a contact shows."""
        return self.select_related(
            "company",
            "salesperson",
            "language",
            "salutation",
            "territory",
            "organizational_level",
        )

    def locked(self) -> Self:
        """Contacts that nobody else can change until the transaction ends."""
        return self.select_for_update(of=("self",))

    def in_city(self, name: str) -> Self:
        """Contacts whose city begins with `name`, in any case."""
        # SQLite knows the case of ASCII only, so "århus" needs "Århus" beside it.
        begins = Q()
        for spelling in {name, name.lower(), name.upper(), name.title(), name.capitalize()}:
            begins |= Q(city__istartswith=spelling)
        return self.filter(begins)

    def from_postal_code(self, code: str) -> Self:
        return self._with_postal_code().filter(r_postal_code__gte=code.upper())

    def to_postal_code(self, code: str) -> Self:
        """Up to `code` and whatever begins with it, as text: up to "8" is up to "8999"."""
        contacts = self._with_postal_code().filter(r_postal_code__gt="")
        return contacts.filter(r_postal_code__lte=code.upper() + LAST)

    def _with_postal_code(self) -> Self:
        return self.alias(r_postal_code=ByteOrder(Upper("postal_code")))

    def having_address(self, has: bool = True) -> Self:
        """Contacts that a letter can be posted to: a street and a city. Or those it cannot."""
        missing = NO_ADDRESS[Channel.LETTER]
        return self.exclude(missing) if has else self.filter(missing)

    def having_email(self, has: bool = True) -> Self:
        missing = NO_ADDRESS[Channel.EMAIL]
        return self.exclude(missing) if has else self.filter(missing)

    def excluded(self, yes: bool = True) -> Self:
        return self.filter(excluded=yes)

    def by_status(self, may_be_selected: bool) -> Self:
        """Contacts who may be selected, or those who may not, for whatever reason (D1)."""
        reasons = reduce(or_, (condition for _reason, condition in unselectable()))
        return self.exclude(reasons) if may_be_selected else self.filter(reasons)

    def known_by(self, field: str, values: Iterable[str]) -> Self:
        """Contacts by number, external id or e-mail addresses (given in lower case)."""
        if not field.startswith("email"):
            return self.filter(**{f"{field}__in": list(values)})
        return self.alias(r_email=Lower(field)).filter(r_email__in=list(values))

    def known_as(self, texts: Iterable[str]) -> Self:
        """Contacts whose number or exact name is among `texts`."""
        texts = list(texts)
        return self.filter(Q(number__in=texts) | Q(name__in=texts))

    def become_of(self, number: str) -> Self:
        """The contact that the one with this number was merged into."""
        return self.filter(merged__number=number)

    def persons(self) -> Self:
        return self.filter(type="person")

    def companies(self) -> Self:
        return self.filter(type="company")

    def colleagues_of(self, contacts: models.QuerySet["Contact"]) -> Self:
        """Everyone of the companies of `contacts`, and `contacts` themselves (R33)."""
        # One IN over one key: PostgreSQL joins that, where it would walk through two INs for each
        # row. Who has no company is one by itself.
        key = Coalesce("company", -models.F("pk"), output_field=models.BigIntegerField())
        theirs = contacts.order_by().annotate(r_key=key).values("r_key")
        return self.alias(r_key=key).filter(r_key__in=theirs)

    def with_their_companies(self, contacts: models.QuerySet["Contact"]) -> Self:
        """`contacts` and the company of each person among them (R34)."""
        companies = contacts.order_by().exclude(company=None).values("company")
        # As one IN, too, and each once: of keys that may come twice PostgreSQL believes that there
        # are two hundred, and looks each up.
        return self.filter(pk__in=contacts.order_by().values("pk").union(companies))

    def put(self, contacts: list["Contact"], fields: Iterable[str]) -> None:
        """Write `fields` of many contacts that exist, with one statement."""
        self.bulk_create(
            contacts, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
        )

    def spread_names(self, companies: Iterable[int]) -> None:
        """Give the persons of `companies` (keys) the names that these have now."""
        people = (
            self.persons()
            .filter(company__in=list(companies))
            .exclude(company_name=models.F("company__name"))
            .select_related("company")
        )
        while some := list(people[: self.AT_ONCE]):
            for person in some:
                person.derive_names()
            self.put(some, ["company_name", "search_name"])

    def renew_search_names(self) -> None:
        """Derive the words that these contacts are found by again, in constant memory."""
        contacts, last = self.select_related("company").order_by("pk"), 0
        while some := list(contacts.filter(pk__gt=last)[: self.AT_ONCE]):
            for contact in some:
                contact.derive_names()
            self.model.objects.put(some, ["search_name"])
            last = some[-1].pk

    def in_company_order(self) -> Self:
        """Companies by name, each followed by its persons (R37)."""
        return self.order_by(*COMPANY_ORDER)

    def sorted_by_company(self) -> Self:
        """`in_company_order()`, for sets that are wanted whole, or hard to find."""
        return self.order_by(AsFound(COMPANY_ORDER[0]), *COMPANY_ORDER[1:])
