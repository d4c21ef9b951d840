"""Who asks."""

from typing import cast

from django.http import HttpRequest

from contacts.models import User


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; every page needs that."""
    return cast(User, request.user)
