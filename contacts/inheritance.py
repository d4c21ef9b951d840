"""What persons take over from their company, as long as they have nothing of their own (R12, R13).

A person's value is the company's as long as it equals it. A postal address is compared and passed
on as a whole (R17). The country is part of it: someone with an address of their own keeps their
country. The company's name is always passed on (`ContactQuerySet.spread_names`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Change, Contact, ContactDefaults, User
from contacts.models.in_force import SAME_ADDRESS

Values = Mapping[str, Any]

# What is passed on of an address that is the same (R17).
ADDRESS = (*SAME_ADDRESS, "region")
# Fields that are passed on one by one, and the setting that allows it.
FIELDS = {
    "salesperson": "inherit_salesperson",
    "territory": "inherit_territory",
    "language": "inherit_language",
    **dict.fromkeys(
        ("phone", "mobile", "email", "home_page", "correspondence_type"), "inherit_communication"
    ),
}
HERITAGE = (*FIELDS, "country", *ADDRESS)
# Of these, what a contact is found by.
SEARCHED = ("city", "postal_code", "phone", "mobile", "email")
# So many companies are told apart in one statement.
AT_ONCE = 200


@dataclass(frozen=True)
class Inherited:
    """How many of the persons took over a field ("address" is the whole address)."""

    field: str
    changed: int
    persons: int

    @property
    def label(self) -> str:
        return str(capfirst(Contact._meta.get_field(self.field).verbose_name))  # type: ignore[union-attr]

    @property
    def sentence(self) -> str:
        """What happened, for people: "Address was changed for 14 of 20 persons. 6 keep theirs"."""
        own = self.persons - self.changed
        values = {"field": self.label, "changed": self.changed, "persons": self.persons, "own": own}
        return self._said(own) % values

    def _said(self, own: int) -> str:
        if not self.changed:
            return ngettext(
                "%(field)s stays as it is for the %(persons)s person, who has another one.",
                "%(field)s stays as it is for all %(persons)s persons, who have other ones.",
                self.persons,
            )
        if not own:
            return ngettext(
                "%(field)s was changed for the %(persons)s person too.",
                "%(field)s was changed for all %(persons)s persons too.",
                self.persons,
            )
        said = ngettext(
            "%(field)s was changed for %(changed)s of %(persons)s person.",
            "%(field)s was changed for %(changed)s of %(persons)s persons.",
            self.persons,
        )
        return f"{said} {ngettext('%(own)s keeps its own.', '%(own)s keep their own.', own)}"


def heritage(companies: Iterable[int]) -> dict[int, Values]:
    """Return what persons could take over from each of `companies` (keys), as it is stored now."""
    rows = Contact.objects.filter(pk__in=list(companies)).values("pk", *HERITAGE)
    return {row.pop("pk"): row for row in rows.order_by()}


def inherit(before: Mapping[int, Values], *, by: User | None) -> list[Inherited]:
    """Pass on what changed of companies to their persons who still have the old value (R13).

    `before` is what `heritage` returned before the companies were written; give it a chunk at a
    time, such as 1000 companies. Call it in the same transaction, after they were written and
    before persons are. A few statements for each 200 companies, whatever the number of persons.
    The changes are recorded as made by `by`. Returns, for each field that changed, how many
    persons of those companies took it over.
    """
    changed: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    defaults = ContactDefaults.ours()
    with transaction.atomic():
        for some in batched(before.items(), AT_ONCE):
            for result in _Companies(dict(some), defaults, by).pass_on():
                changed[result.field] += result.changed
                persons[result.field] += result.persons
    return [Inherited(field, changed[field], persons[field]) for field in persons]


def take_over(
    person: Contact,
    old: Contact | None,
    *,
    keep: Collection[str] = (),
    unset: Values | None = None,
    defaults: ContactDefaults | None = None,
) -> list[str]:
    """Give `person`, unsaved, what the company has that is new to it (R12).

    A field is taken over when it is empty or as in `old`, the company before; one in `keep` never
    (what somebody just typed). `unset` are values that count as empty too, such as the defaults of
    a form. `defaults` spares a query where many persons are written. Returns the names of the
    fields that changed; "address" stands for the whole address.
    """
    new = person.company
    if new is None or new == old:
        return []
    defaults = defaults or ContactDefaults.ours()
    names = {_attname(name): name for name in _allowed(defaults) if name not in keep}
    had_address = _has_own_address(person, old, unset or {}) or bool(set(ADDRESS) & set(keep))
    taken = [
        name
        for attname, name in names.items()
        if getattr(person, attname) != getattr(new, attname)
        and (name != "country" or not had_address)
        and _is_unset(person, old, attname, (unset or {}).get(name))
    ]
    for name in taken:
        setattr(person, _attname(name), getattr(new, _attname(name)))
    if defaults.inherit_address and not had_address and _address(person) != _address(new):
        for name in ADDRESS:
            setattr(person, name, getattr(new, name))
        taken.append("address")
    return taken


def passed_on(company: Contact) -> dict[str, Any]:
    """Return what a new person of `company` gets from it (R12): field -> value, nothing empty."""
    defaults = ContactDefaults.ours()
    names = [*_allowed(defaults), *(ADDRESS if defaults.inherit_address else ())]
    values = {name: getattr(company, _attname(name)) for name in names}
    return {name: value for name, value in values.items() if value}


def fields_as_text(fields: Iterable[str]) -> str:
    """Return the names of fields for people: "address, phone"."""
    return ", ".join(str(Contact._meta.get_field(name).verbose_name) for name in fields)  # type: ignore[union-attr]


def taken_over_sentence(person: Contact, fields: Iterable[str]) -> str:
    """Return what `take_over` did, for people."""
    values = {"company": person.company, "fields": fields_as_text(fields)}
    return _("Taken over from %(company)s: %(fields)s.") % values


class _Companies:
    """Some companies, what they were, and what their persons take over."""

    def __init__(
        self, before: dict[int, Values], defaults: ContactDefaults, by: User | None
    ) -> None:
        self.before, self.after = before, heritage(before)
        self.before = {pk: values for pk, values in before.items() if pk in self.after}
        self.defaults, self.by = defaults, by

    def pass_on(self) -> Iterable[Inherited]:
        # The country first: it asks whether the address is still the company's old one.
        if self.defaults.inherit_country and (moved := self._changed("country")):
            yield self._give("country", moved, self._equal("country", moved) & self._no_own(moved))
        if self.defaults.inherit_address and (moved := self._changed(*ADDRESS)):
            yield self._give("address", moved, self._same_address(moved), ADDRESS)
        for name, flag in FIELDS.items():
            if getattr(self.defaults, flag) and (moved := self._changed(name)):
                yield self._give(name, moved, self._equal(name, moved))
        self._renew_search_names()

    def _changed(self, *names: str) -> list[int]:
        """The companies of which any of the fields changed."""
        return [
            pk
            for pk, values in self.before.items()
            if any(values[name] != self.after[pk][name] for name in names)
        ]

    def _equal(self, name: str, companies: list[int]) -> Q:
        """The persons of `companies` whose value is what their company had."""
        nothing = [pk for pk in companies if self.before[pk][name] is None]
        whens = [
            When(company=pk, then=Value(self.before[pk][name]))
            for pk in companies
            if self.before[pk][name] is not None
        ]
        same = Q(company__in=nothing, **{f"{name}__isnull": True})
        return same | Q(**{name: Case(*whens)}) if whens else same

    def _same_address(self, companies: list[int]) -> Q:
        same = Q()
        for name in SAME_ADDRESS:
            same &= self._equal(name, companies)
        return same

    def _no_own(self, companies: list[int]) -> Q:
        """Persons without an address of their own."""
        none = Q(**dict.fromkeys(SAME_ADDRESS, ""))
        return none | self._same_address(companies) if self.defaults.inherit_address else none

    def _give(
        self, field: str, companies: list[int], condition: Q, fields: Collection[str] = ()
    ) -> Inherited:
        persons = Contact.objects.persons().filter(company__in=companies)
        news = {name: _of_company(name) for name in fields or (field,)}
        heirs = persons.filter(condition)
        Change.objects.record_values(
            heirs, {name: F(f"company__{name}") for name in news}, by=self.by
        )
        changed = heirs.update(**news, updated_at=timezone.now())
        return Inherited(field, changed, persons.count())

    def _renew_search_names(self) -> None:
        """The place and the numbers are among the words that a contact is found by."""
        if companies := self._changed(*SEARCHED):
            persons = Contact.objects.persons().filter(company__in=companies)
            persons.renew_search_names()


def _of_company(name: str) -> Subquery:
    company = Contact.objects.filter(pk=OuterRef("company_id"))
    return Subquery(company.order_by().values(name)[:1])


def _allowed(defaults: ContactDefaults) -> list[str]:
    """The single fields that persons take over, by our settings."""
    allowed = [name for name, flag in FIELDS.items() if getattr(defaults, flag)]
    return [*allowed, "country"] if defaults.inherit_country else allowed


def _attname(name: str) -> str:
    return Contact._meta.get_field(name).attname  # type: ignore[union-attr]


def _is_unset(person: Contact, old: Contact | None, attname: str, unset: Any) -> bool:
    value = getattr(person, attname)
    # Empty before and empty at the old company: nothing of one's own either way.
    return value in ("", None, unset) or (old is not None and value == getattr(old, attname))


def _has_own_address(person: Contact, old: Contact | None, unset: Values) -> bool:
    """Whether the person lives elsewhere than the company before."""
    address = _address(person)
    typed = any(
        value and value != unset.get(n) for n, value in zip(SAME_ADDRESS, address, strict=True)
    )
    return typed and (old is None or address != _address(old))


def _address(contact: Contact) -> tuple[str, ...]:
    return tuple(getattr(contact, name) for name in SAME_ADDRESS)
