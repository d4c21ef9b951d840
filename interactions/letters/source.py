"""What one letter is made from: plain values, the same for a line and for a log entry."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from contacts.addresses import with_alternative
from interactions.models import InteractionLogEntry

# Columns of the contact that letters need, as they are stored. `salutation` is its id, or None.
CONTACT_FIELDS = (
    "number",
    "type",
    "name",
    "name_2",
    "first_name",
    "middle_name",
    "surname",
    "initials",
    "job_title",
    "company_name",
    "address",
    "address_2",
    "postal_code",
    "city",
    "region",
    "country",
    "phone",
    "mobile",
    "email",
    "home_page",
    "vat_number",
    "salutation",
)
ENTRY_COLUMNS = (
    "merge_fields__fields",
    "date",
    "description",
    "subject",
    "language",
    "salesperson",
    "campaign",
    "document",
    "own_letter",
)
CHUNK = 2000


class LetterSource(NamedTuple):
    """One contact's letter before it is written. Relations are ids; `language` is a code.

    `contact` has the `CONTACT_FIELDS`, as texts but for the salutation, and perhaps what
    `with_alternative` adds.
    """

    contact: Mapping[str, Any]
    comment: str
    date: datetime.date | None
    description: str
    subject: str
    language: str | None
    salesperson: int | None
    campaign: int | None
    document: int | None
    own_letter: bool
    # The paragraphs that were chosen, one name on each line; None: as the template says.
    choices: str | None = None


def entry_sources(entries: QuerySet[InteractionLogEntry]) -> Iterator[LetterSource]:
    """Yield the source of each entry's letter, in the order of `entries`, as it was logged (D15).

    One query, read in chunks: memory does not grow with the number of entries.
    """
    for _key, source in keyed_entry_sources(entries):
        yield source


def keyed_entry_sources(
    entries: QuerySet[InteractionLogEntry],
) -> Iterator[tuple[int, LetterSource]]:
    """`entry_sources`, each with the key of its entry."""
    rows = entries.values_list("pk", *ENTRY_COLUMNS).iterator(chunk_size=CHUNK)
    for key, fields, *values in rows:
        yield key, _logged_source(fields or {}, *values)


def _logged_source(fields: Mapping[str, Any], *values: Any) -> LetterSource:
    contact: Mapping[str, Any] = {name: fields.get(name, "") for name in CONTACT_FIELDS}
    contact = with_alternative(contact, fields.get("alternative"))
    comment, choices = fields.get("comment", ""), fields.get("choices")
    return LetterSource(contact, comment, *values, choices=choices)  # type: ignore[misc]
