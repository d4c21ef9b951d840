"""What other tables than the contact's hold of contacts: groups, profile answers, consents."""

from collections.abc import Collection, Iterable, Iterator
from itertools import batched
from typing import Any

from contacts.models import (
    Consent,
    ContactBusinessRelation,
    ContactIndustryGroup,
    ContactJobResponsibility,
    ContactMailingGroup,
    ContactProfileAnswer,
)

from .resource import CHANNELS

Held = dict[str, Any]
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


def hold(changes: Iterable[tuple[int, Held, Held]], by: Any) -> None:
    """Write what is held of contacts: (key, what was held, what shall be)."""
    changes = list(changes)
    for name, (model, key) in MEMBERSHIPS.items():
        moved = [(pk, old[name], new[name]) for pk, old, new in changes if old[name] != new[name]]
        _leave(model, [(value, pk) for pk, old, new in moved for value in sorted(old - new)])
        model._default_manager.bulk_create(
            model(**{key: value, "contact_id": pk})
            for pk, old, new in moved
            for value in sorted(new - old)
        )
    for name, channel in CHANNELS.items():
        _consent(
            channel, [(pk, *_said(old, name), *_said(new, name)) for pk, old, new in changes], by
        )


def _leave(model: Any, keys: list[tuple[Any, int]]) -> None:
    for some in batched(keys, AT_ONCE):
        model._default_manager.filter(pk__in=some).delete()


def _said(held: Held, name: str) -> Iterator[Any]:
    yield tuple(held[each] for each in (name, f"{name}_date", f"{name}_source"))


def _consent(channel: str, changes: list[Any], by: Any) -> None:
    changed = [(pk, new) for pk, old, new in changes if old != new]
    silent = [pk for pk, (given, _date, _source) in changed if given is None]
    if silent:
        Consent.objects.filter(channel=channel, contact__in=silent).delete()
    Consent.objects.bulk_create(
        (
            Consent(
                contact_id=pk,
                channel=channel,
                given=given,
                date=date,
                source=source,
                recorded_by=by,
            )
            for pk, (given, date, source) in changed
            if given is not None
        ),
        update_conflicts=True,
        unique_fields=["contact", "channel"],
        update_fields=["given", "date", "source", "recorded_by"],
    )
