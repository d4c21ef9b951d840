"""Mette works in the browser; Rasmus may only look."""

import re

import pytest
from django.test import Client

from contacts.models import User
from segments_app.models import Segment
from tests.segments_app.conftest import on_sheet


@pytest.fixture
def staff(mette: User, client: Client) -> Client:
    """Mette, signed in."""
    client.force_login(mette)
    return client


@pytest.fixture
def reader(rasmus: User) -> Client:
    """Rasmus, signed in."""
    client = Client()
    client.force_login(rasmus)
    return client


def said(response) -> str:
    """The messages on the page."""
    return " ".join(str(message) for message in response.context["messages"])


def marked(response) -> str:
    """The version of the segment that the last form of the page carries."""
    return str(re.findall(r'name="seen" value="(\d+)"', response.text)[-1])


def now_on_sheet(segment: Segment) -> list[str]:
    """Who is on the sheet after what was done in the browser."""
    segment.refresh_from_db()
    return on_sheet(segment)
