"""Finding pairs of contacts that look like one: among all, or for one that is being typed."""

from collections.abc import Iterable, Iterator
from itertools import batched, combinations, groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Lower, Replace, Upper
from django.utils import timezone
from rapidfuzz import fuzz, process

from contacts.models import Contact, Duplicate

from .alike import SIMILAR, Likeness, likeness, name_key

Pair = tuple[int, int]

# Pairs less alike than this are not worth a look.
LEAST = 55
# An e-mail address or phone that more contacts have is a switchboard, and says nothing of them.
MOST_SHARING = 50
AT_ONCE = 500
# So many are shown to somebody who types a new contact.
SHOWN = 5


def find_duplicates() -> int:
    """Look at all contacts, keep the pairs that look like one, and return how many are open.

    Pairs that a person has dismissed stay dismissed. Memory is that of the largest postal code.
    """
    started = timezone.now()
    for pairs in batched(_candidates(), AT_ONCE):
        _keep(pairs, started)
    Duplicate.objects.open().found_before(started).delete()
    return Duplicate.objects.open().count()


def similar_to(contact: Contact) -> list[tuple[Contact, Likeness]]:
    """Return saved contacts that `contact`, saved or not, looks like; the most alike first."""
    others = {other.pk: other for asked in _asked(contact) for other in _found(asked)}
    others.pop(contact.pk, None)
    alike = [(other, found) for other in others.values() if (found := likeness(contact, other))]
    alike.sort(key=lambda pair: -pair[1].score)
    return [pair for pair in alike if pair[1].score >= LEAST][:SHOWN]


def _asked(contact: Contact) -> Iterator[str]:
    """What is searched to find those who may be the same as `contact`."""
    yield from filter(None, (contact.email, contact.email_2, contact.phone, contact.mobile))
    words = name_key(contact.name).split()
    if words and contact.postal_code:
        # A typed word finds what begins with it, so a slip further on does no harm.
        yield f"{words[0][:2]} {words[-1][:2]} {contact.postal_code}"


def _found(asked: str) -> Iterable[Contact]:
    return Contact.objects.suggestions(asked, most=2 * MOST_SHARING)


def _candidates() -> Iterator[Pair]:
    """Pairs that share something; the same pair may come several times."""
    email = [Lower("email"), Lower("email_2")]
    phone = [_digits("phone"), _digits("mobile")]
    for keys in (email, phone, [_vat()]):
        yield from _sharing(keys)
    yield from _sharing_a_place()


def _digits(field: str) -> Any:
    return Replace(Replace(F(field), Value(" ")), Value("-"))


def _vat() -> Any:
    return Upper(Replace(Replace(F("vat_number"), Value(" ")), Value(".")))


def _sharing(keys: list[Any]) -> Iterator[Pair]:
    """Pairs with an equal key, whichever of the keys it is."""
    rows = [_keyed(key) for key in keys]
    together = rows[0].union(*rows[1:], all=True).order_by("r_key") if rows[1:] else rows[0]
    for _key, group in groupby(together.iterator(chunk_size=2000), itemgetter(0)):
        members = sorted({pk for _same, pk in group})
        if len(members) <= MOST_SHARING:
            yield from combinations(members, 2)


def _keyed(key: Any) -> Any:
    keyed = Contact.objects.order_by().annotate(r_key=key).exclude(r_key="")
    return keyed.values_list("r_key", "pk").order_by("r_key")


def _sharing_a_place() -> Iterator[Pair]:
    """Pairs of similar names in one postal code."""
    contacts = Contact.objects.exclude(postal_code="").only("name", "postal_code", "type")
    rows = contacts.order_by("postal_code").iterator(chunk_size=2000)
    for _place, group in groupby(rows, attrgetter("postal_code")):
        yield from _similar(list(group))


def _similar(contacts: list[Contact]) -> Iterator[Pair]:
    """Pairs of similar names, looked for among those that begin or end alike."""
    blocks: dict[tuple[str, int, str], dict[int, str]] = {}
    for contact in contacts:
        name = name_key(contact.name)
        for part in (0, -1) if name else ():
            block = (contact.type, part, name.split()[part][:2])
            blocks.setdefault(block, {})[contact.pk] = " ".join(sorted(name.split()))
    return (pair for block in blocks.values() for pair in _similar_names(block))


def _similar_names(names: dict[int, str]) -> Iterator[Pair]:
    rest = dict(names)
    for key, name in names.items():
        del rest[key]
        found = process.extract(name, rest, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None)
        yield from ((min(key, other), max(key, other)) for _name, _score, other in found)


def _keep(pairs: Iterable[Pair], moment: Any) -> None:
    contacts = Contact.objects.in_bulk({key for pair in pairs for key in pair})
    found = {}
    for first, second in {pair for pair in pairs if contacts.keys() >= set(pair)}:
        alike = likeness(contacts[first], contacts[second])
        if alike and alike.score >= LEAST:
            found[first, second] = alike
    Duplicate.objects.bulk_create(
        [
            Duplicate(
                first_id=first,
                second_id=second,
                score=alike.score,
                reasons=list(alike.reasons),
                found_at=moment,
            )
            for (first, second), alike in found.items()
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "reasons", "found_at"],
    )
