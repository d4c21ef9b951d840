"""What an action would do, before anything happens (D2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from contacts.countries import country_name
from contacts.models import Channel, Contact
from contacts.models.contact import ContactQuerySet
from contacts.models.reachable import forbidden, without_address
from segments_app.criteria import Criteria
from segments_app.findings import reasons
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet
from segments_app.selection import (
    ADDED,
    AddOptions,
    Preview,
    RemoveOptions,
    candidates,
    first_to_add,
    to_reduce,
    to_refine,
    with_status,
    with_the_status,
)

SAMPLE = 6
# From so many contacts on the first are found by walking through all in their order.
MANY = 1000
COUNTRIES = 5


@dataclass(frozen=True)
class Sampled:
    """A contact that the action touches, and why, in words."""

    contact: Contact
    why: list[str] = field(default_factory=list)


@dataclass
class ActionPreview:
    """How many contacts the action touches, by reason, how they can be reached, and the first.

    `countries` are names with counts, the most frequent first, the others together under "".
    """

    action: str
    count: int = 0
    by_reason: Preview = field(default_factory=Preview)
    with_address: int = 0
    with_email: int = 0
    countries: list[tuple[str, int]] = field(default_factory=list)
    sample: list[Sampled] = field(default_factory=list)


def preview_of(
    action: str,
    contacts: ContactQuerySet,
    segment: Segment,
    options: AddOptions | RemoveOptions,
    criteria: Criteria | None = None,
) -> ActionPreview:
    """Return what `action` ("add", "reduce", "refine") would do with `contacts`.

    Reads the same querysets as the operation, so the count shown is the count done. With the
    `criteria` that found the contacts, the sample says why each is among them.
    """
    if isinstance(options, AddOptions):
        preview = preview_adding(action, contacts, segment, options)
    else:
        lines = (to_reduce if action == "reduce" else to_refine)(contacts, segment, options)
        preview = preview_removing(action, lines)
    if criteria:
        preview.sample = explained(preview.sample, criteria, options)
    return preview


def touched(
    action: str,
    contacts: ContactQuerySet,
    segment: Segment,
    options: AddOptions | RemoveOptions,
    status: str,
) -> ContactQuerySet:
    """Return the contacts that come or go, or are skipped with one `status`, by company."""
    if isinstance(options, AddOptions):
        return with_the_status(status, contacts, segment, options)
    return contacts_of((to_reduce if action == "reduce" else to_refine)(contacts, segment, options))


def contacts_of(lines: SegmentLineQuerySet) -> ContactQuerySet:
    """Return the contacts of `lines`, by company."""
    contacts = Contact.objects.filter(pk__in=lines.order_by().values("contact"))
    return contacts.in_company_order()


def preview_adding(
    action: str, contacts: ContactQuerySet, segment: Segment, options: AddOptions
) -> ActionPreview:
    """Return who would be added of `contacts`, and who not and why. Two queries."""
    found: Any = with_status(candidates(contacts, options), segment, options)
    rows = list(_counted(found.order_by().values("r_status", "country"), ""))
    by_status: Counter[str] = Counter()
    for row in rows:
        by_status[row["r_status"]] += row["n_contacts"]
    preview = _summed(action, [row for row in rows if row["r_status"] == ADDED], "")
    preview.by_reason = Preview(dict(by_status))
    if preview.count:
        first = first_to_add(
            contacts, segment, options, SAMPLE, many=preview.by_reason.matched > MANY
        )
        preview.sample = [Sampled(contact) for contact in first]
    return preview


def preview_removing(
    action: str, lines: SegmentLineQuerySet, first: SegmentLineQuerySet | None = None
) -> ActionPreview:
    """Return what taking `lines` out would do. Two queries; `first` are the first few, if known."""
    by_country: Any = lines.order_by().values("contact__country")
    preview = _summed(action, _counted(by_country, "contact__"), "contact__")
    if preview.count:
        few = (lines if first is None else first).select_related("contact")[:SAMPLE]
        preview.sample = [Sampled(line.contact) for line in few]
    return preview


def explained(
    sample: Sequence[Sampled], criteria: Criteria, options: AddOptions | RemoveOptions
) -> list[Sampled]:
    """Return the sample with why each contact is among those found, or not among them."""
    contacts = [sampled.contact for sampled in sample]
    why = reasons(criteria.selection, contacts, colleagues=bool(options.chosen()))
    return [Sampled(contact, why[contact.pk].words) for contact in contacts]


def _counted(rows: Any, prefix: str) -> Any:
    """Count, in one query, how many there are and how many can be reached."""
    path = prefix.removesuffix("__") or "pk"
    return rows.annotate(
        n_contacts=Count("pk"),
        n_address=Count("pk", filter=_reachable(Channel.LETTER, prefix, path)),
        n_email=Count("pk", filter=_reachable(Channel.EMAIL, prefix, path)),
    )


def _reachable(channel: str, prefix: str, path: str) -> Q:
    return ~(without_address(channel, prefix) | forbidden(channel, path))


def _summed(action: str, rows: Iterable[dict[str, Any]], prefix: str) -> ActionPreview:
    preview, countries = ActionPreview(action), Counter[str]()
    for row in rows:
        preview.count += row["n_contacts"]
        preview.with_address += row["n_address"]
        preview.with_email += row["n_email"]
        countries[row[f"{prefix}country"]] += row["n_contacts"]
    preview.countries = _most(countries)
    return preview


def _most(countries: Counter[str]) -> list[tuple[str, int]]:
    code_counts = [(code, count) for code, count in countries.most_common() if code]
    named = [(country_name(code), count) for code, count in code_counts[:COUNTRIES]]
    others = countries.total() - sum(count for _name, count in named)
    return [*named, ("", others)] if others else named
