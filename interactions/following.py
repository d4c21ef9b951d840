"""What follows on the first page of recording an interaction while nobody said otherwise: the
template its kind, *contact via* contact and type, the salesperson the contact."""

from collections.abc import Mapping
from typing import Any

from contacts.models import Contact

from .models import InteractionTemplate, KindTemplate
from .via import reached_by, suggested

# What the page says has changed.
KIND = "kind"


def find_contact(text: str) -> Contact | None:
    """The contact that a field names by number, or by number and name as a pick writes it."""
    number = text.strip().partition(" ")[0]
    return Contact.objects.filter(number__iexact=number).first() if number else None


def kind_of(template: Any, kinds: Mapping[str, InteractionTemplate]) -> str:
    """The one of the `kinds` that begins with the template of that key, or ""."""
    return next((kind for kind, its in kinds.items() if str(its.pk) == template), "")


def followed(said: Mapping[str, str], contact: Contact | None, changed: str) -> dict[str, Any]:
    """What was typed, with what follows from the change; what a person typed stays."""
    values: dict[str, Any] = dict(said)
    kinds = KindTemplate.chosen()
    if changed == KIND and (template := kinds.get(said.get("kind", ""))):
        values["template"] = str(template.pk)
    values["kind"] = kind_of(values.get("template"), kinds)
    if contact and not said.get("salesperson"):
        values["salesperson"] = contact.salesperson_id
    if not _typed_by_hand(said):
        values["contact_via"] = suggested(contact, values["kind"], _type(values))
    return values


def _typed_by_hand(said: Mapping[str, str]) -> bool:
    """Whether *contact via* is none of what was suggested for the contact that was asked about."""
    via, of = said.get("contact_via", ""), find_contact(said.get("reached", ""))
    return bool(via) and not (of and via in reached_by(of).values())


def _type(values: Mapping[str, Any]) -> str:
    """The correspondence type that was said, else that of the template."""
    template = values.get("template") or ""
    if values.get("correspondence_type") or not str(template).isdecimal():
        return str(values.get("correspondence_type", ""))
    found = InteractionTemplate.objects.filter(pk=template).values_list("correspondence_type")
    return str(next(iter(found), [""])[0])
