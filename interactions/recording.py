"""Interactions with a single contact, recorded step by step; until it is finished, an interaction
is postponed and counts nowhere (R215-R219)."""

from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import JSONObject, Now
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import Contact, CorrespondenceType, User
from contacts.models.contact import UNSELECTABLE_LABELS
from contacts.models.in_force import address_in_force, any_periods

from .delivery.single import can_be_sent, deliver_alone
from .letters.source import CONTACT_FIELDS
from .models import (
    EntryAttachment,
    EntryComment,
    EntryFields,
    InformationFlow,
    InteractionLogEntry,
    InteractionTemplate,
    TemplateDocument,
)
from .via import reached_by

# What an interaction takes from its template where a person says nothing.
FROM_TEMPLATE = {
    "description": "description",
    "correspondence_type": "correspondence_type",
    "information_flow": "information_flow",
    "initiated_by": "initiated_by",
}
# Whom one may record letters to, although they may not be selected: it was done on purpose.
ON_PURPOSE = "excluded"


@transaction.atomic
def begin_interaction(
    contact: Contact, template: InteractionTemplate, *, by: User | None, **values: Any
) -> InteractionLogEntry:
    """Begin to record what happened with `contact`. It is postponed until it is finished.

    What `values` leave empty comes from the template. Raises `Refused` for outbound interactions
    with a contact that may not be written to (R197); what such a contact sends us is recorded.
    """
    entry = InteractionLogEntry(contact=contact, template=template, user=by, postponed=True)
    entry.cost, entry.duration = template.unit_cost, template.unit_duration
    return _write(entry, values)


@transaction.atomic
def change_interaction(
    entry: InteractionLogEntry, *, by: User | None, **values: Any
) -> InteractionLogEntry:
    """Change what was recorded so far. Raises `Refused` once the interaction is finished."""
    return _write(_unfinished(entry), values)


@transaction.atomic
def finish_interaction(
    entry: InteractionLogEntry,
    *,
    by: User | None,
    comment: str = "",
    deliver: bool = False,
    **values: Any,
) -> InteractionLogEntry:
    """Log the interaction: from now on it counts, and its facts never change.

    With `deliver` its e-mail is queued, unless the attempt failed (R219). One that is not sent and
    has no address is logged without a correspondence type (R143). Raises `Refused` when it cannot
    be sent, or the interaction is finished already; then nothing is logged.
    """
    entry = _write(_unfinished(entry), values)
    alone = InteractionLogEntry.objects.alone(entry)
    alone.update(postponed=False, created_at=Now())
    if deliver and not entry.attempt_failed:
        deliver_alone(entry, by=by)
    elif _goes_nowhere(entry):
        alone.update(correspondence_type="")
    if comment.strip():
        EntryComment.objects.create(entry=entry, text=comment.strip(), created_by=by)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def discard_interaction(entry: InteractionLogEntry, *, by: User | None) -> None:
    """Throw away what was recorded. Raises `Refused` once the interaction is finished."""
    entry = _unfinished(entry)
    EntryAttachment.objects.filter(entry=entry).remove()
    entry.delete()


def _goes_nowhere(entry: InteractionLogEntry) -> bool:
    """Whether it is an e-mail from us, and there is no address to send it to."""
    named = "@" in entry.contact_via
    known = bool(entry.contact and reached_by(entry.contact).get("email"))
    return can_be_sent(entry) and not named and not known


def _unfinished(entry: InteractionLogEntry) -> InteractionLogEntry:
    drafts = InteractionLogEntry.objects.postponed().select_for_update(of=("self",))
    found: InteractionLogEntry | None = drafts.filter(pk=entry.pk).first()
    if found is None:
        raise Refused(_("The interaction is logged already, or was thrown away."))
    return found


def _write(entry: InteractionLogEntry, values: dict[str, Any]) -> InteractionLogEntry:
    for name, value in values.items():
        setattr(entry, name, value)
    _take_from_template(entry)
    if entry.contact:
        _refuse_blocked(entry.contact, entry)
        entry.company_id = entry.contact.company_id
    if "subject" not in values:
        entry.subject = _subject(entry)
    entry.save()
    _keep_fields(entry)
    return entry


def _subject(entry: InteractionLogEntry) -> str:
    """Of an e-mail what its template says in its language, else the description (R219)."""
    if entry.correspondence_type != CorrespondenceType.EMAIL:
        return entry.description
    said = TemplateDocument.objects.filter(template=entry.template, language=entry.language_id)
    return said.values_list("subject", flat=True).first() or entry.description


def _take_from_template(entry: InteractionLogEntry) -> None:
    template = entry.template
    entry.group_id = template.group_id
    for name, source in FROM_TEMPLATE.items():
        if not getattr(entry, name):
            setattr(entry, name, getattr(template, source))
    if entry.correspondence_type == CorrespondenceType.EMAIL and entry.contact:
        entry.contact_via = entry.contact_via or reached_by(entry.contact).get("email", "")
    entry.language_id = entry.language_id or _language(entry)
    if not entry.own_letter:
        documents = TemplateDocument.objects.filter(template=template, language=entry.language_id)
        found = documents.first()
        outbound = entry.information_flow != InformationFlow.INBOUND
        entry.document_id = found.document_id if found and outbound else None


def _language(entry: InteractionLogEntry) -> str:
    """The contact's, if the template has it or has none at all; else the template's (D11)."""
    theirs = entry.contact.language_id if entry.contact else None
    known = set(
        TemplateDocument.objects.filter(template=entry.template).values_list("language", flat=True)
    )
    return theirs if theirs and (theirs in known or not known) else entry.template.language_id


def _refuse_blocked(contact: Contact, entry: InteractionLogEntry) -> None:
    if entry.information_flow == InformationFlow.INBOUND:
        return
    for who in filter(None, (contact, contact.company)):
        reason = Contact.objects.filter(pk=who.pk).with_reason().values_list("r_reason", flat=True)
        if (found := reason.first()) and found != ON_PURPOSE:
            words = {"contact": who, "reason": UNSELECTABLE_LABELS[found]}
            message = _("%(contact)s is %(reason)s: nothing outbound can be recorded.")
            raise Refused(message % words)


def _keep_fields(entry: InteractionLogEntry) -> None:
    """Keep what the letter or e-mail says of the contact, as it is now (D15)."""
    entries: Any = InteractionLogEntry.objects.alone(entry)
    EntryFields.objects.filter(entry=entry).delete()
    if not (entry.document_id or entry.correspondence_type == CorrespondenceType.EMAIL):
        return
    values: dict[str, Any] = {name: F(f"contact__{name}") for name in CONTACT_FIELDS}
    if any_periods():
        entries = entries.annotate(r_alternative=address_in_force("date", "contact__"))
        values["alternative"] = F("r_alternative")
    fields = JSONObject(comment=Value(""), **values)
    EntryFields.objects.insert_from(entries, entry=F("pk"), fields=fields)
