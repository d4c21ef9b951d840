"""Where a contact is written to on a date: the usual address, or an alternative one."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from contacts.addresses import address_block, address_lines, with_alternative
from contacts.models import AlternativeAddress, Contact, ContactDefaults
from contacts.models.in_force import address_in_force


@dataclass(frozen=True)
class PostalAddress:
    """An address as a letter has it, in the language of the page.

    `code` is of the alternative address in force, "" for the usual one; `is_companys` says that it
    is the company's, which the person shares.
    """

    lines: list[str]
    block: str
    code: str
    is_companys: bool
    contact: Mapping[str, Any]


def address_on(contact: Contact, date: datetime.date) -> PostalAddress:
    """Return where `contact` is written to on `date` (R15, R16). Two queries."""
    found = Contact.objects.filter(pk=contact.pk).values_list(address_in_force(date)).first()
    alternative = found[0] if found else None
    party = with_alternative(vars(contact), alternative)
    how = {
        "own_country": ContactDefaults.ours().country,
        "language": translation.get_language() or "en",
    }
    return PostalAddress(
        lines=address_lines(party, **how),
        block=address_block(party, **how),
        code=alternative["code"] if alternative else "",
        is_companys=bool(alternative and not alternative["own"]),
        contact=party,
    )


def lines_of(address: AlternativeAddress) -> list[str]:
    """Return the lines of an alternative address, in the language of the page."""
    language = translation.get_language() or "en"
    own_country = ContactDefaults.ours().country
    return address_lines(vars(address), own_country=own_country, language=language)
