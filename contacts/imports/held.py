"""What other tables than the contact's hold of contacts: groups, profile answers, consents."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from auditlog.context import disable_auditlog

from contacts.models import (
    Change,
    Consent,
    Contact,
    ContactBusinessRelation,
    ContactIndustryGroup,
    ContactJobResponsibility,
    ContactMailingGroup,
    ContactProfileAnswer,
)

from .resource import CHANNELS

Held = dict[str, Any]
# Yes, no or nothing, since when, and how we know.
Said = tuple[Any, Any, str]
# Column -> the table that says who belongs to what, and its key of what.
MEMBERSHIPS: dict[str, tuple[Any, str]] = {
    "mailing_groups": (ContactMailingGroup, "group_id"),
    "industry_groups": (ContactIndustryGroup, "group_id"),
    "job_responsibilities": (ContactJobResponsibility, "group_id"),
    "business_relations": (ContactBusinessRelation, "group_id"),
    "profile_answers": (ContactProfileAnswer, "answer_id"),
}
AT_ONCE = 200


def nothing_held() -> Held:
    """What is held of a contact that is in no group and said nothing."""
    held: Held = dict.fromkeys(MEMBERSHIPS, frozenset())
    for name in CHANNELS:
        held |= {name: None, f"{name}_date": None, f"{name}_source": ""}
    return held


def load_held(contacts: Collection[int], names: Collection[str]) -> dict[int, Held]:
    """Return what is held of `contacts` (keys), by column; one query for each kind of `names`."""
    held = {key: nothing_held() for key in contacts}
    for name, (model, key) in MEMBERSHIPS.items():
        if name in names:
            _load(held, name, model, key)
    if any(name.startswith("consent_") for name in names):
        _load_consents(held)
    return held


def _load(held: dict[int, Held], name: str, model: Any, key: str) -> None:
    rows = model._default_manager.filter(contact__in=list(held)).order_by()
    for contact, value in rows.values_list("contact_id", key):
        held[contact][name] |= {value}


def _load_consents(held: dict[int, Held]) -> None:
    said = Consent.objects.filter(contact__in=list(held)).order_by()
    for contact, channel, *values in said.values_list(
        "contact_id", "channel", "given", "date", "source"
    ):
        names = (f"consent_{channel}", f"consent_{channel}_date", f"consent_{channel}_source")
        held[contact] |= dict(zip(names, values, strict=True))


def hold(changes: Iterable[tuple[Contact, Held, Held]], by: Any) -> None:
    """Write what is held of contacts: (contact, what was held, what shall be); recorded as `by`."""
    changes = list(changes)
    for name, (model, key) in MEMBERSHIPS.items():
        moved = [
            (contact.pk, old[name], new[name])
            for contact, old, new in changes
            if old[name] != new[name]
        ]
        _leave(model, [(value, pk) for pk, old, new in moved for value in sorted(old - new)])
        model._default_manager.bulk_create(
            model(**{key: value, "contact_id": pk})
            for pk, old, new in moved
            for value in sorted(new - old)
        )
    Change.objects.record_each(_moves(changes), by=by)
    for name, channel in CHANNELS.items():
        said = [(contact.pk, _said(old, name), _said(new, name)) for contact, old, new in changes]
        _consent(channel, [(pk, old, new) for pk, old, new in said if old != new], by)


def _leave(model: Any, keys: list[tuple[Any, int]]) -> None:
    for some in batched(keys, AT_ONCE):
        model._default_manager.filter(pk__in=some).delete()


def _moves(changes: list[tuple[Contact, Held, Held]]) -> Iterator[tuple[Contact, dict[str, Any]]]:
    """What each contact joined and left, in words as the change history has them."""
    words = {name: _words(name, key, changes) for name, (_model, key) in MEMBERSHIPS.items()}
    for contact, old, new in changes:
        moved = {
            name: [
                _text(words[name], old[name] - new[name]),
                _text(words[name], new[name] - old[name]),
            ]
            for name in MEMBERSHIPS
            if old[name] != new[name]
        }
        if moved:
            yield contact, moved


def _words(name: str, key: str, changes: list[tuple[Contact, Held, Held]]) -> dict[Any, str]:
    keys = {value for _contact, old, new in changes for value in old[name] ^ new[name]}
    model = MEMBERSHIPS[name][0]._meta.get_field(key).related_model
    found = model._default_manager.in_bulk(keys) if keys else {}
    return {key: str(record) for key, record in found.items()}


def _text(words: Mapping[Any, str], keys: Iterable[Any]) -> str:
    return ", ".join(sorted(words[key] for key in keys))


def _said(held: Held, name: str) -> Said:
    return held[name], held[f"{name}_date"], held[f"{name}_source"]


def _consent(channel: str, changes: list[tuple[int, Said, Said]], by: Any) -> None:
    """Write what contacts, by key, said about a channel: (contact, before, now)."""
    before = Consent.objects.of_channel(channel).filter(contact__in=[pk for pk, *_said in changes])
    held = {consent.contact_id: consent for consent in before}
    said = {
        pk: Consent(
            contact_id=pk, channel=channel, given=given, date=date, source=source, recorded_by=by
        )
        for pk, _old, (given, date, source) in changes
        if given is not None
    }
    with disable_auditlog():
        before.exclude(contact__in=said).delete()
    Consent.objects.bulk_create(
        said.values(),
        update_conflicts=True,
        unique_fields=["contact", "channel"],
        update_fields=["given", "date", "source", "recorded_by"],
    )
    pairs = ((held.get(pk), said.get(pk)) for pk in {*held, *said})
    Change.objects.record_saved(pairs, by=by)
