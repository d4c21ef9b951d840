"""Mette works in the browser; Rasmus may only look."""

import pytest
from django.test import Client

from contacts.models import User


@pytest.fixture
def browser(mette: User, client: Client) -> Client:
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
