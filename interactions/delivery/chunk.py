"""The next few e-mails of a delivery job, made ready before the first of them is sent."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any, NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.db.models import JSONField, Value
from django.utils.translation import gettext as _

from contacts.addresses import with_alternative
from contacts.models.in_force import address_in_force, any_periods
from interactions.letters.merge import Merger
from interactions.letters.shared import Shared
from interactions.letters.source import LetterSource, entry_sources
from interactions.logged_letters import shared_when_logged
from interactions.models import (
    Bounce,
    DeliveryJob,
    DeliveryState,
    EmailAttachment,
    InteractionLogEntry,
    LoggedSegment,
)
from interactions.models.bounce import folded_address

from .attachments import Attachment, Attachments, Wanted, attachments
from .body import Body, body
from .message import message, unsubscribe_link
from .outcome import Outcome
from .text import TextError, render_subject
from .texts import Texts, attachment_for, text_for
from .withheld import withheld


class Said(NamedTuple):
    """What an e-mail says: its subject and its text in both forms."""

    subject: str
    body: Body


class Ready(NamedTuple):
    """An e-mail to be sent, or what became of it without sending."""

    entry: InteractionLogEntry
    address: str
    what: EmailMultiAlternatives | Outcome


class Chunks:
    """Makes e-mails of one job ready. `check` is called often; what it raises ends the work."""

    def __init__(self, job: DeliveryJob, check: Callable[[], None]) -> None:
        self._texts: Texts = job.texts
        self._check = check
        self._mergers: dict[int | None, tuple[Shared, Merger]] = {}

    def ready(self, pks: Collection[int]) -> list[Ready]:
        """Return the e-mails of the entries, in the order of `pks`."""
        chunk = _Chunk(pks)
        wanted = [
            Wanted(entry.pk, how, source, self._letters_of(entry)[1])
            for entry, source in chunk.sendable
            if (how := attachment_for(self._texts, entry)) != EmailAttachment.NONE
        ]
        files = attachments(wanted, self._check)
        made = {
            entry.pk: self._ready(entry, source, chunk.addresses[entry.pk], files)
            for entry, source in chunk.sendable
        }
        made |= {pk: Ready(chunk.entries[pk], "", why) for pk, why in chunk.refused.items()}
        return [made[pk] for pk in pks if pk in made]

    def _ready(
        self, entry: InteractionLogEntry, source: LetterSource, to: str, files: Attachments
    ) -> Ready:
        try:
            return Ready(entry, to, self._message(entry, source, to, files.get(entry.pk)))
        # ValueError: an address or a subject that no e-mail can have.
        except (TextError, ValueError) as error:
            return Ready(entry, to, Outcome(DeliveryState.FAILED, str(error)))

    def _message(
        self,
        entry: InteractionLogEntry,
        source: LetterSource,
        to: str,
        attachment: Attachment | str | None,
    ) -> EmailMultiAlternatives:
        if isinstance(attachment, str):
            raise TextError(attachment)
        shared = self._letters_of(entry)[0]
        said = self.said(entry, source)
        return message(
            entry,
            to=to,
            subject=said.subject,
            said=said.body,
            company=shared["company"],
            attachment=attachment,
        )

    def said(self, entry: InteractionLogEntry, source: LetterSource) -> Said:
        """Return what the entry's e-mail says. Raises `TextError`."""
        shared, merger = self._letters_of(entry)
        fields = merger.fields(source)
        subject = render_subject(entry.subject or entry.description, fields)
        language = entry.language_id or shared["default_language"]
        link = unsubscribe_link(entry)
        text = text_for(self._texts, entry)
        made = body(text, fields, subject=subject, language=language, unsubscribe_link=link)
        return Said(subject, made)

    def _letters_of(self, entry: InteractionLogEntry) -> tuple[Shared, Merger]:
        """What the letters of the entry's logged segment share, read once."""
        key = entry.logged_segment_id
        if key not in self._mergers:
            segment = LoggedSegment.objects.filter(pk=key).first() if key else None
            shared = shared_when_logged(segment)
            self._mergers[key] = shared, Merger(shared)
        return self._mergers[key]


class _Chunk:
    """Some entries, and which of them can be sent at all."""

    def __init__(self, pks: Collection[int]) -> None:
        self._rows = InteractionLogEntry.objects.with_pks(pks).order_by("pk")
        self._withheld = withheld(pks)

    @cached_property
    def entries(self) -> dict[int, InteractionLogEntry]:
        named = self._rows.select_related("contact", "salesperson", "template").with_own_via()
        return {entry.pk: entry for entry in named.annotate(alternative=_alternative())}

    @cached_property
    def addresses(self) -> dict[int, str]:
        """The address that a person named for the entry; else the contact's as it is now: who
        corrects one and sends again means the new."""
        return {pk: _email(entry) for pk, entry in self.entries.items() if entry.contact}

    @cached_property
    def refused(self) -> dict[int, Outcome]:
        bad = Bounce.objects.addresses_among(self.addresses.values())
        return self._withheld | {
            pk: Outcome(DeliveryState.FAILED, reason)
            for pk, address in self.addresses.items()
            if pk not in self._withheld and (reason := _unusable(address, bad))
        }

    @cached_property
    def sendable(self) -> list[tuple[InteractionLogEntry, LetterSource]]:
        sources = zip(self.entries.values(), entry_sources(self._rows), strict=True)
        return [(entry, source) for entry, source in sources if entry.pk not in self.refused]


def unsendable(pk: int) -> str:
    """Return why the entry's e-mail cannot be sent as things are, or ""."""
    outcome = _Chunk([pk]).refused.get(pk)
    return outcome.reason if outcome else ""


def _alternative() -> Any:
    if not any_periods():
        return Value(None, JSONField())
    return address_in_force("date", "contact__")


def _email(entry: Any) -> str:
    if entry.own_via:
        return str(entry.own_via)
    contact = {name: getattr(entry.contact, name) for name in ("email", "company_name", "country")}
    address: str = with_alternative(contact, entry.alternative)["email"]
    return address


def _unusable(address: str, bad: set[str]) -> str:
    if not address:
        return _("The contact has no e-mail address.")
    if folded_address(address) in bad:
        return _("E-mails to %(address)s come back.") % {"address": address}
    return ""
