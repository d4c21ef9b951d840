"""Which contacts an action would touch: the preview and the act read the same queryset (D2)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from contacts.models import Contact
from contacts.models.contact import UNSELECTABLE, ContactQuerySet, unselectable
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet

ADDED = "added"
PRESENT = "present"
GONE = "gone"
# Every status a candidate can have, in the order in which people read them.
STATUSES = (ADDED, PRESENT, *reversed(UNSELECTABLE))
# So many contacts are looked at for the first of those that they bring along.
FIRST = 100


@dataclass(frozen=True)
class Options:
    """How an action is done. All off unless asked for."""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """From a form, or from what a step or saved criteria have stored."""
        return cls(**{field.name: True for field in fields(cls) if options.get(field.name)})

    @classmethod
    def names(cls) -> frozenset[str]:
        return frozenset(field.name for field in fields(cls))

    def chosen(self) -> dict[str, bool]:
        """The options that are on, for storing."""
        return {name: True for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class AddOptions(Options):
    """How contacts are added (R31)."""

    allow_existing: bool = False
    expand_companies: bool = False
    related_companies: bool = False
    ignore_exclusion: bool = False

    @property
    def widens(self) -> bool:
        """Whether contacts bring others along."""
        return self.expand_companies or self.related_companies


@dataclass(frozen=True)
class RemoveOptions(Options):
    """How contacts are reduced or refined (R41)."""

    entire_companies: bool = False


@dataclass
class Preview:
    """What would happen: how many come or go, and how many do not, by reason."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def matched(self) -> int:
        return sum(self.counts.values())

    @property
    def added(self) -> int:
        return self.counts.get(ADDED, 0)

    @property
    def skipped(self) -> dict[str, int]:
        return {reason: count for reason, count in self.counts.items() if reason != ADDED}


def candidates(contacts: ContactQuerySet, options: AddOptions) -> ContactQuerySet:
    """The contacts that `options` make of `contacts` (R33, R34)."""
    if options.expand_companies:
        contacts = Contact.objects.colleagues_of(contacts)
    if options.related_companies:
        contacts = Contact.objects.with_their_companies(contacts)
    return contacts


def present_in(segment: Segment, contact: str = "pk") -> Exists:
    """The condition that a contact stands on the sheet. `contact` is the path to its key."""
    return Exists(segment.sheet().order_by().filter(contact=OuterRef(contact)))


def with_status(
    contacts: ContactQuerySet, segment: Segment, options: AddOptions
) -> ContactQuerySet:
    """Annotate `r_status`: "added", or the one reason why the contact is skipped (D1)."""
    reasons = unselectable(ignore_exclusion=options.ignore_exclusion)
    whens = [When(condition, then=Value(reason)) for reason, condition in reasons]
    # Before the first step nobody is there, and need not be looked for.
    if not options.allow_existing and segment.current_step:
        whens.insert(0, When(present_in(segment), then=Value(PRESENT)))
    status = Case(*whens, default=Value(ADDED), output_field=models.CharField())
    annotated: ContactQuerySet = contacts.annotate(r_status=status)
    return annotated


def to_add(contacts: ContactQuerySet, segment: Segment, options: AddOptions) -> ContactQuerySet:
    """The contacts that adding would put on the sheet, in the order of their lines (R37)."""
    found = candidates(contacts, options).selectable(ignore_exclusion=options.ignore_exclusion)
    if not options.allow_existing and segment.current_step:
        found = found.filter(~present_in(segment))
    return _by_company(found, options)


def first_to_add(
    contacts: ContactQuerySet, segment: Segment, options: AddOptions, count: int, *, many: bool
) -> list[Contact]:
    """Return the first `count` of `to_add`. `many`: there are so many that walking finds them."""
    if options.widens:
        keys = list(_first(contacts, FIRST, many).values_list("pk", flat=True))
        # Companies and colleagues stand in the order beside the contacts that bring them along.
        few = to_add(Contact.objects.filter(pk__in=keys), segment, options)[:count]
        if len(few) == count or len(keys) < FIRST:
            return list(few)
    return list(_first(to_add(contacts, segment, options), count, many))


def _first(contacts: ContactQuerySet, count: int, many: bool) -> ContactQuerySet:
    """The first by company: found on a walk through all in that order, or among all of these."""
    ordered = contacts.in_company_order() if many else contacts.sorted_by_company()
    return ordered[:count]


def with_the_status(
    status: str, contacts: ContactQuerySet, segment: Segment, options: AddOptions
) -> ContactQuerySet:
    """The candidates with one status, such as those skipped because they are excluded."""
    found = with_status(candidates(contacts, options), segment, options)
    return _by_company(found.filter(Q(r_status=status)), options)


def _by_company(found: ContactQuerySet, options: AddOptions) -> ContactQuerySet:
    """In the order of the lines, found as the first of them are found best."""
    if options.widens:
        return found.sorted_by_company()
    return found.in_company_order()


def to_reduce(
    contacts: ContactQuerySet, segment: Segment, options: RemoveOptions
) -> SegmentLineQuerySet:
    """The lines that reducing would take out: those whose contact matches (R39-R42)."""
    if options.entire_companies:
        contacts = Contact.objects.colleagues_of(contacts)
    return segment.sheet().filter(contact__in=contacts.order_by().values("pk"))


def to_refine(
    contacts: ContactQuerySet, segment: Segment, options: RemoveOptions
) -> SegmentLineQuerySet:
    """The lines that refining would take out: those whose contact does not match (R39-R42)."""
    contacts = contacts.order_by()
    lines = segment.sheet().filter(~Exists(contacts.filter(pk=OuterRef("contact"))))
    if options.entire_companies:
        lines = lines.filter(~Exists(contacts.filter(company=OuterRef("contact__company"))))
    return lines
