"""The crowd: any number of contacts, written in chunks, so that memory does not grow with them."""

from collections.abc import Iterable, Iterator
from itertools import batched, chain

from django.db import transaction
from django.db.models import F

from contacts.models import (
    Contact,
    ContactIndustryGroup,
    ContactMailingGroup,
    IndustryGroup,
    MailingGroup,
    NumberSeries,
    OrganizationalLevel,
    Salutation,
    Territory,
)
from segments_app.demo import progress
from segments_app.demo.facts import Facts
from segments_app.demo.groups import territory_of
from segments_app.demo.households import Member, draw_household
from segments_app.demo.jobs import level_of
from segments_app.demo.salespeople import Territories

HOUSEHOLDS_AT_ONCE = 500
# Rows of one INSERT. SQLite keeps the statements it has compiled, and each number of rows is
# another statement: with a number of their own they are few and small.
ROWS_AT_ONCE = 100

Household = list[Member]


def make_contacts(count: int) -> Iterator[int]:
    """Bring the demo's contacts up to `count`; yield how many there are after each chunk.

    Each chunk is a transaction of its own: a run that was stopped is taken up where it stopped.
    Call it outside any transaction, for it draws numbers (D21).
    """
    chunk = Chunk()
    reached = progress.reached(progress.CONTACTS)
    for households in batched(_households(reached, count), HOUSEHOLDS_AT_ONCE):
        reached += sum(map(len, households))
        chunk.write(households, reached)
        yield reached


def _households(reached: int, count: int) -> Iterator[Household]:
    while reached < count:
        household = draw_household(reached + 1, most=count - reached)
        reached += len(household)
        yield household


class Chunk:
    """Writes households with everything that belongs to them."""

    def __init__(self) -> None:
        self.territories = Territories()
        self.salutations = dict(Salutation.objects.values_list("code", "pk"))
        self.mailing_groups = dict(MailingGroup.objects.values_list("code", "pk"))
        self.industry_groups = dict(IndustryGroup.objects.values_list("code", "pk"))
        self.territory_keys = dict(Territory.objects.values_list("code", "pk"))
        self.levels = dict(OrganizationalLevel.objects.values_list("code", "pk"))
        self.facts = Facts()

    def write(self, households: Iterable[Household], reached: int) -> None:
        """Save `households`; `reached` is how many contacts the demo has with them."""
        members = list(chain.from_iterable(households))
        for member, number in zip(members, fresh_numbers(len(members)), strict=True):
            self._complete(member, number)
        with transaction.atomic():
            _save_contacts([member.contact for member in members])
            self._save_groups(members)
            keys = [member.contact.pk for member in members]
            self.facts.write(Contact.objects.filter(pk__in=keys).order_by("pk"))
            progress.reach(progress.CONTACTS, reached)

    def _complete(self, member: Member, number: str) -> None:
        contact = member.contact
        contact.number = number
        contact.salutation_id = self.salutations.get(member.salutation)
        contact.salesperson_id = self.territories.salesperson_for(contact)
        contact.territory_id = self.territory_keys.get(territory_of(contact))
        contact.organizational_level_id = self.levels.get(level_of(contact.job_title))
        contact.derive_names()

    def _save_groups(self, members: list[Member]) -> None:
        mailing = [
            ContactMailingGroup(group_id=self.mailing_groups[code], contact=member.contact)
            for member in members
            for code in member.mailing_groups
            if code in self.mailing_groups
        ]
        industry = [
            ContactIndustryGroup(
                group_id=self.industry_groups[member.industry], contact=member.contact
            )
            for member in members
            if member.industry in self.industry_groups
        ]
        ContactMailingGroup.objects.bulk_create(mailing, batch_size=ROWS_AT_ONCE)
        ContactIndustryGroup.objects.bulk_create(industry, batch_size=ROWS_AT_ONCE)


def fresh_numbers(count: int) -> Iterator[str]:
    """Yield `count` numbers of the contacts' series that nobody has typed by hand (D21)."""
    missing = count
    while missing:
        block = NumberSeries.objects.draw_block("contacts", missing)
        taken = set(Contact.objects.filter(number__in=block).values_list("number", flat=True))
        missing = len(taken)
        yield from (number for number in block if number not in taken)


def _save_contacts(contacts: list[Contact]) -> None:
    """Companies first, for their persons refer to them; a company refers to itself (R1)."""
    companies = [contact for contact in contacts if contact.is_company]
    Contact.objects.bulk_create(companies, batch_size=ROWS_AT_ONCE)
    saved = Contact.objects.filter(pk__in=[company.pk for company in companies])
    saved.update(company=F("pk"))
    persons = [contact for contact in contacts if not contact.is_company]
    Contact.objects.bulk_create(persons, batch_size=ROWS_AT_ONCE)
