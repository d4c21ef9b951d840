"""The cast of the interaction log: Anna and Jens of Nordisk Lys, and the letters they got."""

import datetime

import pytest
from django.test import Client

from contacts.models import Contact
from interactions.models import LoggedSegment
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    EntryFactory,
    InteractionGroupFactory,
    LoggedSegmentFactory,
    SalespersonFactory,
    TemplateFactory,
)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def nordisk(db) -> Contact:
    return CompanyFactory.create(number="CT000001", name="Nordisk Lys A/S")


@pytest.fixture
def anna(nordisk) -> Contact:
    return ContactFactory.create(
        number="CT000002", first_name="Anna", surname="Sørensen", company=nordisk
    )


@pytest.fixture
def jens(nordisk) -> Contact:
    return ContactFactory.create(
        number="CT000003", first_name="Jens", surname="Østergaard", company=nordisk
    )


@pytest.fixture
def spring(db):
    """The template of the spring catalogue: 8.00 and 2 minutes."""
    group = InteractionGroupFactory.create(code="MAIL", description="Mailings")
    return TemplateFactory.create(code="SPRING", description="Spring catalogue", group=group)


@pytest.fixture
def jonas(db):
    return SalespersonFactory.create(code="JO", name="Jonas Olsen")


@pytest.fixture
def catalogue(anna, jens, spring, jonas) -> LoggedSegment:
    """A logged segment: the spring catalogue to Anna by mail and to Jens by e-mail."""
    segment = LoggedSegmentFactory.create(
        number="SM00001", description="Spring catalogue, VIP", entries_count=2
    )
    for line, (contact, by) in enumerate([(anna, "hard_copy"), (jens, "email")], start=1):
        EntryFactory.create(
            logged_segment=segment,
            line=line,
            contact=contact,
            template=spring,
            salesperson=jonas,
            date=datetime.date(2026, 3, 12),
            description="Spring catalogue",
            correspondence_type=by,
            information_flow="outbound",
            cost=8,
            duration=2,
        )
    return segment


@pytest.fixture
def to_anna(catalogue, anna):
    return catalogue.entries.get(contact=anna)


@pytest.fixture
def to_jens(catalogue, jens):
    return catalogue.entries.get(contact=jens)
