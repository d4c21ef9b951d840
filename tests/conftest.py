"""Fixtures that more than one room uses."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from contacts.models import User


@pytest.fixture(autouse=True)
def _documents_in_a_folder_of_their_own(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def member_of(group: str, username: str) -> User:
    user = User.objects.create_user(username, password=username)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def mette(db) -> User:
    """Marketing staff."""
    return member_of("Marketing", "mette")


@pytest.fixture
def maria(db) -> User:
    """Marketing manager: also templates, canceling and deleting."""
    return member_of("Marketing manager", "maria")


@pytest.fixture
def rasmus(db) -> User:
    """Reader: may look, not touch."""
    return member_of("Reader", "rasmus")
